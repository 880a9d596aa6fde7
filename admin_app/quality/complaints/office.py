"""The office receives complaints and incidents, answers, solves, decides and closes."""

from flask import request as asked
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor, origin
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.quality.complaints import forms, operations, queries, views
from admin_app.quality.complaints.models import Complaint

pages = Pages("complaints", "office", prefix="/qualite/reclamations")
MANAGE = Permission.COMPLAINTS_MANAGE
Reply = str | tuple[str, int] | Response


@pages.get("/", allow=MANAGE)
def index() -> str:
    """What waits, what is late, and all that was received."""
    chosen = {name: asked.args.get(name, "") for name in ("q", "kind", "state", "topic", "author")}
    mine = current_user.id if asked.args.get("mine") else None
    wanted = queries.Wanted(mine=mine, **chosen)
    return render("quality/complaints/index.html", **views.index_page(wanted, page_number()))


@pages.form("/nouvelle", allow=MANAGE)
def add() -> Reply:
    """Enter what came by mail, by phone, in a letter or in the room."""
    known = cohort_by_id(asked.args.get("session", 0, type=int))
    kind = asked.args.get("nature", "complaint")
    form = forms.ReceiveForm(
        data={"received_on": clock.today(), "channel": "mail", "kind": kind}
        | ({"cohort": known.reference} if known else {})
    )
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.receive(
                form.received(), by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if made is not None:
            return _back(made, f"{made.reference} : c’est enregistré.")
    return _answer("quality/complaints/add.html", form=form)


@pages.get("/<int:complaint_id>", allow=MANAGE)
def show(complaint_id: int) -> str:
    """One complaint or incident, step by step."""
    row = _found(complaint_id)
    return render("quality/complaints/show.html", **views.show_page(row))


@pages.form("/<int:complaint_id>/fiche", allow=MANAGE)
def edit(complaint_id: int) -> Reply:
    """Complete what is known of it; the words received stay."""
    row = _found(complaint_id)
    form = forms.CardForm(data=forms.card_of(row, views.cohort_of(row)))
    if form.is_sent:
        known = form.received(words=row.words, client_id=row.client_id, training=row.training)
        done = keep(
            form, lambda: operations.correct(row, known, by=current_actor(), at=clock.now())
        )
        if done is not None:
            return _back(row, "Fiche complétée.")
    return _answer("quality/complaints/edit.html", form=form, **views.short(row))


@pages.post("/<int:complaint_id>/suivi", allow=MANAGE)
def assign(complaint_id: int) -> Reply:
    """Say who handles it."""
    row = _found(complaint_id)
    form = forms.AssignForm()
    form.offer(queries.handlers())
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.assign(
                row, form.user_id.data or 0, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return _back(row, f"Suivi confié à {row.assigned_name}.")
    page = views.show_page(row) | {"assign_form": form}
    return invalid("quality/complaints/show.html", **page)


@pages.form("/<int:complaint_id>/accuser-reception", allow=MANAGE)
def acknowledge(complaint_id: int) -> Reply:
    """Tell whoever complained that it was read, or note that they were told."""
    row = _found(complaint_id)
    form = forms.AcknowledgeForm(data={"how": "mail" if row.author_email else "noted"})
    form.offer(row)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.acknowledge(
                row,
                how=form.how.data or "",
                on=form.on.data,
                message=form.message.data or "",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return _back(row, _told("Accusé de réception", "envoyé", "noté", row, form.how.data))
    page = views.short(row) | {"steps": views.promise(row.received_on)}
    return _answer("quality/complaints/acknowledge.html", form=form, **page)


@pages.form("/<int:complaint_id>/reponse", allow=MANAGE)
def answer(complaint_id: int) -> Reply:
    """Answer, or note the answer that was given."""
    row = _found(complaint_id)
    form = forms.AnswerForm(data={"how": "mail" if row.author_email else "noted"})
    form.offer(row)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.answer(
                row,
                form.text.data or "",
                how=form.how.data or "",
                on=form.on.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return _back(row, _told("Réponse", "envoyée", "notée", row, form.how.data))
    return _answer("quality/complaints/answer.html", form=form, **views.short(row))


@pages.form("/<int:complaint_id>/echange", allow=MANAGE)
def exchange(complaint_id: int) -> Reply:
    """Keep what was said."""
    row = _found(complaint_id)
    form = forms.ExchangeForm(data={"on": clock.today(), "channel": "phone"})
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.add_exchange(
                row,
                form.text.data or "",
                on=form.on.data,
                direction=form.direction.data or "",
                channel=form.channel.data or "",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return _back(row, "Échange noté.")
    return _answer("quality/complaints/exchange.html", form=form, **views.short(row))


@pages.form("/<int:complaint_id>/solution", allow=MANAGE)
def solve(complaint_id: int) -> Reply:
    """Note what was done about an incident, and what it changed."""
    row = _found(complaint_id)
    touched = [one.id for one in queries.touched_half_days(row.id)]
    known = {"solution": row.solution, "effect": row.effect, "half_days": touched}
    form = forms.SolveForm(data=known | {"on": row.solved_on or clock.today()})
    form.offer(views.half_days_of(row))
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.solve(
                row,
                form.solution.data or "",
                effect=form.effect.data or "",
                half_day_ids=form.half_days.data or (),
                on=form.on.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return _back(row, "Solution notée.")
    return _answer("quality/complaints/solve.html", form=form, **views.short(row))


@pages.form("/<int:complaint_id>/cloture", allow=MANAGE)
def close(complaint_id: int) -> Reply:
    """Decide and close."""
    row = _found(complaint_id)
    form = forms.CloseForm(data={"on": clock.today()})
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.close(
                row,
                form.decision.data or "",
                satisfied=form.satisfied.data or "",
                on=form.on.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if done is not None:
            return _back(row, f"{row.reference} : dossier clos.")
    return _answer("quality/complaints/close.html", form=form, **views.short(row))


@pages.form("/<int:complaint_id>/rouvrir", allow=MANAGE)
def reopen(complaint_id: int) -> Reply:
    """Open a closed file again."""
    row = _found(complaint_id)
    form = forms.WhyForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.reopen(row, form.why.data or "", by=current_actor(), at=clock.now()),
        )
        if done is not None:
            return _back(row, "Dossier rouvert.")
    return _answer("quality/complaints/reopen.html", form=form, **views.short(row))


def _found(complaint_id: int) -> Complaint:
    return or_404(queries.complaint(complaint_id))


def _told(what: str, sent: str, noted: str, row: Complaint, how: str | None) -> str:
    return f"{what} {sent} à {row.author_email}." if how == "mail" else f"{what} {noted}."


def _back(row: Complaint, message: str) -> Response:
    return go("complaints_office.show", message, complaint_id=row.id)


def _answer(template: str, **context: object) -> str | tuple[str, int]:
    return invalid(template, **context) if asked.method == "POST" else render(template, **context)
