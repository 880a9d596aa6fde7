"""What the attendance sheet of a cohort says: all that is closed, one page a day.

Everything is stored with the document, so that it can be made again, to the byte, without the
rows. A reason of absence is never printed: only whether one was given.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select

from admin_app.attendance.facts import half_day_facts, mark_facts
from admin_app.attendance.models import Closing, Correction, Reopening, Signature
from admin_app.attendance.queries.parts import Person, Scene
from admin_app.attendance.queries.scenes import scenes
from admin_app.attendance.wording import mark_words
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.drawing import svg_uri
from admin_app.documents.kinds import Gathered
from admin_app.organisation.models import Place
from admin_app.organisation.queries import identity
from admin_app.people.models import Client
from compliance.attendance import attended_minutes
from compliance.vocabulary import HalfDayPeriod, Modality

T = TypeVar("T")
Groups = dict[tuple[int, int | None], list[T]]
KIND = "attendance-sheet"
UNPRINTED = ("vat_status", "vat_mention", "website", "disability")


def gather(cohort_id: int) -> list[Gathered]:
    """The sheet of a cohort, if a half-day at least is closed (eight statements)."""
    found = scenes(cohort_id)
    closed = [one for one in found if one.closing is not None and one.people]
    if not closed:
        return []
    cohort = closed[0].cohort
    traces = _Traces(found, closed)
    half_days = [_half_day(one, _ranks(found), traces) for one in closed]
    data = {
        "provider": _provider(),
        "action": _action(cohort, found, traces),
        "half_days": half_days,
        "days": _days(half_days),
        "zone": str(clock.zone()),
        "planned": len(found),
        "closed": len(closed),
        "as_of": max(traces.instants),
    }
    return [Gathered(("cohort", cohort.id), f"session {cohort.reference}", data)]


def blank(cohort_id: int) -> dict[str, Any] | None:
    """What the sheet to sign by hand shows, one page a day; None when no half-day is planned."""
    found = scenes(cohort_id)
    if not found:
        return None
    traces = _Traces(found, [])
    days: dict[date, list[dict[str, Any]]] = defaultdict(list)
    for one in found:
        days[one.half_day.day].append(_blank_half_day(one))
    people = {person.id: person for one in found for person in one.people}
    return {
        "provider": _provider(),
        "action": _action(found[0].cohort, found, traces),
        "days": [{"day": day, "half_days": half_days} for day, half_days in days.items()],
        "trainees": [
            {"name": person.name, "employer": traces.employer(person)} for person in people.values()
        ],
    }


def closed_half_days(cohort_id: int) -> list[int]:
    """The keys of the half-days of a cohort that are closed."""
    statement = (
        select(HalfDay.id)
        .join(Closing, Closing.half_day_id == HalfDay.id)
        .where(HalfDay.cohort_id == cohort_id)
    )
    return list(db.session.scalars(statement))


class _Traces:
    """What goes with the half-days shown: places, employers, corrections, and each instant."""

    def __init__(self, found: Sequence[Scene], closed: Sequence[Scene]) -> None:
        keys = [one.half_day.id for one in closed]
        self.instants: list[datetime] = []
        self.places = _places(found)
        self.employers = _employers(found)
        self.corrections = _grouped(_corrections(keys), _of_person)
        self.set_aside = _grouped(_set_aside(keys), _of_person)
        self.reopenings = _grouped(_reopenings(keys), lambda one: (one.half_day_id, 0))
        self.instants += [one.corrected_at for every in self.corrections.values() for one in every]

    def employer(self, person: Person) -> str:
        """Who the trainee works for, else the client who pays."""
        return person.enrolment.employer or self.employers.get(person.enrolment.client_id or 0, "")

    def place(self, place_id: int | None) -> str:
        """« Salle Loire, 12 rue des Tilleuls, 33000 Bordeaux »."""
        place = self.places.get(place_id or 0)
        return ", ".join(part for part in (place.name, place.address) if part) if place else ""


def _of_person(one: Correction | Signature) -> tuple[int, int | None]:
    return one.half_day_id, one.enrolment_id


def _grouped(rows: Iterable[T], key: Callable[[T], tuple[int, int | None]]) -> Groups[T]:
    found: Groups[T] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _places(found: Sequence[Scene]) -> dict[int, Place]:
    keys = {one.half_day.place_id or one.cohort.place_id for one in found}
    keys |= {one.cohort.place_id for one in found}
    rows = db.session.scalars(select(Place).where(Place.id.in_(keys - {None})))
    return {one.id: one for one in rows}


def _employers(found: Sequence[Scene]) -> dict[int, str]:
    keys = {person.enrolment.client_id for one in found for person in one.people}
    rows = db.session.execute(select(Client.id, Client.name).where(Client.id.in_(keys - {None})))
    return {row.id: row.name for row in rows}


def _corrections(keys: list[int]) -> Iterable[Correction]:
    statement = select(Correction).where(Correction.half_day_id.in_(keys)).order_by(Correction.id)
    return db.session.scalars(statement) if keys else ()


def _set_aside(keys: list[int]) -> Iterable[Signature]:
    aside = Signature.set_aside_at.is_not(None)
    statement = select(Signature).where(Signature.half_day_id.in_(keys), aside)
    return db.session.scalars(statement.order_by(Signature.id)) if keys else ()


def _reopenings(keys: list[int]) -> Iterable[Reopening]:
    statement = select(Reopening).where(Reopening.half_day_id.in_(keys)).order_by(Reopening.id)
    return db.session.scalars(statement) if keys else ()


def _provider() -> dict[str, Any]:
    return {name: value for name, value in identity().items() if name not in UNPRINTED}


def _action(cohort: Cohort, found: Sequence[Scene], traces: _Traces) -> dict[str, Any]:
    return {
        "title": cohort.title,
        "reference": cohort.reference,
        "modality": Modality(cohort.modality).label,
        "place": traces.place(cohort.place_id),
        "remote_url": cohort.remote_url,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "planned_minutes": sum(one.half_day.minutes for one in found),
    }


def _ranks(found: Iterable[Scene]) -> dict[date, int]:
    days = sorted({one.half_day.day for one in found})
    return {day: rank for rank, day in enumerate(days, start=1)}


def _days(half_days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The pages: each day with the ranks of its half-days, and of each trainee's rows in them."""
    ranks: dict[date, list[int]] = defaultdict(list)
    for rank, half_day in enumerate(half_days):
        ranks[half_day["day"]].append(rank)
    return [
        {"day": day, "half_days": shown, "people": _people([half_days[one] for one in shown])}
        for day, shown in ranks.items()
    ]


