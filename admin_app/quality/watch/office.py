"""The watch: what was found, what is made of it, who was told."""

from datetime import date

from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.pages import done, go, keep, or_404, page_number, render
from admin_app.quality import owners
from admin_app.quality.answers import Reply, answer, did, filters
from admin_app.quality.drawn import drawn_from
from admin_app.quality.fields import WhyForm
from admin_app.quality.pieces import days_of
from admin_app.quality.watch import forms, operations, queries
from admin_app.quality.watch.models import WatchNote
from admin_app.quality.watch.words import ABOUT, HOW_TOLD, SHORT_TOPICS, STATE_LOOKS, STATES, TOPICS

pages = Pages("watch", "office", prefix="/qualite/veille")
READ, ENTER, MANAGE = Permission.QUALITY_READ, Permission.QUALITY_ENTER, Permission.QUALITY_MANAGE


@pages.get("/", allow=READ)
def index() -> str:
    """The items, last found first, under the rhythm of each domain."""
    sought = filters("q", "domaine", "etat", "formation", "lecture")
    page = queries.notes(
        page_number(),
        q=sought["q"],
        topic=sought["domaine"],
        state=sought["etat"],
        programme=sought["formation"],
        reader_id=current_user.id if sought["lecture"] == "moi" else None,
    )
    is_filtered = any(sought.values())
    today = clock.today()
    return render(
        "quality/watch/index.html",
        page=page,
        is_filtered=is_filtered,
        is_new=not page.items and not is_filtered and not queries.has_any(),
        domains=queries.domains(today),
        every=days_of("watch-rhythm-days", today),
        **_words(),
    )


@pages.form("/ajouter", allow=ENTER)
def add() -> Reply:
    """Enter an item."""
    start = {
        "topic": filters("domaine")["domaine"],
        "found_on": clock.today(),
        "found_by": current_actor().label,
    }
    form = forms.EnterForm(data=start)
    form.offer(owners.choices(clock.now()))
    if form.is_sent:
        made = keep(
            form, lambda: operations.enter(form.entered(), by=current_actor(), at=clock.now())
        )
        if made is not None:
            return _back(made, "L’élément est entré. Il reste à dire ce qu’il change.")
    context = {"sources": queries.sources(), "hints": ABOUT}
    return answer("quality/watch/edit.html", form=form, note=None, **context)


@pages.get("/<int:note_id>", allow=READ)
def show(note_id: int) -> str:
    """One item: what it says, what is made of it, what it changes, who was told."""
    found = or_404(queries.note(note_id))
    return render(
        "quality/watch/show.html",
        note=found,
        effects=queries.effects_of(note_id),
        told=queries.told_of(note_id),
        story=queries.story(note_id),
        how=HOW_TOLD,
        drawn=drawn_from("watch", note_id),
        **_words(),
    )


@pages.form("/<int:note_id>/corriger", allow=ENTER)
def edit(note_id: int) -> Reply:
    """Correct what was entered."""
    found = or_404(queries.note(note_id))
    form = forms.CorrectForm(data=forms.card_of(found))
    form.offer(owners.choices(clock.now()))
    if form.is_sent:
        changed = keep(
            form,
            lambda: operations.correct(
                found, form.corrected(found), by=current_actor(), at=clock.now()
            ),
        )
        if changed is not None:
            return _back(found, "L’élément est corrigé.")
    context = {"sources": queries.sources(found.topic), "hints": ABOUT}
    return answer("quality/watch/edit.html", form=form, note=found, **context)


@pages.form("/<int:note_id>/analyse", allow=ENTER)
def analyse(note_id: int) -> Reply:
    """Say what an item changes, and what is decided."""
    found = or_404(queries.note(note_id))
    start = {
        "on": found.analysed_on or clock.today(),
        "analysis": found.analysis,
        "decision": found.decision,
    }
    form = forms.AnalyseForm(data=start)
    if did(form, lambda: _analyse(found, form)):
        return _back(found, "L’analyse est enregistrée.")
    return answer("quality/watch/analyse.html", form=form, note=found, words=TOPICS)


