"""Writing drafts: a new programme, a new version of one, a copy of one for a client."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import clock_time
from admin_app.core.transaction import act, locked
from admin_app.journal.operations import record
from admin_app.people.models import Trainer
from admin_app.programmes.checks import problems_of
from admin_app.programmes.models import Programme, ProgrammeTrainer, ProgrammeVersion
from admin_app.programmes.text import ProgrammeText, text_of, write_text


@act
def create_programme(
    reference: str,
    text: ProgrammeText,
    *,
    trainers: Sequence[int] = (),
    is_public: bool = True,
    by: Actor,
    at: datetime,
) -> ProgrammeVersion:
    """A new programme, its first version being a draft.

    Args:
        reference: the office's short name for it, unique (« CTG »).
        trainers: keys of the trainers named on it.
        is_public: whether it goes into the catalogue once published.

    Raises:
        Refused: the reference is taken or cannot be used, or the text does not hold.
    """
    reference = reference.strip().upper()
    _check_reference(reference)
    refuse_if_any(problems_of(text))
    programme = Programme(
        reference=reference,
        slug=_free_slug(text.title),
        title=text.title.strip(),
        category="AF",
        is_public=is_public,
        created_at=at,
    )
    db.session.add(programme)
    db.session.flush()
    version = _draft(programme, 1, text, trainers, by, at)
    _note("create", version, f"Formation {reference} créée\u00a0: {programme.title}.", by, at)
    return version


@act
def save_draft(
    version: ProgrammeVersion,
    text: ProgrammeText,
    *,
    trainers: Sequence[int] = (),
    change_note: str = "",
    seen: datetime | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Write a draft anew; anything but the title may still be empty.

    Args:
        trainers: keys of the trainers named on it.
        change_note: what changes since the former version, for those who compare.
        seen: UTC instant of the saving that the writer started from; None when it does not matter.

    Raises:
        Refused: it is published, someone else saved it since, or the text does not hold.
    """
    _check_draft(version)
    _check_seen(version, seen)
    refuse_if_any(problems_of(text))
    write_text(version, text)
    version.change_note = change_note.strip()
    version.saved_at, version.saved_by = at, by.label
    _name_trainers(version, trainers)
    if version.number == 1:
        locked(version.programme).title = version.title
    words = f"Brouillon enregistré\u00a0: {version.title}, version {version.number}."
    _note("save-draft", version, words, by, at)


@act
def new_version(
    programme: Programme, *, note: str = "", by: Actor, at: datetime
) -> ProgrammeVersion:
    """A draft of the next version, which starts as a copy of the last one.

    Args:
        note: what is going to change.

    Raises:
        Refused: a draft exists already.
    """
    last = _last(programme)
    if last.is_draft:
        raise Refused(
            f"La version {last.number} est déjà en préparation\u00a0: "
            "continuez ce brouillon, ou abandonnez-le."
        )
    trainers = [one.trainer_id for one in last.trainers]
    version = _draft(programme, last.number + 1, text_of(last), trainers, by, at)
    version.change_note = note.strip()
    words = f"Version {version.number} mise en préparation\u00a0: {programme.title}."
    _note("new-version", version, words, by, at)
    return version


@act
def copy_programme(
    base: ProgrammeVersion, *, reference: str, by: Actor, at: datetime
) -> ProgrammeVersion:
    """A copy that stays out of the catalogue, to be adapted for one client; it knows its origin.

    Raises:
        Refused: the reference is taken.
    """
    _check_reference(reference)
    programme = Programme(
        reference=reference,
        slug=_free_slug(f"{base.title} {reference}"),
        title=base.title,
        category=base.programme.category,
        is_public=False,
        adapted_from_id=base.id,
        is_alternance=base.programme.is_alternance,
        has_work_placement=base.programme.has_work_placement,
        created_at=at,
    )
    db.session.add(programme)
    db.session.flush()
    trainers = [one.trainer_id for one in base.trainers]
    version = _draft(programme, 1, text_of(base), trainers, by, at)
    words = f"Programme à adapter {reference}, copié de {base.title}, version {base.number}."
    _note("copy", version, words, by, at)
    return version