def _people(half_days: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each trainee of a day with, for each half-day, the rank of their row; None where they have
    none. The first half-day gives the order, who came later is after."""
    places = [{row["id"]: rank for rank, row in enumerate(one["rows"])} for one in half_days]
    people = {row["id"]: row for one in half_days for row in one["rows"]}
    return [
        {
            "name": row["name"],
            "employer": row["employer"],
            "rows": [found.get(key) for found in places],
        }
        for key, row in people.items()
    ]


def _head(one: Scene, ranks: dict[date, int], traces: _Traces) -> dict[str, Any]:
    row = one.half_day
    return {
        "day": row.day,
        "rank": ranks[row.day],
        "period": HalfDayPeriod(row.period).label,
        "starts": row.starts_at,
        "ends": row.ends_at,
        "minutes": row.minutes,
        "theme": row.theme,
        "is_remote": row.is_remote,
        "place": traces.place(row.place_id or one.cohort.place_id),
        "remote_url": one.cohort.remote_url if row.is_remote else "",
    }


def _blank_half_day(one: Scene) -> dict[str, Any]:
    return {
        "label": HalfDayPeriod(one.half_day.period).label,
        "starts_at": one.half_day.starts_at,
        "ends_at": one.half_day.ends_at,
        "trainers": [trainer.trainer.name for trainer in one.trainers],
    }


def _half_day(one: Scene, ranks: dict[date, int], traces: _Traces) -> dict[str, Any]:
    assert one.closing is not None
    traces.instants.append(one.closing.closed_at)
    return _head(one, ranks, traces) | {
        "trainers": [trainer.trainer.name for trainer in one.signed_by],
        "rows": [_row(one, person, traces) for person in one.people],
        "trainer_signatures": [
            _signature(trainer.signature, trainer.trainer.name, traces)
            for trainer in one.signed_by
            if trainer.signature is not None
        ],
        "closed_at": one.closing.closed_at,
        "closed_by": one.closing.closed_by,
        "reopenings": [
            {
                "closed_at": trace.closed_at,
                "closed_by": trace.closed_by,
                "reopened_at": trace.reopened_at,
                "reopened_by": trace.reopened_by,
                "why": trace.why,
            }
            for trace in traces.reopenings[one.half_day.id, 0]
        ],
    }


def _row(one: Scene, person: Person, traces: _Traces) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": person.id,
        "name": person.name,
        "employer": traces.employer(person),
        "state": person.state.value if person.state else "unmarked",
        "words": mark_words(person.mark),
        "absent": None,
        "signature": None,
        "unsigned": None,
        "corrections": [
            {
                "at": trace.corrected_at,
                "by": trace.corrected_by,
                "why": trace.why,
                "before": mark_words(trace.before),
            }
            for trace in traces.corrections[one.half_day.id, person.id]
        ],
        "set_aside": [
            {"signed_at": former.signed_at, "at": former.set_aside_at, "why": former.set_aside_why}
            for former in traces.set_aside[one.half_day.id, person.id]
        ],
    }
    if person.mark is not None:
        facts = mark_facts(person.mark)
        row["attended_minutes"] = attended_minutes(half_day_facts(one.half_day), facts)
    if person.is_absent:
        has_reason = person.mark is not None and bool(person.mark.reason)
        row["absent"] = "motif donné" if has_reason else "motif non communiqué"
    elif person.signature is not None:
        row["signature"] = _signature(person.signature, person.name, traces)
    else:
        row["unsigned"] = "signature à régulariser"
    return row


def _signature(found: Signature, name: str, traces: _Traces) -> dict[str, Any]:
    traces.instants.append(found.signed_at)
    return {
        "name": found.typed_name or name,
        "signer": name,
        "image": svg_uri(found.strokes),
        "signed_at": found.signed_at,
        "channel": found.channel,
        "is_late": found.is_late,
        "late_reason": found.late_reason,
    }
