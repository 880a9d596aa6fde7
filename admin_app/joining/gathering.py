"""What joining instructions say, gathered for a whole cohort in a fixed number of statements.

What each trainee must have been told before enrolling for good is listed by C. trav., L. 6353-8:
objectives and contents, trainers, hours, assessment, house rules, and whom to turn to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import defer

from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import Enrolled, Sponsor, clients_of, roster, trainers_of
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.formatting import day_range
from admin_app.documents.kinds import Gathered
from admin_app.joining.assistance import assistance_of, told
from admin_app.organisation.models import HouseDocument, Place
from admin_app.organisation.queries import identity
from admin_app.programmes.models import ProgrammeVersion
from compliance.vocabulary import HalfDayPeriod, Modality

KIND = "joining-instructions"
HOUSE = ("house-rules", "welcome-booklet", "safeguarding-procedure")
Placed = tuple[HalfDay, Place | None]
UNPRINTED = ("vat_status", "vat_mention", "certificate")


@dataclass(frozen=True)
class Common:
    """What is the same for every trainee of a cohort: said once, gathered once."""

    cohort: Cohort
    data: dict[str, Any]
    house: Mapping[str, HouseDocument]
    price: Decimal | None

    @cached_property
    def sponsors(self) -> dict[int, Sponsor]:
        """The clients of the cohort, read when the first trainee's instructions are gathered."""
        return {one.client.id: one for one in clients_of(self.cohort.id)}


def common(cohort: Cohort, at: datetime) -> Common:
    """All that does not depend on the trainee, on the day of that UTC instant."""
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    house = house_in_force(at)
    data = {
        "provider": _provider(),
        "action": _action(cohort, version, _placed(cohort)),
        "contacts": _contacts(),
        **{kind.replace("-", "_"): _house(house.get(kind)) for kind in HOUSE},
    }
    assistance = assistance_of(cohort)
    if assistance is not None:  # others keep the very document that they had
        data["assistance"] = told(assistance)
    return Common(cohort, data, house, version.price)


def data_for(shared: Common, person: Enrolled) -> dict[str, Any]:
    """What the instructions of one trainee say."""
    enrolment = person.enrolment
    sponsor = shared.sponsors.get(enrolment.client_id or 0)
    contact = sponsor.contact if sponsor else None
    return shared.data | {
        "trainee": {"name": person.trainee.name, "employer": enrolment.employer},
        "sponsor": {
            "name": sponsor.client.name if sponsor else "",
            "contact": _joined(contact.name, contact.quality) if contact else "",
        },
        "pays_personally": enrolment.pays_personally,
        "price": shared.price if enrolment.pays_personally else None,
    }


def gather(cohort_id: int) -> list[Gathered]:
    """The joining instructions that a cohort calls for now, one a trainee."""
    cohort = cohort_by_id(cohort_id)
    if cohort is None:
        return []
    shared = common(cohort, clock.now())
    return [
        Gathered(("enrolment", one.enrolment.id), one.trainee.name, data_for(shared, one))
        for one in roster(cohort_id, active_only=True)
    ]


def house_in_force(at: datetime) -> dict[str, HouseDocument]:
    """The house documents in force on the day of that UTC instant, by kind (one statement)."""
    rows = db.session.scalars(
        select(HouseDocument)
        .options(defer(HouseDocument.text))
        .where(HouseDocument.kind.in_(HOUSE), HouseDocument.in_force_from <= clock.day_of(at))
        .order_by(HouseDocument.in_force_from, HouseDocument.version)
    )
    newest = {row.kind: row for row in rows}
    return {kind: newest[kind] for kind in HOUSE if kind in newest}


def essentials(action: Mapping[str, Any]) -> dict[str, Any]:
    """When and where: what makes instructions that were sent out of date when it changes."""
    return {
        "remote_url": action.get("remote_url"),
        "half_days": [
            {name: half.get(name) for name in ("starts", "ends", "place", "is_remote")}
            for half in action.get("half_days", ())
        ],
    }


def when_said(first: date, last: date) -> str:
    """« le 17 septembre 2026 », « les 17 et 18 septembre 2026 », « du 17 au 20 septembre 2026 »."""
    said = day_range(first, last)
    if said.startswith("du"):
        return said
    return f"{'le' if first == last else 'les'} {said}"


def _provider() -> dict[str, Any]:
    return {name: value for name, value in identity().items() if name not in UNPRINTED}


def _action(cohort: Cohort, version: ProgrammeVersion, held: Sequence[Placed]) -> dict[str, Any]:
    where = {place.id: place for half, place in held if place and not half.is_remote}
    remote = any(half.is_remote for half, _ in held)
    return {
        "title": cohort.title,
        "reference": cohort.reference,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "when_said": when_said(cohort.starts_on, cohort.ends_on),
        "minutes": sum(half.minutes for half, _ in held),
        "modality": Modality(cohort.modality).label,
        "half_days": [_half_day(half, place) for half, place in held],
        "places": [_place(place) for place in where.values()],
        "place": " ; ".join(_joined(place.name, place.address) for place in where.values()),
        "remote_url": cohort.remote_url if remote else "",
        "practical_info": cohort.practical_info,
        "trainers": [
            _joined(one.trainer.name, ", ".join(one.trainer.titles.splitlines()))
            for one in trainers_of(cohort.id)
        ],
        "objectives": version.objectives,
        "contents": version.contents,
        "prerequisites": version.prerequisites,
        "methods": version.methods,
        "assessment": version.assessment,
        "recognition": version.recognition_details,
        "accessibility": version.accessibility,
    }


def _half_day(half: HalfDay, place: Place | None) -> dict[str, Any]:
    return {
        "day": half.day,
        "period": HalfDayPeriod(half.period).label,
        "starts": half.starts_at,
        "ends": half.ends_at,
        "theme": half.theme,
        "is_remote": half.is_remote,
        "place": "" if half.is_remote or place is None else place.name,
    }


def _place(place: Place) -> dict[str, str]:
    return {"name": place.name, "address": place.address, "accessibility": place.accessibility}


def _placed(cohort: Cohort) -> list[Placed]:
    """The half-days to be held, each with its place, in order of time."""
    rows = db.session.execute(
        select(HalfDay, Place)
        .outerjoin(Place, Place.id == func.coalesce(HalfDay.place_id, cohort.place_id))
        .where(HalfDay.cohort_id == cohort.id, HalfDay.cancelled_at.is_(None))
        .order_by(HalfDay.starts_at, HalfDay.id)
    )
    return [(half, place) for half, place in rows]


def _house(row: HouseDocument | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"title": row.title, "version": row.version, "in_force_from": row.in_force_from}


def _contacts() -> dict[str, str]:
    house = identity()
    officer = house["disability"]
    ways = _joined(officer["email"], officer["phone"])
    return {
        "office": _joined(house["email"], house["phone"]),
        "disability": _joined(officer["name"], ways) if officer["name"] and ways else "",
    }


def _joined(*texts: str) -> str:
    return ", ".join(text for text in texts if text)
