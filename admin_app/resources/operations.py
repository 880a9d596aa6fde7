"""Handing resources over: added, shared with a link to each trainee, withdrawn with a trace."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Dialect, select
from sqlalchemy.dialects import postgresql, sqlite

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import Enrolled, roster
from admin_app.core import clock, links, mail
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.links import Purpose
from admin_app.core.storage import store
from admin_app.core.transaction import act, act_beside, locked
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.journal import operations as journal
from admin_app.resources.models import ResourceFetch, ResourceFile
from admin_app.resources.queries import fetches_of, shared_in, unshared_in

KINDS = frozenset({"pdf", "docx", "pptx", "odt", "zip", "jpeg", "png"})
PIECE = "resources-handed-over"
FILE_DAYS = 400  # the trainee's file stays open until well after the follow-up survey
LONGEST_TITLE = 200


@act
def add_resource(
    cohort: Cohort, upload: Upload, *, title: str = "", by: Actor, at: datetime
) -> ResourceFile:
    """Add a file for the trainees of a cohort; they do not see it before it is shared.

    Args:
        upload: a file that was sniffed and measured (`core.uploads`).
        title: what trainees read; the file's name when empty.

    Raises:
        Refused: the cohort is cancelled, the title is too long, or the very same file is there.
    """
    if cohort.cancelled_at is not None:
        raise Refused("Cette session est annulée.")
    title = title.strip()
    if len(title) > LONGEST_TITLE:
        raise Refused(f"{LONGEST_TITLE} caractères au plus.", "title")
    sha256 = store.put(upload.data)
    _refuse_if_there(cohort, sha256)
    row = ResourceFile(
        cohort_id=cohort.id,
        title=title or upload.name,
        name=upload.name,
        mime=upload.mime,
        sha256=sha256,
        size=len(upload.data),
        added_at=at,
        added_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    _note("added", f"Ressource ajoutée : {row.title}.", row, by, at)
    return row


@act
def share(cohort: Cohort, *, by: Actor, at: datetime) -> Sequence[ResourceFile]:
    """Share every resource that is not yet, and write to each trainee with their own link.

    Raises:
        Refused: there is nothing to share, nobody to share with, or the cohort is cancelled.
    """
    if cohort.cancelled_at is not None:
        raise Refused("Cette session est annulée.")
    files = unshared_in(cohort.id)
    people = roster(cohort.id, active_only=True)
    if not files:
        raise Refused("Il n’y a rien de nouveau à remettre : ajoutez d’abord un fichier.")
    if not people:
        raise Refused("Personne n’est inscrit à cette session.")
    for row in files:
        locked(row).shared_at = at
    for person in people:
        _write_to(cohort, person, files, at, is_reminder=False)
    words = f"{plural(len(files), 'ressource')} à {plural(len(people), 'stagiaire')}"
    summary = f"Session {cohort.reference} : {words}, par lien personnel."
    journal.record(
        "resources.shared",
        by=by,
        at=at,
        summary=summary,
        subject=("cohort", cohort.id),
        cohort_id=cohort.id,
        details={"files": [row.id for row in files], "trainees": len(people)},
    )
    _prove(cohort, files, len(people), by=by, at=at)
    return files


@act
def remind(cohort: Cohort, *, by: Actor, at: datetime) -> int:
    """Write again to those who have not fetched everything; how many.

    Raises:
        Refused: nothing is shared, or everyone has fetched everything.
    """
    files = shared_in(cohort.id)
    if not files:
        raise Refused("Rien n’est encore remis dans cette session.")
    done = fetches_of(cohort.id)
    waiting = [
        one
        for one in roster(cohort.id, active_only=True)
        if done.get(one.enrolment.id, 0) < len(files)
    ]
    if not waiting:
        raise Refused("Chaque stagiaire a déjà ouvert toutes les ressources.")
    for person in waiting:
        _write_to(cohort, person, files, at, is_reminder=True)
    summary = f"Session {cohort.reference} : lien des ressources renvoyé"
    journal.record(
        "resources.reminded",
        by=by,
        at=at,
        summary=f"{summary} à {plural(len(waiting), 'stagiaire')}.",
        subject=("cohort", cohort.id),
        cohort_id=cohort.id,
    )
    return len(waiting)


@act
def withdraw(row: ResourceFile, *, why: str, by: Actor, at: datetime) -> ResourceFile:
    """Take a resource back: nobody fetches it any more; what it was and who had it stay.

    Raises:
        Refused: no reason is given, or it was withdrawn already.
    """
    why = why.strip()
    if not why:
        raise Refused("Dites pourquoi ce fichier est retiré.", "why")
    if len(why) > 300:
        raise Refused("300 caractères au plus.", "why")
    if row.withdrawn_at is not None:
        raise Refused("Ce fichier est déjà retiré.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = at, by.label, why
    db.session.flush()
    _note("withdrawn", f"Ressource retirée : {row.title}.", row, by, at)
    if row.shared_at is not None and not shared_in(row.cohort_id):
        evidence.withdraw_all(
            PIECE,
            scope=("cohort", row.cohort_id),
            why="Toutes les ressources ont été retirées.",
            by=by,
            at=at,
        )
    return row


@act_beside
def note_fetched(row: ResourceFile, enrolment: Enrolment, *, by: Actor, at: datetime) -> None:
    """Note that a trainee fetched a resource (the first time, even when asked twice at once)."""
    insert = _insert_of(db.engine.dialect)(ResourceFetch).values(
        resource_id=row.id, enrolment_id=enrolment.id, fetched_at=at
    )
    done = db.session.execute(
        insert.on_conflict_do_nothing(index_elements=["resource_id", "enrolment_id"]).returning(
            ResourceFetch.id
        )
    )
    if done.first() is not None:
        _note("fetched", f"Ressource ouverte par {by.label} : {row.title}.", row, by, at)


def _insert_of(dialect: Dialect) -> type[postgresql.Insert] | type[sqlite.Insert]:
    return postgresql.Insert if dialect.name == "postgresql" else sqlite.Insert


def _refuse_if_there(cohort: Cohort, sha256: str) -> None:
    twin = db.session.scalar(
        select(ResourceFile).where(
            ResourceFile.cohort_id == cohort.id,
            ResourceFile.sha256 == sha256,
            ResourceFile.withdrawn_at.is_(None),
        )
    )
    if twin is not None:
        raise Refused(f"Ce fichier est déjà là, sous le titre « {twin.title} ».", "file")


def _write_to(
    cohort: Cohort,
    person: Enrolled,
    files: Sequence[ResourceFile],
    at: datetime,
    *,
    is_reminder: bool,
) -> None:
    link = links.current_or_create(
        Purpose.TRAINEE_FILE,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", person.enrolment.id),
        label=person.trainee.name,
        email=person.trainee.email,
        at=at,
        expires_at=clock.at(cohort.ends_on, time()) + timedelta(days=FILE_DAYS),
    )
    mail.post(
        "resources",
        to=(person.trainee.name, person.trainee.email),
        subject=f"Vos documents de travail – {cohort.title}",
        about=("enrolment", person.enrolment.id),
        at=at,
        cohort_id=cohort.id,
        training=cohort.title,
        titles=[row.title for row in files],
        url=links.url(link, "/ressources"),
        is_reminder=is_reminder,
    )


def _prove(
    cohort: Cohort, files: Sequence[ResourceFile], people: int, *, by: Actor, at: datetime
) -> None:
    titles = ", ".join(row.title for row in files)
    evidence.record(
        PIECE,
        scope=("cohort", cohort.id),
        label=f"Ressources remises à {plural(people, 'stagiaire')} : {titles}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("resource-file", files[0].id),
        facts={
            "files": [{"title": row.title, "sha256": row.sha256} for row in files],
            "trainees": people,
        },
        cohort_id=cohort.id,
    )


def _note(action: str, summary: str, row: ResourceFile, by: Actor, at: datetime) -> None:
    journal.record(
        f"resources.{action}",
        by=by,
        at=at,
        summary=summary,
        subject=("resource-file", row.id),
        cohort_id=row.cohort_id,
        details={"sha256": row.sha256},
    )
