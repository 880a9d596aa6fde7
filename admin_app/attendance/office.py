"""The office's pages: the attendance of a cohort at a glance, each half-day, what to mend."""

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from admin_app.attendance import operations, queries
from admin_app.attendance.forms import (
    AbsenceForm,
    ActForm,
    CorrectForm,
    FollowUpForm,
    ReopenForm,
)
from admin_app.attendance.queries import Person, Scene
from admin_app.attendance.queries.sheet import KIND
from admin_app.attendance.views import Page, act_arguments, answer, blank_sheet, said_sent
from admin_app.cohorts.queries import cohort as read_cohort
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.pages import go, keep, or_404, render
from admin_app.documents.queries import latest

pages = Pages("attendance", "office", prefix="/sessions/<int:cohort_id>/emargement")
READ, MANAGE = Permission.COHORTS_READ, Permission.COHORTS_MANAGE
CORRECT = Permission.ATTENDANCE_CORRECT


@pages.get("", allow=READ)
def cohort(cohort_id: int) -> str:
    """Trainees by half-days; who has not signed; absences to explain; the sheet."""
    page = request.args.get("page", "")
    number = int(page) if page.isdecimal() and len(page) < 7 else None
    grid = or_404(queries.grid(cohort_id, number, clock.today()))
    follow_ups = queries.follow_ups(cohort_id) if grid.is_remote else []
    sheet = latest(KIND, ("cohort", cohort_id))
    shown = {"sheet": sheet, "follow_ups": follow_ups, "now": clock.now()}
    return render("attendance/cohort.html", grid=grid, **shown)


@pages.get("/<int:half_day_id>", allow=READ)
def half_day(cohort_id: int, half_day_id: int) -> str:
    """One half-day: each mark, each signature, and what was changed afterwards."""
    scene = _scene(cohort_id, half_day_id)
    traces = queries.traces(half_day_id)
    return render("attendance/detail.html", scene=scene, traces=traces, now=clock.now())


@pages.post("/<int:half_day_id>/liens", allow=MANAGE)
def send_links(cohort_id: int, half_day_id: int) -> Page:
    """Send each of those who may still sign their own link."""
    scene, form = _scene(cohort_id, half_day_id), ActForm()
    sent = keep(form, lambda: operations.send_signing_links(scene.half_day, **act_arguments()))
    if sent is None:
        scene, traces = _scene(cohort_id, half_day_id), queries.traces(half_day_id)
        shown = {"scene": scene, "traces": traces, "now": clock.now()}
        return answer("attendance/detail.html", form=form, **shown)
    return _back(cohort_id, half_day_id, said_sent(sent))


@pages.form("/<int:half_day_id>/stagiaires/<int:enrolment_id>/motif", allow=MANAGE)
def absence(cohort_id: int, half_day_id: int, enrolment_id: int) -> Page:
    """Why someone was absent."""
    scene, person = _person(cohort_id, half_day_id, enrolment_id)
    form = AbsenceForm()
    form.fill(person.mark)
    if form.is_sent:
        done = keep(form, lambda: form.note(scene.half_day, person.id, **act_arguments()))
        if done is not None:
            return _back(cohort_id, half_day_id, f"Motif d’absence de {person.name} consigné.")
    return _about(cohort_id, half_day_id, enrolment_id, "attendance/absence.html", form=form)


@pages.form("/<int:half_day_id>/stagiaires/<int:enrolment_id>/corriger", allow=CORRECT)
def correct(cohort_id: int, half_day_id: int, enrolment_id: int) -> Page:
    """The quality manager corrects a mark of a closed half-day."""
    scene, person = _person(cohort_id, half_day_id, enrolment_id)
    form = CorrectForm()
    form.fill(person.mark)
    if form.is_sent:
        done = keep(form, lambda: form.correct(scene.half_day, person.enrolment, **act_arguments()))
        if done is not None:
            return _back(cohort_id, half_day_id, f"Pointage de {person.name} corrigé.")
    return _about(cohort_id, half_day_id, enrolment_id, "attendance/correct.html", form=form)


@pages.form("/<int:half_day_id>/rouvrir", allow=CORRECT)
def reopen(cohort_id: int, half_day_id: int) -> Page:
    """The quality manager opens again a half-day closed by mistake."""
    scene, form = _scene(cohort_id, half_day_id), ReopenForm()
    if form.is_sent:
        why = form.why.data or ""
        done = keep(form, lambda: operations.reopen(scene.half_day, why=why, **act_arguments()))
        if done is not None:
            return _back(cohort_id, half_day_id, "Demi-journée rouverte.")
    scene = _scene(cohort_id, half_day_id)
    return answer("attendance/reopen.html", scene=scene, form=form)


@pages.post("/feuille", allow=MANAGE)
def issue(cohort_id: int) -> Page:
    """Issue the sheet of all that is closed now; what was issued already is shown again."""
    found, form = or_404(read_cohort(cohort_id)), ActForm()
    document = keep(
        form, lambda: operations.issue_sheet(found.id, by=current_actor(), at=clock.now())
    )
    if document is not None:
        return go("documents_office.show", document_id=document.id)
    grid = or_404(queries.grid(cohort_id, None, clock.today()))
    nothing = [] if form.form_errors else ["Aucune demi-journée n’est close : rien à établir."]
    form.form_errors.extend(nothing)
    shown = {"sheet": None, "follow_ups": (), "now": clock.now()}
    return answer("attendance/cohort.html", grid=grid, form=form, **shown)


@pages.get("/feuille-vierge", allow=READ)
def blank(cohort_id: int) -> Response:
    """The sheet to sign by hand, one page a day."""
    return blank_sheet(or_404(read_cohort(cohort_id)))


@pages.form("/suivi/<int:enrolment_id>", allow=MANAGE)
def follow_up(cohort_id: int, enrolment_id: int) -> Page:
    """Write how someone followed at a distance."""
    found = or_404(read_cohort(cohort_id))
    who = or_404(queries.follow_up(cohort_id, enrolment_id))
    form = FollowUpForm(obj=who.follow_up)
    if form.is_sent:
        done = keep(form, lambda: form.note(who.enrolment, **act_arguments()))
        if done is not None:
            words = f"Suivi de {who.trainee.name} consigné."
            return go("attendance_office.cohort", words, cohort_id=cohort_id)
    return answer("attendance/follow_up_office.html", cohort=found, person=who, form=form)


def _scene(cohort_id: int, half_day_id: int) -> Scene:
    scene = queries.scene(half_day_id)
    return or_404(scene if scene and scene.cohort.id == cohort_id else None)


def _person(cohort_id: int, half_day_id: int, enrolment_id: int) -> tuple[Scene, Person]:
    scene = _scene(cohort_id, half_day_id)
    return scene, or_404(scene.person(enrolment_id))


def _back(cohort_id: int, half_day_id: int, words: str) -> BaseResponse:
    return go("attendance_office.half_day", words, cohort_id=cohort_id, half_day_id=half_day_id)


def _about(
    cohort_id: int, half_day_id: int, enrolment_id: int, template: str, **context: object
) -> Page:
    """The page about one person, as things stand now."""
    scene, person = _person(cohort_id, half_day_id, enrolment_id)
    return answer(template, scene=scene, person=person, **context)
