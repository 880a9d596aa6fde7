"""Sending joining instructions: the document, what is enclosed, the message, and the proof."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import Enrolled, roster
from admin_app.core import clock, links, mail
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.links import Purpose
from admin_app.core.mail import Attachment
from admin_app.core.transaction import act, locked
from admin_app.documents import operations as documents
from admin_app.documents.models import Document
from admin_app.documents.operations import Prepared
from admin_app.documents.packing import unpack
from admin_app.evidence import operations as evidence
from admin_app.joining.assistance import prove_told
from admin_app.joining.gathering import KIND, Common, common, data_for, essentials, when_said
from admin_app.joining.models import JoiningInstructions
from admin_app.joining.queries import current_in, current_of, documents_of
from admin_app.journal import operations as journal
from compliance.values import load_values
from compliance.vocabulary import EvidenceFlag

FILE_DAYS = 400  # the trainee's file stays open until well after the follow-up survey
SAFEGUARDING = "safeguarding-procedure"


def missing(cohort: Cohort, person: Enrolled, *, at: datetime) -> list[Refused]:
    """What must be filled in before that trainee can be sent instructions; empty when nothing."""
    data = data_for(common(cohort, at), person)
    return documents.missing_mentions(KIND, data, at=at)


def send_instructions(
    cohort: Cohort, person: Enrolled, *, by: Actor, at: datetime, shared: Common | None = None
) -> JoiningInstructions:
    """Send one trainee the instructions, with the house documents in force, and a personal link.

    Sending again keeps what was sent before; the same instructions are the same document. The PDF
    is made between two transactions, so that nobody waits for it.

    Args:
        at: UTC instant; the house documents are those in force that day.
        shared: what the cohort has in common, when many are sent at once.

    Raises:
        Problems: mentions are missing (C. trav., L. 6353-8; guide de lecture).
        Refused: the cohort is cancelled, or the trainee has left.
    """
    _refuse_if_pointless(cohort, person)
    shared = shared or common(cohort, at)
    prepared = documents.prepare(
        KIND,
        subject=("enrolment", person.enrolment.id),
        cohort_id=cohort.id,
        data=data_for(shared, person),
        at=at,
    )
    return _send(cohort, person, prepared, shared, by=by, at=at)


@act
def note_opened(row: JoiningInstructions, cohort_id: int, *, by: Actor, at: datetime) -> None:
    """Note that the trainee opened the instructions (the first time)."""
    if row.opened_at is not None:
        return
    row.opened_at = at
    journal.record(
        "joining.opened",
        by=by,
        at=at,
        summary=f"Convocation ouverte par {by.label}.",
        subject=("joining-instructions", row.id),
        cohort_id=cohort_id,
    )


@act
def withdraw_outdated(cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Once days, hours or place have changed before the start, what was sent proves no more.

    Called by the cohort's own acts. What was sent stays, as does the trace that it was.
    """
    rows = current_in(cohort.id)
    if not rows or clock.day_of(at) >= cohort.starts_on:
        return
    now = essentials(common(cohort, at).data["action"])
    told = documents_of(list(rows.values()))
    for enrolment_id, row in rows.items():
        if essentials(unpack(told[row.document_id].data)["action"]) != now:
            evidence.withdraw_all(
                KIND,
                scope=("enrolment", enrolment_id),
                why="Les dates ou le lieu ont changé depuis l’envoi.",
                by=by,
                at=at,
            )


def days_before(cohort: Cohort, at: datetime) -> int:
    """How many days there are from a UTC instant to the start; negative once it has begun."""
    return (cohort.starts_on - clock.day_of(at)).days


def usual_days(cohort: Cohort) -> int:
    """How many days before the start the house means to send instructions."""
    return load_values()["joining-instructions-sent-days"].on(cohort.starts_on) or 0


def to_send(cohort: Cohort, *, again: bool) -> list[Enrolled]:
    """The trainees to write to: those not sent yet, or everyone when `again`."""
    had = set() if again else current_in(cohort.id).keys()
    return [one for one in roster(cohort.id, active_only=True) if one.enrolment.id not in had]


def _refuse_if_pointless(cohort: Cohort, person: Enrolled) -> None:
    if cohort.cancelled_at is not None:
        raise Refused("Cette session est annulée : il n’y a plus de convocation à envoyer.")
    if not person.enrolment.is_active:
        raise Refused(f"{person.trainee.name} ne participe plus à cette session.")


