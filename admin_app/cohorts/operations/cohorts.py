"""Creating, changing and cancelling a cohort."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from admin_app.cohorts.listeners import tell
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.operations.common import (
    limited,
    needed,
    refuse_if_cancelled,
    told,
    touch_places,
)
from admin_app.cohorts.operations.half_days import set_half_days
from admin_app.cohorts.operations.proofs import refresh_proofs
from admin_app.cohorts.queries import by_reference, half_days, proved_half_days
from admin_app.cohorts.schedule import HalfDayPlan, check_plans
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day_range
from admin_app.core.search import plain
from admin_app.core.transaction import act
from admin_app.organisation.models import Place
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance.vocabulary import Modality

REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{1,29}")
SWITCHES = ("is_alternance", "has_work_placement", "has_subcontracting")


@act
def create_cohort(
    *,
    reference: str,
    version_id: int,
    half_days: Sequence[HalfDayPlan],
    title: str = "",
    modality: str = "",
    place_id: int | None = None,
    remote_url: str = "",
    practical_info: str = "",
    is_alternance: bool = False,
    has_work_placement: bool = False,
    has_subcontracting: bool = False,
    by: Actor,
    at: datetime,
) -> Cohort:
    """Open a cohort on a published version of a programme, standard or adapted.

    Args:
        reference: unique, kept in capitals (letters, figures, - . _ /).
        version_id: a published version; its title, modality and certification carry over.
        half_days: at least one (`usual_half_days` gives the usual ones); the first and last days
            of the cohort are theirs.
        title: the version's when empty. `modality`: a value of `compliance.vocabulary.Modality`.
        at: UTC instant.

    Raises:
        Refused: the reference is taken or unusable, the version is not published, the place is
            unknown, the link or a half-day cannot be used.
    """
    plans = check_plans(half_days)
    version = _usable_version(version_id)
    cohort = Cohort(
        reference=_free_reference(reference),
        title=limited(title, "title", 200) or version.title,
        version_id=version.id,
        standard_version_id=version.programme.adapted_from_id or version.id,
        starts_on=min(plan.day for plan in plans),
        ends_on=max(plan.day for plan in plans),
        modality=Modality(modality or version.modality).value,
        is_certifying=version.is_certifying,
        is_alternance=is_alternance,
        has_work_placement=has_work_placement,
        has_subcontracting=has_subcontracting,
        created_at=at,
        created_by=by.label,
    )
    _place(cohort, place_id, remote_url, practical_info)
    db.session.add(cohort)
    db.session.flush()
    days = day_range(cohort.starts_on, cohort.ends_on)
    told(cohort, "create", f"Session {cohort.reference} créée, {days}.", by=by, at=at)
    set_half_days(cohort, plans, by=by, at=at)
    return cohort


@act
def change_cohort(
    cohort: Cohort,
    *,
    title: str,
    modality: str,
    place_id: int | None,
    remote_url: str,
    practical_info: str,
    is_alternance: bool = False,
    has_work_placement: bool = False,
    has_subcontracting: bool = False,
    by: Actor,
    at: datetime,
) -> Cohort:
    """Change what a cohort says of itself; its dates are changed by `set_half_days`.

    Raises:
        Refused: the cohort is cancelled, the title is empty, the place is unknown or the link
            cannot be used.
    """
    refuse_if_cancelled(cohort)
    cohort.title = needed(title, "Donnez un intitulé à la session.", "title", 200)
    cohort.modality = Modality(modality).value
    cohort.is_alternance, cohort.has_work_placement = is_alternance, has_work_placement
    cohort.has_subcontracting = has_subcontracting
    _place(cohort, place_id, remote_url, practical_info)
    told(cohort, "change", f"Session {cohort.reference} modifiée.", by=by, at=at)
    refresh_proofs(cohort, by=by, at=at)
    return cohort


@act
def use_version(cohort: Cohort, version_id: int, *, by: Actor, at: datetime) -> Cohort:
    """Teach another published version from now on (an adapted programme, usually).

    The standard version that it is compared with follows. Issued documents do not change.

    Raises:
        Refused: the cohort is cancelled, or the version is not published.
    """
    refuse_if_cancelled(cohort)
    version = _usable_version(version_id)
    cohort.version_id = version.id
    cohort.standard_version_id = version.programme.adapted_from_id or version.id
    cohort.is_certifying = version.is_certifying
    words = f"Session {cohort.reference} : programme « {version.title} », version {version.number}."
    told(cohort, "use-version", words, by=by, at=at, version=version.id)
    refresh_proofs(cohort, by=by, at=at)
    tell(cohort, by=by, at=at)
    return cohort


@act
def cancel_cohort(cohort: Cohort, *, why: str, by: Actor, at: datetime) -> Cohort:
    """Cancel a cohort that has not been held; everything in it stays readable.

    Raises:
        Refused: it is cancelled already, no reason is given, or half-days of it were attended.
    """
    refuse_if_cancelled(cohort)
    reason = needed(why, "Indiquez pourquoi la session est annulée.", "why", 500)
    if proved_half_days([one.id for one in half_days(cohort.id, with_cancelled=True)]):
        raise Refused(
            "Des demi-journées ont été émargées : annulez plutôt celles qui n’auront pas lieu."
        )
    cohort.cancelled_at, cohort.cancelled_why = at, reason
    told(cohort, "cancel", f"Session {cohort.reference} annulée.", by=by, at=at)
    return cohort


@act
def restore_cohort(cohort: Cohort, *, by: Actor, at: datetime) -> Cohort:
    """Take a cancellation back; the journal keeps both.

    Raises:
        Refused: the cohort is not cancelled.
    """
    if cohort.cancelled_at is None:
        raise Refused("Cette session n’est pas annulée.")
    cohort.cancelled_at, cohort.cancelled_why = None, ""
    told(cohort, "restore", f"Session {cohort.reference} rétablie.", by=by, at=at)
    refresh_proofs(cohort, by=by, at=at)
    return cohort


def propose_reference(version: ProgrammeVersion, first_day: date) -> str:
    """The next free reference of that programme for that year, « CTG-2026-03 »."""
    stem = f"{_stem(version.programme)}-{first_day.year}-"
    statement = select(Cohort.reference).where(Cohort.reference.startswith(stem, autoescape=True))
    taken = {reference.removeprefix(stem) for reference in db.session.scalars(statement)}
    last = max((int(end) for end in taken if end.isdecimal()), default=0)
    return f"{stem}{last + 1:02d}"


def _stem(programme: Programme) -> str:
    return plain(programme.reference).replace(" ", "-").upper()[:20] or "S"


def _free_reference(text: str) -> str:
    reference = text.strip().upper()
    if not REFERENCE.fullmatch(reference):
        raise Refused(
            "De 2 à 30 lettres sans accent, chiffres, tirets, points ou barres.", "reference"
        )
    if by_reference(reference) is not None:
        raise Refused(f"La référence {reference} est déjà prise.", "reference")
    return reference


def _usable_version(version_id: int) -> ProgrammeVersion:
    version = db.session.get(ProgrammeVersion, version_id)
    if version is None or version.published_at is None:
        raise Refused("Choisissez une version publiée du programme.", "version_id")
    return version


def _place(cohort: Cohort, place_id: int | None, remote_url: str, practical_info: str) -> None:
    if place_id is not None and db.session.get(Place, place_id) is None:
        raise Refused("Ce lieu n’existe pas.", "place_id")
    url = limited(remote_url, "remote_url", 300)
    if url and not re.match(r"https?://[^\s/]+\S*$", url):
        raise Refused("Un lien commence par https:// et ne contient pas d’espace.", "remote_url")
    touch_places(cohort.place_id, place_id)
    cohort.place_id, cohort.remote_url = place_id, url
    cohort.practical_info = limited(practical_info, "practical_info", 4000)