@pages.form("/<int:note_id>/formations", allow=ENTER)
def add_effect(note_id: int) -> Reply:
    """Say what an item changes in a programme."""
    found, form = or_404(queries.note(note_id)), forms.EffectForm()
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.note_effect(
                found,
                form.programme.data or "",
                form.words.data or "",
                done_on=form.done_on.data,
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if made is not None:
            return _back(found, "L’effet est noté.")
    known = queries.programme_choices()
    return answer("quality/watch/effect.html", form=form, note=found, known=known)


@pages.form("/<int:note_id>/formations/<int:effect_id>/fait", allow=ENTER)
def effect_done(note_id: int, effect_id: int) -> Reply:
    """Say that a programme was changed."""
    found, effect = or_404(queries.note(note_id)), or_404(queries.effect(note_id, effect_id))
    form = forms.DoneForm(data={"on": clock.today()})
    if form.is_sent:
        act = keep(
            form,
            lambda: operations.effect_done(
                found, effect, form.on.data, by=current_actor(), at=clock.now()
            ),
        )
        if act is not None:
            return _back(found, "C’est noté.")
    return answer("quality/watch/effect_done.html", form=form, note=found, effect=effect)


@pages.form("/<int:note_id>/formations/<int:effect_id>/retirer", allow=ENTER)
def remove_effect(note_id: int, effect_id: int) -> Reply:
    """Take away an effect that was noted wrongly."""
    found, effect = or_404(queries.note(note_id)), or_404(queries.effect(note_id, effect_id))
    form = WhyForm()
    if form.is_sent:
        act = keep(
            form,
            lambda: operations.remove_effect(
                found, effect, form.why.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if act is not None:
            return _back(found, "L’effet est retiré ; sa trace reste.")
    return answer("quality/watch/effect_remove.html", form=form, note=found, effect=effect)


@pages.form("/<int:note_id>/diffuser", allow=ENTER)
def send(note_id: int) -> Reply:
    """Send an item to people by mail."""
    found, form = or_404(queries.note(note_id)), forms.SendForm()
    form.offer(queries.audience(clock.now()))
    if form.is_sent:
        sent = keep(form, lambda: _send(found, form))
        if sent is not None:
            words = "Le message part" if sent == 1 else f"{sent} messages partent"
            return _back(found, f"{words} à l’instant.")
    return answer("quality/watch/send.html", form=form, note=found)


@pages.form("/<int:note_id>/dit", allow=ENTER)
def add_told(note_id: int) -> Reply:
    """Note that people were told otherwise."""
    found = or_404(queries.note(note_id))
    form = forms.ToldForm(data={"on": clock.today()})
    if did(form, lambda: _told(found, form)):
        return _back(found, "C’est noté.")
    return answer("quality/watch/told.html", form=form, note=found)


@pages.form("/<int:note_id>/sans-suite", allow=ENTER)
def drop(note_id: int) -> Reply:
    """Leave an item without effect, and say why."""
    found = or_404(queries.note(note_id))
    form = forms.DropForm(data={"on": clock.today(), "is_mistake": found.shared_on is not None})
    if did(form, lambda: _drop(found, form)):
        return _back(found, "L’élément est classé sans suite.")
    return answer("quality/watch/drop.html", form=form, note=found)


@pages.post("/<int:note_id>/reprendre", allow=ENTER)
def take_up(note_id: int) -> Response:
    """Take an item up again."""
    found = or_404(queries.note(note_id))
    return done(
        lambda: operations.take_up(found, by=current_actor(), at=clock.now()),
        "watch_office.show",
        "L’élément est repris.",
        note_id=note_id,
    )


@pages.form("/domaines/<topic>", allow=MANAGE)
def reader(topic: str) -> Reply:
    """Say who reads for a domain."""
    words = or_404(TOPICS.get(topic))
    row = queries.domain(topic)
    is_user = row is not None and row.reader_id is not None
    start = {
        "owner_id": row.reader_id if row and is_user else 0,
        "owner_name": "" if is_user or row is None else row.reader_name,
    }
    form = forms.ReaderForm(data=start)
    form.offer(owners.choices(clock.now()))
    if form.is_sent:
        named = keep(
            form,
            lambda: operations.name_reader(
                topic,
                form.owner_id.data or 0,
                form.owner_name.data or "",
                by=current_actor(),
                at=clock.now(),
            ),
        )
        if named is not None:
            return go("watch_office.index", f"{words.capitalize()} : {named.reader_name}.")
    return answer("quality/watch/reader.html", form=form, words=words, about=ABOUT[topic])


def _analyse(found: WatchNote, form: forms.AnalyseForm) -> WatchNote:
    return operations.analyse(
        found,
        on=form.on.data,
        analysis=form.analysis.data or "",
        decision=form.decision.data or "",
        by=current_actor(),
        at=clock.now(),
    )


def _send(found: WatchNote, form: forms.SendForm) -> int:
    now = clock.now()
    people = operations.people_of(form.people.data or (), now)
    return len(operations.send(found, people, form.message.data or "", by=current_actor(), at=now))


def _told(found: WatchNote, form: forms.ToldForm) -> object:
    return operations.note_told(
        found,
        on=form.on.data,
        how=form.how.data or "",
        whom=form.whom.data or "",
        words=form.words.data or "",
        by=current_actor(),
        at=clock.now(),
    )


def _drop(found: WatchNote, form: forms.DropForm) -> WatchNote:
    return operations.drop(
        found,
        on=form.on.data,
        why=form.why.data or "",
        is_mistake=form.is_mistake.data,
        by=current_actor(),
        at=clock.now(),
    )


def _back(found: WatchNote, words: str) -> Response:
    return go("watch_office.show", words, note_id=found.id)


def _words() -> dict[str, object]:
    today: date = clock.today()
    return {
        "topics": TOPICS,
        "short_topics": SHORT_TOPICS,
        "states": STATES,
        "looks": STATE_LOOKS,
        "today": today,
    }
