"""What the acts of the watch have in common."""

from datetime import date, datetime

from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import the_provider
from admin_app.quality.watch.models import WatchNote
from admin_app.quality.watch.words import TOPICS

SUBJECT = "watch-note"


def told(row: WatchNote, action: str, words: str, *, by: Actor, at: datetime) -> None:
    """Write the act in the journal: « Veille « … » : analysée. »."""
    record(
        f"watch.{action}",
        by=by,
        at=at,
        subject=(SUBJECT, row.id),
        summary=f"Veille « {row.title} » : {words}.",
        details={"topic": row.topic},
    )


def prove_entry(row: WatchNote, *, by: Actor, at: datetime) -> None:
    """Leave the evidence that the domain was watched on the day when the item was found."""
    evidence.record(
        f"{row.topic}-watch",
        scope=("provider", the_provider().id),
        label=f"{TOPICS[row.topic].capitalize()} : {row.title} ({row.source})",
        occurred_on=row.found_on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={
            "title": row.title,
            "source": row.source,
            "url": row.url,
            "published_on": row.published_on.isoformat() if row.published_on else None,
            "found_on": row.found_on.isoformat(),
        },
    )


def prove_use(
    row: WatchNote, words: str, on: date, *, by: Actor, at: datetime, outcome: str = "obtained"
) -> None:
    """Leave the evidence of what was made of the item on that day."""
    evidence.record(
        f"{row.topic}-watch-use",
        scope=("provider", the_provider().id),
        label=f"{TOPICS[row.topic].capitalize()}, « {row.title} » : {words}",
        occurred_on=on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={"what": words, "on": on.isoformat(), "decision": row.decision},
        outcome=outcome,
    )


def refuse_if_dropped(row: WatchNote) -> None:
    """Nothing more is made of what was left without effect.

    Raises:
        Refused: it was.
    """
    if row.dropped_on is not None:
        raise Refused("Cet élément est classé sans suite : reprenez-le d’abord.")
