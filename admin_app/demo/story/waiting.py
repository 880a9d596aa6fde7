"""A request for adaptation whose answer is promised for today."""

from datetime import datetime, timedelta

from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.operations import Asked, acknowledge, request_adaptation
from admin_app.core.database import db
from admin_app.demo import days
from admin_app.demo.files import section
from admin_app.demo.story.adapted import VISITOR
from admin_app.demo.story.people import address_of
from admin_app.demo.world import World, from_desk
from admin_app.programmes.models import ProgrammeVersion

ANSWER_DAYS = 7


def plan(world: World) -> None:
    """Note that it was received a week ago, and heard the next worked day."""
    asked = world.today - timedelta(days=ANSWER_DAYS)
    kept: dict[str, int] = {}
    world.agenda.note(asked, "18:42", _ask, world, kept)
    world.agenda.note(days.after(asked), "09:31", _acknowledge, world, kept)


def _ask(world: World, kept: dict[str, int], at: datetime) -> None:
    known = section("organisation", "client", "key", "littoral")
    asked = Asked(
        organisation=known["name"],
        contact_name=known["contact"],
        contact_quality=known["quality"],
        email=address_of(known["contact"], known["domain"]),
        context="Notre convention arrive à mi-parcours et le comité demande un bilan lisible.",
        audience="Huit responsables de service, dont trois n’ont jamais évalué une action.",
        headcount=8,
        wished_dates="Une journée en présence plutôt que trois demi-journées à distance.",
        wished_place="Port-Ambre.",
        wished_changes="Regrouper les séances, travailler sur notre propre convention, produire la "
        "note de mi-parcours.",
    )
    version = db.session.get_one(ProgrammeVersion, world.versions["EVAL"])
    origin = from_desk(known["contact"])
    kept["request"] = request_adaptation(version, asked, by=VISITOR, at=at, origin=origin).id


def _acknowledge(world: World, kept: dict[str, int], at: datetime) -> None:
    request = db.session.get_one(AdaptationRequest, kept["request"])
    acknowledge(request, by=world.office, at=at)
