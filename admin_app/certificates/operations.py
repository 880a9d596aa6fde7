"""Issuing certificates for a whole cohort, and sending them."""

from datetime import datetime, timedelta

from sqlalchemy import select

from admin_app.certificates.gathering import (
    ATTESTATION,
    COMPLETION,
    KINDS,
    gather_attestations,
    gather_completions,
)
from admin_app.certificates.models import Certificate
from admin_app.certificates.opened import opened
from admin_app.certificates.queries import current, for_document
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import roster
from admin_app.core import clock, jobs, links, mail
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import minutes_as_hours, of_name, plural
from admin_app.core.jobs import Job, Progress
from admin_app.core.links import Purpose
from admin_app.core.mail import Attachment
from admin_app.core.transaction import act, all_locked, locked
from admin_app.documents import operations as documents
from admin_app.documents.kinds import Gathered
from admin_app.documents.models import Document
from admin_app.evidence.operations import record as prove
from admin_app.evidence.operations import withdraw_all
from admin_app.journal.operations import record
from admin_app.people.models import Trainee

GATHER = {COMPLETION: gather_completions, ATTESTATION: gather_attestations}
FILE_DAYS = 3 * 365  # the trainee's file stays open as long as a control may look back


@act
def start_issuing(
    cohort: Cohort, *, back_url: str, despite: str = "", by: Actor, at: datetime
) -> Job:
    """Have the certificates and attestations of a whole cohort issued, with progress.

    Args:
        despite: why it goes on although something is open; the journal keeps it.

    Raises:
        Refused: nothing can be certified yet, or something is open and no reason is given.
    """
    ready = sum(len(gather(cohort.id)) for gather in GATHER.values())
    if not ready:
        raise Refused(
            "Rien ne peut encore être certifié : les demi-journées doivent d’abord être closes."
        )
    _go_on_knowingly(cohort, "issue", despite, by, at)
    return jobs.start(
        "issue-certificates",
        label=f"Certificats et attestations de {cohort.reference}",
        by=by,
        at=at,
        back_url=back_url,
        cohort_id=cohort.id,
        by_id=by.id,
        by_label=by.label,
        by_kind=by.kind.value,
    )


def _go_on_knowingly(cohort: Cohort, doing: str, why: str, by: Actor, at: datetime) -> None:
    """Refuse while something is open and nobody says why to go on; else the journal keeps it."""
    left = opened(cohort.id)
    if not left:
        return
    if not why.strip():
        raise Refused("Quelque chose reste ouvert : lisez la liste, puis dites pourquoi continuer.")
    words = "établis" if doing == "issue" else "envoyés"
    record(
        f"certificates.{doing}-despite",
        by=by,
        at=at,
        subject=("cohort", cohort.id),
        cohort_id=cohort.id,
        summary=f"Certificats {words} bien que tout ne soit pas clos. Motif : {why.strip()}",
        details=left.counts,
    )


@jobs.kind("issue-certificates")
def _issue_all(
    progress: Progress, *, cohort_id: int, by_id: int | None, by_label: str, by_kind: str
) -> None:
    by = Actor(ActorKind(by_kind), by_label, by_id)
    waiting = [(kind, one) for kind, gather in GATHER.items() for one in gather(cohort_id)]
    progress.start(len(waiting))
    for done, (kind, one) in enumerate(waiting, 1):
        issue(kind, one, by=by, at=clock.now())
        progress.advance(done, one.label)


def issue(kind: str, gathered: Gathered, *, by: Actor, at: datetime) -> Document:
    """Issue one certificate or attestation; the same facts give the one that exists.

    Not an act by itself: the PDF is made before it, so that nobody waits for it. The document, the
    certificate, its evidence and the journal are then written together.

    Raises:
        Problems: mandatory mentions are missing (arrêté du 21 décembre 2018 for the certificate).
    """
    enrolment = db.session.get_one(Enrolment, gathered.subject[1])
    return documents.issue(
        kind,
        subject=gathered.subject,
        cohort_id=enrolment.cohort_id,
        data=gathered.data,
        by=by,
        at=at,
        along=lambda document: _keep(kind, gathered, enrolment, document, by, at),
    )


