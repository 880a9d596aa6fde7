"""Publishing a house document: a new version, its PDF, its evidence; older versions stay."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day as day_words
from admin_app.core.transaction import act
from admin_app.documents import operations as documents
from admin_app.documents.models import Document
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.house import BY_KEY, HouseKind, laid_out, left_to_adapt
from admin_app.organisation.models import HouseDocument
from admin_app.organisation.queries import identity, last_version, the_provider

SHORTEST = 200


@dataclass(frozen=True, slots=True)
class _Text:
    kind: HouseKind
    version: int
    text: str
    in_force_from: date
    approved_by: str
    approved_on: date


def publish(
    kind: str,
    text: str,
    *,
    in_force_from: date,
    by: Actor,
    at: datetime,
    approved_by: str = "",
    approved_on: date | None = None,
    origin: Origin | None = None,
) -> HouseDocument:
    """Publish a version of a house document, as PDF and as evidence for the organisation.

    Args:
        kind: a key of `house.BY_KEY`.
        text: « # » begins a heading, « - » an item of a list.
        in_force_from: its first day; may be past, when an older text is entered.
        approved_by: who approved it; whoever publishes it when nobody else is named.
        approved_on: the day of the approval, never to come; today when none is said.

    Raises:
        Problems: the text is too short, passages remain to be adapted, the day is too far, or the
            approval is still to come.
        LookupError: there is no such kind.
    """
    written = _Text(
        BY_KEY[kind],
        last_version(kind) + 1,
        _tidy(text),
        in_force_from,
        " ".join(approved_by.split()) or by.label,
        approved_on or clock.day_of(at),
    )
    refuse_if_any(_problems(written))
    prepared = documents.prepare(
        kind,
        subject=("provider", the_provider().id),
        cohort_id=None,
        data=_data(written),
        at=at,
    )
    return _publish(written, prepared, by=by, at=at, origin=origin)


@act
def _publish(
    written: _Text,
    prepared: documents.Prepared,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None,
) -> HouseDocument:
    document = documents.keep(prepared, by=by)
    if document is None or last_version(written.kind.key) + 1 != written.version:
        raise Refused("Une autre version vient d’être publiée. Rechargez la page.")
    row = HouseDocument(
        kind=written.kind.key,
        version=written.version,
        title=written.kind.title,
        text=written.text,
        in_force_from=written.in_force_from,
        approved_by=written.approved_by,
        approved_on=written.approved_on,
        document_id=document.id,
        created_at=at,
        created_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    _prove(row, document, by=by, at=at)
    record(
        "organisation.house-document",
        by=by,
        at=at,
        summary=f"{row.title} : version {row.version} publiée, approuvée par "
        f"{row.approved_by}, en vigueur le {day_words(row.in_force_from)}.",
        subject=("house-document", row.id),
        origin=origin,
    )
    return row


def _prove(row: HouseDocument, document: Document, *, by: Actor, at: datetime) -> None:
    """Earlier versions stay valid for what happened under them: nothing is withdrawn."""
    evidence.record(
        row.kind,
        scope=("provider", the_provider().id),
        label=f"{row.title}, version {row.version}",
        occurred_on=min(row.in_force_from, clock.day_of(at)),
        by=by,
        at=at,
        source=("house-document", row.id),
        facts={
            "version": row.version,
            "in_force_from": row.in_force_from.isoformat(),
            "approved_by": row.approved_by,
            "approved_on": row.approved_on.isoformat() if row.approved_on else None,
        },
        document_id=document.id,
    )


def _problems(written: _Text) -> list[Refused]:
    found = []
    if len(written.text) < SHORTEST:
        found.append(Refused("Ce texte est trop court pour être publié.", "text"))
    left = left_to_adapt(written.text)
    if left:
        first = left[0] if len(left[0]) < 90 else f"{left[0][:88]}…]"
        count = "un passage" if len(left) == 1 else f"{len(left)} passages"
        found.append(Refused(f"Il reste {count} à adapter, dont : {first}", "text"))
    if (written.in_force_from - clock.today()).days > 366:
        found.append(Refused("Ce jour est trop loin : un an au plus.", "in_force_from"))
    if written.approved_on > clock.today():
        found.append(Refused("Ce jour n’est pas encore venu.", "approved_on"))
    return found


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _data(written: _Text) -> dict[str, Any]:
    return {
        "provider": identity(),
        "title": written.kind.title,
        "house_version": written.version,
        "in_force_from": written.in_force_from,
        "approved_by": written.approved_by,
        "approved_on": written.approved_on,
        "blocks": [
            {"kind": block.kind, "lines": list(block.lines)} for block in laid_out(written.text)
        ],
    }
