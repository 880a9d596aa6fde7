"""What the pages of programmes show, gathered once; no page queries."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from admin_app.organisation.queries import provider
from admin_app.programmes import queries
from admin_app.programmes.diff import changed, compare
from admin_app.programmes.mentions import gaps
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.programmes.objectives import doubtful
from admin_app.programmes.panels import OFFICE, PUBLIC, panels_of
from admin_app.programmes.text import ProgrammeText, text_of
from admin_app.programmes.words import MODALITIES, PRICE_BASES, RECOGNITIONS, RUBRICS

WORDS = {
    "modalities": MODALITIES,
    "recognitions": RECOGNITIONS,
    "price_bases": PRICE_BASES,
    "rubrics": RUBRICS,
}


def programme_page(found: Programme, on: date) -> dict[str, Any]:
    """A programme: what is in force, the draft, the older versions, the copies made of it."""
    newest_first = list(reversed(found.versions))
    in_force = next((one for one in newest_first if _is_in_force(one, on)), None)
    return {
        "programme": found,
        "versions": newest_first,
        "current": in_force,
        "draft": next((one for one in newest_first if one.is_draft), None),
        "copies": queries.adapted_copies(found.id),
        "origin": queries.version(found.adapted_from_id) if found.adapted_from_id else None,
        "today": on,
        "panels": panels_of(OFFICE, found.id),
    }


def version_page(found: ProgrammeVersion, on: date) -> dict[str, Any]:
    """A version as it reads; for a draft, what it lacks and what looks hard to assess."""
    text = text_of(found)
    return {
        "version": found,
        "programme": found.programme,
        "trainers": queries.trainers_of(found.id),
        "days": days_of(text),
        "gaps": gaps(text, on=on) if found.is_draft else (),
        "doubts": doubtful(text.objectives) if found.is_draft else (),
        "former": queries.former_of(found),
        "today": on,
        **WORDS,
    }


def public_page(found: ProgrammeVersion, on: date) -> dict[str, Any]:
    """The public page of a version, and what there is before and after it."""
    numbers = queries.public_numbers(found.programme_id, on)
    return {
        "version": found,
        "programme": found.programme,
        "current": numbers[0],
        "older": [one for one in numbers if one.id not in {found.id, numbers[0].id}],
        "trainers": queries.trainers_of(found.id),
        "days": days_of(text_of(found)),
        "provider": provider(),
        "panels": panels_of(PUBLIC, found.programme_id),
        **WORDS,
    }


def version_piece(version_id: int) -> tuple[str, dict[str, Any]] | None:
    """A version as the reading room shows it, with what makes it differ when it is adapted."""
    found = queries.version(version_id)
    if found is None:
        return None
    origin = found.programme.adapted_from_id
    base = queries.version(origin) if origin else None
    return "programmes/piece.html", {
        "version": found,
        "days": days_of(text_of(found)),
        "trainers": queries.trainers_of(version_id),
        "base": base,
        "rows": differences(base, found) if base else [],
        **WORDS,
    }


def resources_piece(review_id: int) -> tuple[str, dict[str, Any]] | None:
    """A look at the resources as the reading room shows it."""
    found = queries.resources_review(review_id)
    return None if found is None else ("programmes/resources_piece.html", {"review": found})


def edit_page(found: ProgrammeVersion, text: ProgrammeText) -> dict[str, Any]:
    """The form of a draft with the remarks that what is typed calls for."""
    return {
        "version": found,
        "programme": found.programme,
        "doubts": doubtful(text.objectives),
    }


def differences_page(former: ProgrammeVersion, found: ProgrammeVersion) -> dict[str, Any]:
    """Two versions side by side."""
    return {
        "version": found,
        "former": former,
        "programme": found.programme,
        "rows": differences(former, found),
        "is_adapted": former.programme_id != found.programme_id,
    }


def differences(former: ProgrammeVersion, found: ProgrammeVersion) -> list[Any]:
    """What differs between two versions, trainers included (one statement)."""
    names = queries.trainer_names_of([former.id, found.id])
    both = (names.get(former.id, ()), names.get(found.id, ()))
    return changed(compare(text_of(former), text_of(found), both))


def days_of(text: ProgrammeText) -> list[tuple[int, list[Any]]]:
    """The parts of the contents gathered by day, days in order."""
    days: dict[int, list[Any]] = {}
    for part in text.contents:
        days.setdefault(part.day, []).append(part)
    return sorted(days.items())


def named(found: ProgrammeVersion) -> Sequence[int]:
    """The keys of the trainers named on a version."""
    return [one.trainer_id for one in found.trainers]


def _is_in_force(one: ProgrammeVersion, on: date) -> bool:
    return one.in_force_from is not None and not one.is_draft and one.in_force_from <= on
