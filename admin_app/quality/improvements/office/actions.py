"""Actions: the list, one action, each of its steps."""

from typing import Any

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.pages import go, keep, or_404, page_number, render
from admin_app.quality import origins, owners
from admin_app.quality.answers import Reply, answer, did, filters
from admin_app.quality.fields import WhyForm
from admin_app.quality.improvements import forms, operations
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.office.pages import ENTER, MANAGE, READ, pages
from admin_app.quality.improvements.queries import actions as queries
from admin_app.quality.improvements.words import EFFECTIVE, KIND_HINTS, KINDS, STATE_LOOKS, STATES
from admin_app.quality.origins import KINDS as ORIGINS

FILTERS = [("late", "en retard"), *STATES.items(), ("all", "toutes")]


@pages.get("/", allow=READ)
def index() -> str:
    """The actions, the most pressing first."""
    sought, today = filters("q", "etat", "origine", "nature", "responsable"), clock.today()
    wanted = queries.Wanted(
        q=sought["q"],
        state=sought["etat"],
        origin=sought["origine"],
        kind=sought["nature"],
        owner_id=current_user.id if sought["responsable"] == "moi" else None,
    )
    page = queries.actions(wanted, today, page_number())
    return render(
        "quality/improvements/index.html",
        page=page.map(lambda one: (one, queries.next_of(one, today))),
        counts=queries.counts(today),
        filters=FILTERS,
        is_filtered=wanted.is_narrow,
        is_new=not page.items and not wanted.is_narrow and not queries.has_any(),
        **_words(),
    )


@pages.form("/ouvrir", allow=ENTER)
def add() -> Reply:
    """Open an action; the address may say where it comes from (`origine`, `cle`, `mots`)."""
    form = forms.OpenForm(data=_start())
    form.offer(owners.choices(clock.now()))
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.open_action(form.opened(), by=current_actor(), at=clock.now()),
        )
        if made is not None:
            return _back(made, f"L’action {made.reference} est ouverte.")
    return answer("quality/improvements/open.html", form=form, hints=KIND_HINTS)


@pages.get("/<int:action_id>", allow=READ)
def show(action_id: int) -> str:
    """One action: where it comes from, what was done, whether that had its effect."""
    found = or_404(queries.action(action_id))
    return render(
        "quality/improvements/show.html",
        action=found,
        next=queries.next_of(found, clock.today()),
        former=queries.action(found.follows_id) if found.follows_id else None,
        followers=queries.followers(action_id),
        story=queries.story(action_id),
        effective=EFFECTIVE,
        **_words(),
    )


@pages.form("/<int:action_id>/modifier", allow=ENTER)
def edit(action_id: int) -> Reply:
    """Change an action that is still to be done."""
    found = or_404(queries.action(action_id))
    form = forms.ChangeForm(data=forms.card_of(found))
    form.offer(owners.choices(clock.now()))
    if did(form, lambda: _change(found, form)):
        return _back(found, "L’action est modifiée.")
    return answer("quality/improvements/edit.html", form=form, action=found, hints=KIND_HINTS)


@pages.form("/<int:action_id>/menee", allow=ENTER)
def mark_done(action_id: int) -> Reply:
    """Say what was done."""
    found = or_404(queries.action(action_id))
    form = forms.DoneForm(data={"on": clock.today()})
    if did(form, lambda: _done(found, form)):
        return _back(found, "L’action est menée. Il reste à vérifier son effet.")
    return answer("quality/improvements/done.html", form=form, action=found)


@pages.form("/<int:action_id>/effet", allow=MANAGE)
def check_effect(action_id: int) -> Reply:
    """Say whether what was done had its effect."""
    found = or_404(queries.action(action_id))
    form = forms.EffectForm(data={"on": clock.today(), "closes": True})
    if did(form, lambda: _check(found, form)):
        return _back(found, "La vérification est enregistrée.")
    return answer("quality/improvements/effect.html", form=form, action=found)


@pages.form("/<int:action_id>/clore", allow=MANAGE)
def close(action_id: int) -> Reply:
    """Close an action whose effect was checked."""
    found = or_404(queries.action(action_id))
    form = forms.CloseForm(data={"on": clock.today()})
    if did(form, lambda: _close(found, form)):
        return _back(found, "L’action est close.")
    return answer("quality/improvements/close.html", form=form, action=found)


@pages.form("/<int:action_id>/abandonner", allow=MANAGE)
def cancel(action_id: int) -> Reply:
    """Give an action up."""
    found = or_404(queries.action(action_id))
    form = forms.CancelForm(data={"on": clock.today()})
    if did(form, lambda: _cancel(found, form)):
        return _back(found, "L’action est abandonnée ; elle reste lisible.")
    return answer("quality/improvements/cancel.html", form=form, action=found)


@pages.form("/<int:action_id>/revenir", allow=MANAGE)
def step_back(action_id: int) -> Reply:
    """Undo the last step, said by mistake."""
    found, form = or_404(queries.action(action_id)), WhyForm()
    if did(form, lambda: _step_back(found, form)):
        return _back(found, "La dernière étape est annulée ; sa trace reste.")
    return answer("quality/improvements/step_back.html", form=form, action=found, **_words())


def _start() -> dict[str, Any]:
    """What the address says of where the action comes from."""
    sought, today = filters("origine", "cle", "reference", "mots", "lien", "titre"), clock.today()
    kind, key = sought["origine"], sought["cle"]
    known = origins.of_key(kind, int(key)) if key.isdecimal() and len(key) < 10 else None
    started = {
        "origin_kind": kind if kind in ORIGINS else "",
        "origin_reference": known.written if known else sought["reference"],
        "origin_words": sought["mots"] or (known.words if known else ""),
        "origin_url": origins.own_address(sought["lien"]),
        "title": sought["titre"],
        "created_on": today,
        "kind": "corrective" if kind in {"complaint", "incident", "audit-finding"} else "",
    }
    return started if request.method == "GET" else {}


def _change(found: Improvement, form: forms.ChangeForm) -> Improvement:
    plan = form.plan(origin_kind=found.origin_kind)
    return operations.change(found, plan, form.why.data or "", by=current_actor(), at=clock.now())


def _done(found: Improvement, form: forms.DoneForm) -> Improvement:
    words = form.words.data or ""
    return operations.mark_done(
        found, on=form.on.data, words=words, by=current_actor(), at=clock.now()
    )


def _check(found: Improvement, form: forms.EffectForm) -> Improvement:
    return operations.check_effect(found, form.check(), by=current_actor(), at=clock.now())


def _close(found: Improvement, form: forms.CloseForm) -> Improvement:
    return operations.close(found, on=form.on.data, by=current_actor(), at=clock.now())


def _cancel(found: Improvement, form: forms.CancelForm) -> Improvement:
    why = form.why.data or ""
    return operations.cancel(found, on=form.on.data, why=why, by=current_actor(), at=clock.now())


def _step_back(found: Improvement, form: WhyForm) -> Improvement:
    return operations.step_back(found, form.why.data or "", by=current_actor(), at=clock.now())


def _back(found: Improvement, words: str) -> Response:
    return go("improvements_office.show", words, action_id=found.id)


def _words() -> dict[str, Any]:
    return {"kinds": KINDS, "origins": ORIGINS, "states": STATES, "looks": STATE_LOOKS}
