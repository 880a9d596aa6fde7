"""Handing over teaching resources: added, shared with the trainees, fetched, withdrawn."""

from datetime import datetime, timedelta

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import roster
from admin_app.core import clock, links, mail
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.links import Purpose
from admin_app.core.storage import store
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence.operations import record as prove
from admin_app.evidence.operations import withdraw_all
from admin_app.journal.operations import record
from admin_app.resources.models import ResourceFetch, ResourceFile
from admin_app.resources.queries import fetch_of, shared

PIECE = "resources-handed-over"
FILE_DAYS = 3 * 365  # the trainee's file stays open as long as a control may look back


@act
def add_file(
    cohort: Cohort, upload: Upload, *, title: str, by: Actor, at: datetime
) -> ResourceFile:
    """Add a file to a cohort; trainees see it once it is shared.

    Raises:
        Refused: the same file is there already.
    """
    sha256 = store.put(upload.data)
    if any(one.sha256 == sha256 for one in shared(cohort.id)):
        raise Refused("Ce fichier est déjà remis aux stagiaires.", "file")
    row = ResourceFile(
        cohort_id=cohort.id,
        title=title.strip()[:200] or upload.name,
        name=upload.name,
        mime=upload.mime,
        sha256=sha256,
        size=len(upload.data),
        added_at=at,
        added_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    record(
        "resources.added",
        by=by,
        at=at,
        subject=("resource-file", row.id),
        cohort_id=cohort.id,
        summary=f"Ressource ajoutée : {row.title}.",
        details={"sha256": sha256, "size": row.size},
    )
    return row


@act
def share_files(cohort: Cohort, files: list[ResourceFile], *, by: Actor, at: datetime) -> int:
    """Hand these files over: each trainee is told, and fetches them by personal link.

    Returns:
        How many trainees were told.

    Raises:
        Refused: there is nothing to share, or nobody to share it with.
    """
    waiting = [one for one in files if one.shared_at is None and one.withdrawn_at is None]
    if not waiting:
        raise Refused("Il n’y a aucun nouveau fichier à remettre.")
    people = roster(cohort.id, active_only=True)
    if not people:
        raise Refused("Personne n’est inscrit à cette session.")
    for one in waiting:
        one.shared_at = at
    for enrolment, trainee, _client in people:
        _tell(cohort, enrolment, trainee.name, trainee.email, waiting, at)
    _prove(cohort, waiting, by, at)
    record(
        "resources.shared",
        by=by,
        at=at,
        subject=("cohort", cohort.id),
        cohort_id=cohort.id,
        summary=f"{plural(len(waiting), 'ressource remise', 'ressources remises')} à "
        f"{plural(len(people), 'stagiaire')}.",
        details={"files": [one.sha256 for one in waiting]},
    )
    return len(people)


@act
def withdraw_file(file: ResourceFile, cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Offer a file no more; who fetched it stays written.

    Raises:
        Refused: it is withdrawn already.
    """
    if file.withdrawn_at is not None:
        raise Refused("Ce fichier est déjà retiré.")
    file.withdrawn_at = at
    db.session.flush()
    record(
        "resources.withdrawn",
        by=by,
        at=at,
        subject=("resource-file", file.id),
        cohort_id=cohort.id,
        summary=f"Ressource retirée : {file.title}.",
    )
    if file.shared_at is not None and not shared(cohort.id):
        why = "Toutes les ressources ont été retirées."
        withdraw_all(PIECE, scope=("cohort", cohort.id), why=why, by=by, at=at)


@act
def note_fetched(file: ResourceFile, enrolment: Enrolment, *, by: Actor, at: datetime) -> None:
    """Note that a trainee fetched a file (the first time)."""
    if fetch_of(file.id, enrolment.id) is not None:
        return
    db.session.add(ResourceFetch(resource_id=file.id, enrolment_id=enrolment.id, fetched_at=at))
    record(
        "resources.fetched",
        by=by,
        at=at,
        subject=("resource-file", file.id),
        cohort_id=file.cohort_id,
        summary=f"{by.label} a ouvert la ressource « {file.title} ».",
    )


def _tell(
    cohort: Cohort,
    enrolment: Enrolment,
    name: str,
    email: str,
    files: list[ResourceFile],
    at: datetime,
) -> None:
    link = links.current_or_create(
        Purpose.TRAINEE_FILE,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", enrolment.id),
        label=name,
        email=email,
        at=at,
        expires_at=at + timedelta(days=FILE_DAYS),
    )
    mail.post(
        "resources",
        to=(name, email),
        subject=f"Vos ressources – {cohort.title}",
        about=("enrolment", enrolment.id),
        at=at,
        cohort_id=cohort.id,
        training=cohort.title,
        titles=[one.title for one in files],
        url=links.url(link, "/ressources"),
    )


def _prove(cohort: Cohort, files: list[ResourceFile], by: Actor, at: datetime) -> None:
    titles = ", ".join(one.title for one in files)
    prove(
        PIECE,
        scope=("cohort", cohort.id),
        label=f"Ressources remises aux stagiaires : {titles}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("resource-file", files[0].id),
        facts={"files": [{"title": one.title, "sha256": one.sha256} for one in files]},
        cohort_id=cohort.id,
    )
