"""What a trainee opens with their personal link: the half-day to sign, one question a page."""

from flask import g, request

from admin_app.attendance import operations, queries
from admin_app.attendance.forms import SignForm
from admin_app.attendance.queries import Signing, Step, Turn
from admin_app.attendance.views import Page, act_arguments, answer
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, linked
from admin_app.core.pages import go, keep, or_404, render

pages = Pages("attendance", "trainee")
SIGNER = linked(Purpose.SIGNING)
OPEN = frozenset({Step.NOW, Step.LATE})


@pages.get("/l/<token>/emargement", allow=SIGNER)
def home(token: str) -> Page:
    """The half-day that a message speaks of (`pour`) while it can be signed; else what there is to
    sign now, when that opens, or what was signed: one link serves them all."""
    signing = _signing()
    asked = signing.turn(request.args.get("pour", 0, type=int))
    if asked is not None and asked.step in OPEN:
        return _question(signing, asked, SignForm(), token)
    turn = signing.to_sign
    if turn is None or (turn.step is Step.LATE and signing.is_settled_today):
        return render("attendance/standing.html", signing=signing, token=token)
    return _question(signing, turn, SignForm(), token)


@pages.form("/l/<token>/emargement/<int:half_day_id>", allow=SIGNER)
def sign(token: str, half_day_id: int) -> Page:
    """Sign that half-day; too early, too late or signed already, the page says so."""
    signing = _signing()
    turn = or_404(signing.turn(half_day_id))
    form = SignForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.sign_as_trainee(
                turn.half_day, signing.enrolment, channel="link", **form.ink(), **act_arguments()
            ),
        )
        if done is not None:
            return go("attendance_trainee.done", token=token, half_day_id=half_day_id)
    signing = _signing()
    return _question(signing, or_404(signing.turn(half_day_id)), form, token)


@pages.get("/l/<token>/emargement/<int:half_day_id>/merci", allow=SIGNER)
def done(token: str, half_day_id: int) -> str:
    """What was signed and when; what is next."""
    signing = _signing()
    turn = or_404(signing.turn(half_day_id))
    return render("attendance/standing.html", signing=signing, turn=turn, token=token)


def _signing() -> Signing:
    return or_404(queries.signing(g.link.subject_id, clock.now()))


def _question(signing: Signing, turn: Turn, form: SignForm, token: str) -> Page:
    """The question when it can be answered, else where things stand."""
    if turn.step in OPEN:
        return answer("attendance/sign.html", signing=signing, turn=turn, form=form, token=token)
    return answer("attendance/standing.html", signing=signing, turn=turn, form=form, token=token)
