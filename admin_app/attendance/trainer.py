"""The trainer's pages: a phone in one hand, today's half-day first. Own cohorts, or nothing."""

from datetime import timedelta

from flask import Response, request
from flask_login import current_user

from admin_app.adaptations.operations import mark_applied
from admin_app.adaptations.queries.requests import adaptation_in
from admin_app.attendance import operations, queries
from admin_app.attendance.forms import (
    AbsenceForm,
    ActForm,
    CloseForm,
    FollowUpForm,
    MarkForm,
    SignForm,
)
from admin_app.attendance.panels import Panel, notes_of, panels_of
from admin_app.attendance.queries import Contributor, Person, Scene
from admin_app.attendance.views import (
    Page,
    act_arguments,
    answer,
    blank_sheet,
    said_sent,
    trainer_links,
)
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as read_cohort
from admin_app.cohorts.queries import is_taught_by
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.pages import go, invalid, keep, or_404, render

pages = Pages("attendance", "trainer", prefix="/emargement")
SIGN = Permission.ATTENDANCE_SIGN
EARLY = timedelta(minutes=15)  # closing sooner than that before the end is asked about


@pages.get("/", allow=Permission.TRAINER_SPACE)
def index() -> str:
    """« Ma journée »: today's half-days, those left open, the next ones."""
    now = clock.now()
    day = queries.day_of_trainer(current_user.trainer_id or 0, clock.day_of(now), now)
    return render("attendance/my_day.html", day=day, now=now)


@pages.get("/sessions/<int:cohort_id>", allow=Permission.TRAINER_SPACE)
def cohort(cohort_id: int) -> str:
    """One session: its half-days, and the other pages that its trainer has."""
    found = _own_cohort(cohort_id)
    slots = queries.half_days_of(current_user.trainer_id, cohort_id)
    is_remote = any(one.half_day.is_remote for one in slots)
    links = trainer_links(cohort_id, is_remote=is_remote)
    return render(
        "attendance/my_cohort.html", cohort=found, slots=slots, links=links, now=clock.now()
    )


@pages.get("/<int:half_day_id>", allow=SIGN)
def half_day(half_day_id: int) -> str:
    """Who is there, who has signed."""
    scene, _ = _own(half_day_id)
    return render("attendance/half_day.html", **_shown(scene))


@pages.get("/<int:half_day_id>/pointage", allow=SIGN)
def roster(half_day_id: int) -> str:
    """The list alone, for a page that stays open while people sign."""
    scene, _ = _own(half_day_id)
    return render("attendance/roster.html", **_shown(scene))


@pages.post("/<int:half_day_id>/pointage/<int:enrolment_id>", allow=SIGN)
def mark(half_day_id: int, enrolment_id: int) -> Page:
    """One tap: there, or not."""
    scene, _ = _own(half_day_id)
    is_there = request.form.get(f"pointage-{enrolment_id}") == "present"
    form = ActForm()
    done = keep(
        form,
        lambda: operations.mark_quickly(scene.half_day, enrolment_id, is_there, **act_arguments()),
    )
    return _after_marking(half_day_id, form, done, enrolment_id)


@pages.post("/<int:half_day_id>/pointage", allow=SIGN)
def mark_rest(half_day_id: int) -> Page:
    """All those who are left are there."""
    scene, _ = _own(half_day_id)
    form = ActForm()
    done = keep(form, lambda: operations.mark_rest_present(scene.half_day, **act_arguments()))
    return _after_marking(half_day_id, form, done)


@pages.form("/<int:half_day_id>/stagiaires/<int:enrolment_id>", allow=SIGN)
def person(half_day_id: int, enrolment_id: int) -> Page:
    """One trainee: late, gone early, absent and why; once closed, only why they were absent."""
    scene, who = _own_person(half_day_id, enrolment_id)
    form = AbsenceForm() if scene.closing else MarkForm()
    form.fill(who.mark)
    if form.is_sent:
        done = keep(form, lambda: form.note(scene.half_day, who.id, **act_arguments()))
        if done is not None:
            return go("attendance_trainer.half_day", f"{who.name} : noté.", half_day_id=half_day_id)
    return _answer("attendance/person.html", half_day_id, enrolment_id, form=form)