@act
def discard_draft(version: ProgrammeVersion, *, by: Actor, at: datetime) -> None:
    """Give a draft up: it goes, and the journal keeps that it existed.

    Raises:
        Refused: it is published, it is the only version, or something already relies on it.
    """
    _check_draft(version)
    if version.number == 1:
        raise Refused("C’est la seule version\u00a0: archivez plutôt la formation.")
    programme, number = version.programme, version.number
    _note(
        "discard-draft",
        version,
        f"Brouillon abandonné\u00a0: {version.title}, version {number}.",
        by,
        at,
    )
    try:
        with db.session.begin_nested():
            db.session.delete(version)
    except IntegrityError as error:
        raise Refused("Une session ou une demande s’appuie déjà sur ce brouillon.") from error
    db.session.expire(programme, ["versions"])


def _draft(
    programme: Programme,
    number: int,
    text: ProgrammeText,
    trainers: Sequence[int],
    by: Actor,
    at: datetime,
) -> ProgrammeVersion:
    version = ProgrammeVersion(
        programme_id=programme.id, number=number, created_at=at, created_by=by.label
    )
    write_text(version, text)
    version.saved_at, version.saved_by = at, by.label
    db.session.add(version)
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:  # someone else was first, a moment ago
        raise Refused("Quelqu’un d’autre vient de préparer cette version.") from error
    _name_trainers(version, trainers)
    return version


def _name_trainers(version: ProgrammeVersion, trainers: Sequence[int]) -> None:
    wanted = set(trainers)
    known = set(db.session.scalars(select(Trainer.id).where(Trainer.id.in_(wanted))))
    if wanted - known:
        raise Refused("L’un de ces formateurs n’existe plus.", "trainers")
    version.trainers = [one for one in version.trainers if one.trainer_id in wanted]
    named = {one.trainer_id for one in version.trainers}
    version.trainers += [ProgrammeTrainer(trainer_id=key) for key in sorted(wanted - named)]
    db.session.flush()


def _check_reference(reference: str) -> None:
    if not re.fullmatch(r"[A-Z0-9][A-Z0-9._-]{0,29}", reference):
        raise Refused(
            "Lettres sans accent, chiffres et tirets, 30 au plus. Exemple\u00a0: CTG.",
            "reference",
        )
    taken = select(Programme.id).where(func.upper(Programme.reference) == reference)
    if db.session.scalar(taken) is not None:
        raise Refused(f"La référence «\u00a0{reference}\u00a0» est déjà prise.", "reference")


def _check_draft(version: ProgrammeVersion) -> None:
    if not version.is_draft:
        raise Refused(
            f"La version {version.number} est publiée\u00a0: elle ne change plus. "
            "Préparez une nouvelle version."
        )


def _check_seen(version: ProgrammeVersion, seen: datetime | None) -> None:
    if seen is not None and version.saved_at is not None and version.saved_at != seen:
        raise Refused(
            f"{version.saved_by} a enregistré ce brouillon le "
            f"{clock.local(version.saved_at):%d/%m/%Y} à {clock_time(version.saved_at)}, pendant "
            "que vous écriviez. Rien n’a été écrasé\u00a0: ouvrez la version enregistrée dans un "
            "autre onglet, reportez-y vos changements."
        )


def _last(programme: Programme) -> ProgrammeVersion:
    return db.session.scalars(
        select(ProgrammeVersion)
        .where(ProgrammeVersion.programme_id == programme.id)
        .order_by(ProgrammeVersion.number.desc())
        .limit(1)
    ).one()


def _free_slug(title: str) -> str:
    text = title.lower().replace("œ", "oe").replace("æ", "ae").replace("’", " ")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or "formation"
    taken = set(db.session.scalars(select(Programme.slug).where(Programme.slug.like(f"{slug}%"))))
    if slug not in taken:
        return slug
    return next(name for n in range(2, len(taken) + 3) if (name := f"{slug}-{n}") not in taken)


def _note(action: str, version: ProgrammeVersion, words: str, by: Actor, at: datetime) -> None:
    record(
        f"programmes.{action}",
        by=by,
        at=at,
        subject=("programme-version", version.id),
        summary=words,
        details={"programme": version.programme_id, "version": version.number},
    )
