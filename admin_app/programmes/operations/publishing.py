"""Publishing: from a given day, a complete version is in force and never changes again."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Protocol

from flask import Flask, current_app
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act, locked
from admin_app.documents.packing import digest
from admin_app.evidence.operations import record as record_evidence
from admin_app.journal.operations import record
from admin_app.programmes.mentions import Gap, gaps
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.operations.skills import prove_required_skills
from admin_app.programmes.text import text_of

PIECE = "published-programme"
HOOKS = "liasse.programme_published"


class Published(Protocol):
    """What another room does when a version is published (registered with `on_publication`)."""

    def __call__(self, version: ProgrammeVersion, *, by: Actor, at: datetime) -> None: ...


class MentionsMissing(Problems):
    """A version cannot be published yet: each mention that lacks, with its text."""

    def __init__(self, found: Iterable[Gap]) -> None:
        self.gaps = tuple(found)
        super().__init__(Refused(gap.sentence, gap.field) for gap in self.gaps)


def on_publication(app: Flask, listener: Published) -> None:
    """Have `listener(version, by=, at=)` called within the act of each publication."""
    listeners = app.extensions.setdefault(HOOKS, [])
    if listener not in listeners:
        listeners.append(listener)


@act
def publish(
    version: ProgrammeVersion, *, in_force_from: date, by: Actor, at: datetime
) -> ProgrammeVersion:
    """Publish a draft: from the day `in_force_from` it replaces the former version.

    Leaves the evidence `published-programme` when the programme is public, and `required-skills`
    when it says which skills its trainers must hold.

    Args:
        in_force_from: first day it is in force; not before the day of `at`, nor before the
            version that it replaces.

    Raises:
        MentionsMissing: mandatory mentions are empty, each with its text.
        Refused: it is published already, the day cannot be, or nobody said what changed.
    """
    locked(version.programme)  # one version of a programme at a time
    former = _former(version)
    _check(version, former, in_force_from, at)
    lacking = gaps(text_of(version), on=in_force_from)
    if lacking:
        raise MentionsMissing(lacking)
    version.published_at, version.published_by = at, by.label
    version.in_force_from = in_force_from
    version.programme.title = version.title
    if version.programme.first_published_on is None:
        version.programme.first_published_on = in_force_from
    if former is not None:
        locked(former).superseded_at = clock.at(in_force_from, time.min)
    db.session.flush()
    if version.programme.is_public:
        _leave_evidence(version, in_force_from, by, at)
    prove_required_skills(version, by=by, at=at)
    _note(version, in_force_from, by, at)
    for listener in current_app.extensions.get(HOOKS, ()):
        listener(version, by=by, at=at)
    return version


def _former(version: ProgrammeVersion) -> ProgrammeVersion | None:
    return db.session.scalars(
        select(ProgrammeVersion)
        .where(
            ProgrammeVersion.programme_id == version.programme_id,
            ProgrammeVersion.published_at.is_not(None),
            ProgrammeVersion.number < version.number,
        )
        .order_by(ProgrammeVersion.number.desc())
        .limit(1)
    ).first()


def _check(
    version: ProgrammeVersion, former: ProgrammeVersion | None, in_force_from: date, at: datetime
) -> None:
    if not version.is_draft:
        raise Refused(f"La version {version.number} est déjà publiée.")
    if version.programme.archived_at is not None:
        raise Refused("Cette formation est archivée\u00a0: rétablissez-la avant de publier.")
    if in_force_from < clock.day_of(at):
        raise Refused(
            "Une version ne peut pas avoir été en vigueur avant d’être publiée\u00a0: "
            "choisissez aujourd’hui ou un jour à venir.",
            "in_force_from",
        )
    if former is not None and former.in_force_from and in_force_from < former.in_force_from:
        raise Refused(
            f"La version {former.number} n’entre en vigueur que le "
            f"{day(former.in_force_from)}\u00a0: choisissez ce jour ou un jour suivant.",
            "in_force_from",
        )
    if former is not None and not version.change_note.strip():
        raise Refused(
            "Dites en une phrase ce qui change depuis la version précédente.", "change_note"
        )


def _leave_evidence(
    version: ProgrammeVersion, in_force_from: date, by: Actor, at: datetime
) -> None:
    record_evidence(
        PIECE,
        scope=("programme", version.id),
        label=f"{version.title}, version {version.number}, en vigueur le {day(in_force_from)}",
        occurred_on=in_force_from,
        by=by,
        at=at,
        source=("programme-version", version.id),
        facts={
            "version": version.number,
            "in_force_from": in_force_from.isoformat(),
            "text_sha256": digest(text_of(version).as_dict()),
        },
    )


def _note(version: ProgrammeVersion, in_force_from: date, by: Actor, at: datetime) -> None:
    record(
        "programmes.publish",
        by=by,
        at=at,
        subject=("programme-version", version.id),
        summary=f"{version.title}\u00a0: version {version.number} publiée, "
        f"en vigueur le {day(in_force_from)}.",
        details={"programme": version.programme_id, "version": version.number},
    )
