"""What the life of the team proves, as the reading room shows it."""

from typing import Any

from admin_app.core.database import db
from admin_app.core.formatting import day, minutes_as_hours
from admin_app.people.words import DEVELOPMENT_KINDS
from admin_app.staff.models import (
    ChartApproval,
    DevelopmentPlan,
    StaffDevelopment,
    StaffMember,
    StaffReview,
    TeamMeeting,
)

Content = tuple[str, dict[str, Any]]
TEMPLATE = "staff/piece.html"


def chart_piece(key: int) -> Content | None:
    """The chart as it was approved."""
    row = db.session.get(ChartApproval, key)
    if row is None:
        return None
    pairs = [(one["title"], _role(one)) for one in row.roles]
    pairs = [("Approuvé le", f"{day(row.approved_on)}, par {row.approved_by}"), *pairs]
    return TEMPLATE, {"title": "Organigramme fonctionnel", "pairs": pairs}


def meeting_piece(key: int) -> Content | None:
    """A meeting."""
    row = db.session.get(TeamMeeting, key)
    if row is None:
        return None
    pairs = [("Présents", row.present), ("Points", row.points), ("Décisions", row.decisions)]
    return TEMPLATE, {"title": f"Réunion d’équipe du {day(row.held_on)}", "pairs": pairs}


def plan_piece(key: int) -> Content | None:
    """The plan of a year."""
    row = db.session.get(DevelopmentPlan, key)
    if row is None:
        return None
    title = f"Plan de développement des compétences {row.year}"
    pairs = [
        ("Arrêté le", day(row.decided_on)),
        ("Besoins vus", row.needs),
        ("Ce qui est prévu", row.actions),
    ]
    return TEMPLATE, {"title": title, "pairs": pairs}


def review_piece(key: int) -> Content | None:
    """A review: when and with whom; what was exchanged and decided stays inside."""
    row = db.session.get(StaffReview, key)
    if row is None:
        return None
    name = db.session.get_one(StaffMember, row.member_id).name
    pairs = [("Tenu le", day(row.held_on)), ("Mené par", row.held_by)]
    return TEMPLATE, {"title": f"Entretien professionnel – {name}", "pairs": pairs}


def development_piece(key: int) -> Content | None:
    """Something done to keep skills up."""
    row = db.session.get(StaffDevelopment, key)
    if row is None:
        return None
    name = db.session.get_one(StaffMember, row.member_id).name
    pairs = [
        ("Intitulé", row.title),
        ("Nature", DEVELOPMENT_KINDS[row.kind]),
        ("Terminé le", day(row.done_on)),
        ("Durée", minutes_as_hours(row.minutes)),
        ("Ce que cela change", row.effect),
        ("Au dossier", row.file_name),
    ]
    return TEMPLATE, {"title": f"Développement des compétences – {name}", "pairs": pairs}


def _role(kept: dict[str, str]) -> str:
    stand_in = f" Suppléance : {kept['stand_in']}." if kept["stand_in"] else ""
    return f"{kept['holder']}. {kept['missions']}{stand_in}"
