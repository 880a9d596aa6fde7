"""Who funds a cohort."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from admin_app.cohorts.models import Cohort, CohortFunder
from admin_app.cohorts.operations.common import refuse_if_cancelled, told
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, touch_scope
from admin_app.people.models import Client
from admin_app.people.words import FUNDER


@act
def set_funders(
    cohort: Cohort, chosen: Collection[int], *, by: Actor, at: datetime
) -> list[CohortFunder]:
    """Say which funders pay for a part of the cohort; the others no longer do.

    Args:
        chosen: keys of clients of kind `funder`.

    Raises:
        Refused: the cohort is cancelled, or one of them is not a funder in use.
    """
    refuse_if_cancelled(cohort)
    wanted = set(chosen)
    known = {row.client_id: row for row in _rows(cohort)}
    _check(wanted - known.keys())
    for key in known.keys() - wanted:
        db.session.delete(known[key])
    db.session.add_all(
        CohortFunder(cohort_id=cohort.id, client_id=key, added_at=at)
        for key in sorted(wanted - known.keys())
    )
    db.session.flush()
    for key in known.keys() ^ wanted:
        touch_scope("funder", key)
    if known.keys() != wanted:
        names = ", ".join(_names(wanted)) or "aucun"
        summary = f"Session {cohort.reference} – financeurs : {names}."
        told(cohort, "funders", summary, by=by, at=at)
    return _rows(cohort)


def _rows(cohort: Cohort) -> list[CohortFunder]:
    statement = select(CohortFunder).where(CohortFunder.cohort_id == cohort.id)
    return list(db.session.scalars(statement.order_by(CohortFunder.id)))


def _names(keys: Collection[int]) -> list[str]:
    statement = select(Client.name).where(Client.id.in_(keys)).order_by(Client.search)
    return list(db.session.scalars(statement))


def _check(added: Collection[int]) -> None:
    usable = select(Client.id).where(
        Client.id.in_(added), Client.kind == FUNDER, Client.archived_at.is_(None)
    )
    if set(db.session.scalars(usable)) != set(added):
        raise Refused("Choisissez parmi les financeurs en activité.", "funders")
