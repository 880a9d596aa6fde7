"""The catalogue: programmes written as drafts, then published; one of them twice."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from admin_app.core.database import db
from admin_app.demo.files import read
from admin_app.demo.world import World
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.operations import create_programme, new_version, publish, save_draft
from admin_app.programmes.text import Part, ProgrammeText, text_of

LISTS = ("objectives", "required_skills")
NOT_TEXT = ("reference", "trainers", "contents", "price", *LISTS)


def plan(world: World, day: date) -> None:
    """Note the acts by which the catalogue is written and published, on that day."""
    for rank, known in enumerate(read("programmes")["programme"]):
        world.agenda.note(day, f"10:{5 + 12 * rank:02}", _programme, world, known)


def plan_second_version(world: World, reference: str, day: date) -> None:
    """Note that a programme is revised that day, from what trainees and sponsors said."""
    world.agenda.note(day, "11:20", _revise, world, reference)


def _programme(world: World, known: dict[str, Any], at: datetime) -> None:
    trainers = [world.trainers[key] for key in known["trainers"]]
    draft = create_programme(
        known["reference"], _text(known), trainers=trainers, by=world.office, at=at
    )
    publish(draft, in_force_from=at.date(), by=world.users["quality"], at=at)
    world.versions[known["reference"]] = draft.id


def _revise(world: World, reference: str, at: datetime) -> None:
    former = db.session.get_one(ProgrammeVersion, world.versions[reference])
    note = "Les trames d’atelier sont envoyées la veille, comme demandé dans les avis de fin."
    draft = new_version(former.programme, note=note, by=world.office, at=at)
    text = text_of(draft)
    text = replace(text, means=f"{text.means} Les trames d’atelier sont envoyées la veille.")
    trainers = [one.trainer_id for one in draft.trainers]
    save_draft(draft, text, trainers=trainers, change_note=note, by=world.office, at=at)
    publish(draft, in_force_from=at.date(), by=world.users["quality"], at=at)
    world.versions[reference] = draft.id


def _text(known: dict[str, Any]) -> ProgrammeText:
    values = {name: value for name, value in known.items() if name not in NOT_TEXT}
    contents = tuple(Part(day, title, tuple(points)) for day, title, points in known["contents"])
    return ProgrammeText(
        **values,
        objectives=tuple(known["objectives"]),
        required_skills=tuple(known["required_skills"]),
        contents=contents,
        price=Decimal(known["price"]),
    )