@act
def _send(
    cohort: Cohort,
    person: Enrolled,
    prepared: Prepared,
    shared: Common,
    *,
    by: Actor,
    at: datetime,
) -> JoiningInstructions:
    document = documents.keep(prepared, by=by)
    if document is None:
        raise Refused("Cette convocation est en train d’être établie par quelqu’un d’autre.")
    enclosed = _enclosed(shared)
    message = _post(cohort, person, document, enclosed, at)
    former = current_of(person.enrolment.id)
    if former is not None:
        locked(former).superseded_at = at
    row = JoiningInstructions(
        enrolment_id=person.enrolment.id,
        document_id=document.id,
        message_id=message.id,
        enclosed=enclosed,
        sent_at=at,
    )
    db.session.add(row)
    db.session.flush()
    _prove(cohort, person, row, document, by=by, at=at)
    if "assistance" in shared.data:
        prove_told(
            cohort,
            shared.data["assistance"],
            document_id=document.id,
            source=("joining-instructions", row.id),
            by=by,
            at=at,
        )
    again = "renvoyée" if former else "envoyée"
    journal.record(
        "joining.send",
        by=by,
        at=at,
        summary=f"Convocation {again} à {person.trainee.name}, session {cohort.reference}.",
        subject=("joining-instructions", row.id),
        cohort_id=cohort.id,
        details={"document": document.number, "enclosed": len(enclosed)},
    )
    return row


def _enclosed(shared: Common) -> list[dict[str, Any]]:
    return [
        {
            "kind": kind,
            "title": row.title,
            "version": row.version,
            "document_id": row.document_id,
        }
        for kind, row in shared.house.items()
        if row.document_id is not None
    ]


def _post(
    cohort: Cohort,
    person: Enrolled,
    document: Document,
    enclosed: Sequence[dict[str, Any]],
    at: datetime,
) -> mail.MailMessage:
    trainee, enrolment = person.trainee, person.enrolment
    link = links.current_or_create(
        Purpose.TRAINEE_FILE,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", enrolment.id),
        label=trainee.name,
        email=trainee.email,
        at=at,
        expires_at=clock.at(cohort.ends_on, datetime.min.time()) + timedelta(days=FILE_DAYS),
    )
    files = [Attachment(f"{document.number}.pdf", document.sha256)]
    for one in enclosed:
        house = db.session.get_one(Document, one["document_id"])
        files.append(Attachment(f"{one['title'][:60]}.pdf", house.sha256))
    return mail.post(
        "joining-instructions",
        to=(trainee.name, trainee.email),
        subject=f"Votre convocation – {cohort.title}",
        about=("enrolment", enrolment.id),
        at=at,
        cohort_id=cohort.id,
        attachments=tuple(files),
        cohort=cohort,
        data=unpack(document.data),
        when_said=when_said(cohort.starts_on, cohort.ends_on),
        enclosed=[one["title"] for one in enclosed],
        url=links.url(link),
    )


def _prove(
    cohort: Cohort,
    person: Enrolled,
    row: JoiningInstructions,
    document: Document,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Earlier sendings stay valid: what was told in time was told in time."""
    titles = [one["title"].lower() for one in row.enclosed]
    joined = f", avec {' ; '.join(titles)}" if titles else ""
    base: dict[str, Any] = {
        "scope": ("enrolment", person.enrolment.id),
        "occurred_on": clock.day_of(at),
        "by": by,
        "at": at,
        "source": ("joining-instructions", row.id),
        "cohort_id": cohort.id,
    }
    is_short = 0 < days_before(cohort, at) < usual_days(cohort)
    evidence.record(
        KIND,
        flags=(EvidenceFlag.SHORT_NOTICE.value,) if is_short else (),
        label=f"Convocation envoyée à {person.trainee.name}{joined}",
        facts={"number": document.number, "sha256": document.sha256, "enclosed": row.enclosed},
        document_id=document.id,
        **base,
    )
    told = next((one for one in row.enclosed if one["kind"] == SAFEGUARDING), None)
    if told is not None:
        evidence.record(
            "safeguarding-information",
            label=f"{told['title']}, version {told['version']}, remise à {person.trainee.name}",
            facts={"version": told["version"]},
            document_id=told["document_id"],
            **base,
        )
