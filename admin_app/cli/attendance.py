"""`flask attendance`: the hours of a cohort."""

from typing import Any

import click
from flask.cli import AppGroup

from admin_app.attendance import queries
from admin_app.attendance.wording import WORDS
from admin_app.cli.output import print_json, refuse
from admin_app.cohorts.queries import by_reference
from admin_app.core import clock
from admin_app.core.formatting import minutes_as_hours
from compliance.attendance import HalfDayHours, TraineeHours

attendance = AppGroup("attendance", help="Émargement.")
COMMANDS = (attendance,)


@attendance.command("hours")
@click.argument("reference")
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
def hours(reference: str, as_json: bool) -> None:
    """Heures prévues et suivies de chaque stagiaire d’une session."""
    cohort = by_reference(reference)
    if cohort is None:
        refuse(f"Aucune session ne porte la référence « {reference} ».")
    trainees = [one for one in queries.hours(cohort.id).trainees if one.half_days]
    if as_json:
        print_json([_trainee(one) for one in trainees])
        return
    for one in trainees:
        attended = minutes_as_hours(one.attended) or "inconnu"
        click.echo(f"{one.name:<32} {attended:>10} / {minutes_as_hours(one.planned)}")


def _trainee(one: TraineeHours) -> dict[str, Any]:
    return {
        "trainee": one.name,
        "planned_minutes": one.planned,
        "attended_minutes": one.attended,
        "is_complete": one.is_complete,
        "half_days": [_half_day(half_day) for half_day in one.half_days],
    }


def _half_day(one: HalfDayHours) -> dict[str, Any]:
    """`minutes` are those attended, null while they are not known; `state` null if unmarked."""
    return {
        "starts_at": clock.local(one.starts_at).isoformat(),
        "planned_minutes": one.planned,
        "minutes": one.attended,
        "state": one.state.value if one.state else None,
        "label": WORDS[one.state] if one.state else "non pointé",
    }