@pages.get("/<int:half_day_id>/signer", allow=SIGN)
def hand_round(half_day_id: int) -> str:
    """The device goes round: names, and nothing else."""
    scene, _ = _own(half_day_id)
    return render("attendance/hand_round.html", scene=scene, now=clock.now())


@pages.form("/<int:half_day_id>/signer/<int:enrolment_id>", allow=SIGN)
def sign(half_day_id: int, enrolment_id: int) -> Page:
    """One trainee signs on the trainer's device."""
    scene, who = _own_person(half_day_id, enrolment_id)
    form = SignForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.sign_as_trainee(
                scene.half_day, who.enrolment, channel="handed", **form.ink(), **act_arguments()
            ),
        )
        if done is not None:
            return go(
                "attendance_trainer.signed", half_day_id=half_day_id, enrolment_id=enrolment_id
            )
    return _answer("attendance/sign_here.html", half_day_id, enrolment_id, form=form)


@pages.get("/<int:half_day_id>/signer/<int:enrolment_id>/merci", allow=SIGN)
def signed(half_day_id: int, enrolment_id: int) -> str:
    """Thanks; the device goes on or back."""
    scene, who = _own_person(half_day_id, enrolment_id)
    return render("attendance/signed_here.html", scene=scene, person=who)


@pages.form("/<int:half_day_id>/clore", allow=SIGN)
def close(half_day_id: int) -> Page:
    """Confirm, say what happened, sign: the half-day is frozen."""
    scene, trainer = _own(half_day_id)
    is_early = clock.now() < scene.half_day.ends_at - EARLY
    form = CloseForm()
    form.prepare(scene, is_early=is_early)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.sign_as_trainer_and_close(
                scene.half_day,
                trainer.assignment,
                incident=form.incident.data or "",
                left_unsigned=form.left_unsigned.data or (),
                **form.ink(),
                **act_arguments(),
            ),
        )
        if done is not None:
            return go("attendance_trainer.half_day", "Demi-journée close.", half_day_id=half_day_id)
    return _closing(half_day_id, form, scene, is_early=is_early)


@pages.form("/<int:half_day_id>/co-signer", allow=SIGN)
def sign_too(half_day_id: int) -> Page:
    """A second trainer signs, and leaves the closing to the first."""
    scene, trainer = _own(half_day_id)
    form = CloseForm()
    form.prepare(scene, is_early=False)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.sign_as_second_trainer(
                scene.half_day,
                trainer.assignment,
                left_unsigned=form.left_unsigned.data or (),
                **form.ink(),
                **act_arguments(),
            ),
        )
        if done is not None:
            words = "Vous avez signé ; la demi-journée reste à clore."
            return go("attendance_trainer.half_day", words, half_day_id=half_day_id)
    return _answer("attendance/sign_too.html", half_day_id, form=form)


@pages.form("/<int:half_day_id>/liens", allow=SIGN)
def send_links(half_day_id: int) -> Page:
    """Send each of those who may still sign their own link."""
    scene, _ = _own(half_day_id)
    form = ActForm()
    if form.is_sent:
        sent = keep(form, lambda: operations.send_signing_links(scene.half_day, **act_arguments()))
        if sent is not None:
            return go("attendance_trainer.half_day", said_sent(sent), half_day_id=half_day_id)
    return _answer("attendance/links.html", half_day_id, form=form)


@pages.post("/<int:half_day_id>/adaptations/<int:adaptation_id>", allow=SIGN)
def applied(half_day_id: int, adaptation_id: int) -> Page:
    """A change promised to a client was applied in this half-day.

    Said while closing (`cloture`), the closing goes on, with all that was typed there.
    """
    scene, _ = _own(half_day_id)
    promise = or_404(adaptation_in(scene.cohort.id, adaptation_id))
    form = ActForm()
    done = keep(
        form,
        lambda: mark_applied(promise, scene.half_day, by=current_actor(), at=clock.now()),
    )
    if "cloture" in request.args:
        return _still_closing(half_day_id, form)
    if done is not None:
        words = "Adaptation appliquée : c’est noté."
        return go("attendance_trainer.half_day", words, half_day_id=half_day_id)
    scene, _ = _own(half_day_id)
    return invalid("attendance/half_day.html", **_shown(scene), refused=form.form_errors)