@act
def _keep(
    kind: str,
    gathered: Gathered,
    enrolment: Enrolment,
    document: Document,
    by: Actor,
    at: datetime,
) -> None:
    if for_document(document.id) is not None:
        return
    former = current(enrolment.cohort_id).get((kind, enrolment.id))
    if former is not None:
        locked(former[0]).superseded_at = at
    attended = gathered.data["attended_minutes"]
    row = Certificate(
        kind=kind,
        enrolment_id=enrolment.id,
        cohort_id=enrolment.cohort_id,
        document_id=document.id,
        attended_minutes=attended,
        planned_minutes=gathered.data["planned_minutes"],
        issued_at=at,
    )
    db.session.add(row)
    db.session.flush()
    scope = ("enrolment", enrolment.id)
    withdraw_all(kind, scope=scope, why="Remplacé par une version suivante.", by=by, at=at)
    prove(
        kind,
        scope=scope,
        label=f"{KINDS[kind].capitalize()} {of_name(gathered.label)}, {minutes_as_hours(attended)}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("certificate", row.id),
        facts={"minutes": attended, "number": document.number, "sha256": document.sha256},
        cohort_id=enrolment.cohort_id,
        document_id=document.id,
    )


@act
def send_certificates(cohort: Cohort, *, despite: str = "", by: Actor, at: datetime) -> int:
    """Send each trainee the certificates not sent yet, by mail and personal link; how many mails.

    Args:
        despite: as `start_issuing`.

    Raises:
        Refused: none has been issued, or something is open and no reason is given.
    """
    all_locked(select(Certificate).where(Certificate.cohort_id == cohort.id))
    standing = current(cohort.id)
    if not standing:
        raise Refused("Aucun certificat n’est établi pour cette session.")
    if any(one.sent_at is None for one, _ in standing.values()):
        _go_on_knowingly(cohort, "send", despite, by, at)
    sent = 0
    for person in roster(cohort.id):
        theirs = [pair for (_, key), pair in standing.items() if key == person.enrolment.id]
        if any(one.sent_at is None for one, _ in theirs):
            _send(cohort, person.enrolment, person.trainee, theirs, at)
            sent += 1
    if sent:
        record(
            "certificates.sent",
            by=by,
            at=at,
            subject=("cohort", cohort.id),
            cohort_id=cohort.id,
            summary=f"Certificats et attestations envoyés : {plural(sent, 'stagiaire')}.",
            details={"sent": sent},
        )
    return sent


def _send(
    cohort: Cohort,
    enrolment: Enrolment,
    trainee: Trainee,
    theirs: list[tuple[Certificate, Document]],
    at: datetime,
) -> None:
    link = links.current_or_create(
        Purpose.TRAINEE_FILE,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", enrolment.id),
        label=trainee.name,
        email=trainee.email,
        at=at,
        expires_at=at + timedelta(days=FILE_DAYS),
    )
    mail.post(
        "certificates",
        to=(trainee.name, trainee.email),
        subject=f"Vos attestations – {cohort.title}",
        about=("enrolment", enrolment.id),
        at=at,
        cohort_id=cohort.id,
        attachments=tuple(
            Attachment(f"{document.number}.pdf", document.sha256) for _, document in theirs
        ),
        training=cohort.title,
        names=[KINDS[one.kind] for one, _ in theirs],
        url=links.url(link, "/attestations"),
    )
    for one, _ in theirs:
        one.sent_at = at


@act
def note_fetched(row: Certificate, *, at: datetime) -> None:
    """Note that the trainee fetched a certificate (the first time)."""
    if row.fetched_at is None:
        row.fetched_at = at


def issue_gathered(kind: str, gathered: Gathered, by: Actor, at: datetime) -> Document:
    """For `flask documents issue`."""
    return issue(kind, gathered, by=by, at=at)