@pages.get("/sessions/<int:cohort_id>/feuille-vierge", allow=SIGN)
def blank(cohort_id: int) -> Response:
    """The sheet to sign by hand, when there is neither phone nor network."""
    return blank_sheet(_own_cohort(cohort_id))


@pages.get("/sessions/<int:cohort_id>/suivi", allow=SIGN)
def follow_ups(cohort_id: int) -> str:
    """How each trainee followed at a distance."""
    cohort = _own_cohort(cohort_id)
    return render("attendance/follow_ups.html", cohort=cohort, people=queries.follow_ups(cohort_id))


@pages.form("/sessions/<int:cohort_id>/suivi/<int:enrolment_id>", allow=SIGN)
def follow_up(cohort_id: int, enrolment_id: int) -> Page:
    """Write how one of them followed."""
    cohort = _own_cohort(cohort_id)
    who = or_404(queries.follow_up(cohort_id, enrolment_id))
    form = FollowUpForm(obj=who.follow_up)
    if form.is_sent:
        done = keep(form, lambda: form.note(who.enrolment, **act_arguments()))
        if done is not None:
            words = f"Suivi de {who.trainee.name} consigné."
            return go("attendance_trainer.follow_ups", words, cohort_id=cohort_id)
    return answer("attendance/follow_up.html", cohort=cohort, person=who, form=form)


def _own(half_day_id: int) -> tuple[Scene, Contributor]:
    """A half-day of the trainer who asks, or « introuvable »."""
    scene = or_404(queries.scene(half_day_id))
    return scene, or_404(scene.taught_by(current_user.trainer_id))


def _own_cohort(cohort_id: int) -> Cohort:
    return or_404(
        read_cohort(cohort_id) if is_taught_by(cohort_id, current_user.trainer_id) else None
    )


def _own_person(half_day_id: int, enrolment_id: int) -> tuple[Scene, Person]:
    """One of those who are expected there."""
    scene, _ = _own(half_day_id)
    return scene, or_404(next((one for one in scene.people if one.id == enrolment_id), None))


def _closing(half_day_id: int, form: CloseForm, scene: Scene, *, is_early: bool) -> Page:
    panels = [Panel(one.template, one.context | {"closing": True}) for one in panels_of(scene)]
    return _answer(
        "attendance/close.html", half_day_id, form=form, is_early=is_early, panels=panels
    )


def _still_closing(half_day_id: int, said: ActForm) -> Page:
    """The closing as it was being written, nothing of it being judged yet."""
    scene, _ = _own(half_day_id)
    is_early = clock.now() < scene.half_day.ends_at - EARLY
    form = CloseForm()
    form.prepare(scene, is_early=is_early)
    form.form_errors = list(said.form_errors)
    return _closing(half_day_id, form, scene, is_early=is_early)


def _shown(scene: Scene) -> dict[str, object]:
    panels = panels_of(scene)
    return {"scene": scene, "now": clock.now(), "panels": panels, "notes": notes_of(panels)}


def _after_marking(
    half_day_id: int, form: ActForm, done: int | None, enrolment_id: int | None = None
) -> Page:
    """The list again for htmx, the page for the others; the refusal with the list as it stands."""
    fragment = bool(request.headers.get("HX-Request"))
    if done is not None and not fragment:
        anchor = f"stagiaire-{enrolment_id}" if enrolment_id else None
        return go("attendance_trainer.half_day", half_day_id=half_day_id, _anchor=anchor)
    scene, _ = _own(half_day_id)
    template = "attendance/roster.html" if fragment else "attendance/half_day.html"
    shown = {**_shown(scene), "refused": form.form_errors, "refused_id": enrolment_id}
    return invalid(template, **shown) if done is None else render(template, **shown)


def _answer(
    template: str, half_day_id: int, enrolment_id: int | None = None, **context: object
) -> Page:
    """The page as the half-day stands now: a refused act may have been overtaken by another."""
    scene, trainer = _own(half_day_id)
    if enrolment_id is not None:
        context["person"] = scene.person(enrolment_id)
    shown = {"scene": scene, "trainer": trainer, "now": clock.now()}
    return answer(template, is_late=scene.is_late(clock.now()), **shown, **context)
