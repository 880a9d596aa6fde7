"""Enrolling a whole list: everyone, or no one."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from admin_app.cohorts.imports import Listed, Preview, check, read_sheet
from admin_app.cohorts.imports.checking import emails_of
from admin_app.cohorts.imports.model import Sheet
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.operations.common import refuse_if_cancelled, told
from admin_app.cohorts.operations.enrolments import check_payer, first_day
from admin_app.cohorts.queries import clients_of
from admin_app.cohorts.queries.known import holders_of, taking_part
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.search import plain
from admin_app.core.storage import store
from admin_app.core.transaction import act, all_locked
from admin_app.people.models import Trainee


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays for the people of a list.

    One client of the cohort; themselves; or, when neither is said, the client that bears the
    employer's name, else the only client of the cohort, else nobody yet.
    """

    client_id: int | None = None
    personally: bool = False
    later: bool = False


class ImportRefused(Refused):
    """A list that was not written; `preview` says what is to be mended, line by line."""

    def __init__(self, preview: Preview) -> None:
        count = plural(len(preview.problems), "point")
        super().__init__(f"Rien n’est inscrit : {count} à corriger dans le fichier.", "file")
        self.preview = preview


def preview_import(cohort: Cohort, data: bytes, kind: str, *, at: datetime) -> Preview:
    """What importing these bytes would do; nothing is written.

    Args:
        kind: `csv` or `xlsx`.
        at: UTC instant, for the ages.

    Raises:
        Refused: the file cannot be read, or is too long.
    """
    return _against_known(read_sheet(data, kind), cohort, at)


@act
def import_trainees(
    cohort: Cohort,
    data: bytes,
    kind: str,
    *,
    payer: Payer | None = None,
    takes_part_from: date | None = None,
    name: str = "",
    tidy_names: bool = False,
    by: Actor,
    at: datetime,
) -> list[Enrolment]:
    """Enrol everyone of a list; the file itself is kept under its hash.

    A trainee whose address and name are known is enrolled as such; what was unknown of them is
    filled in, nothing known is overwritten.

    Args:
        kind: `csv` or `xlsx`; `name`: the file's name, for the journal.
        takes_part_from: the first day of those of whom the list does not say it; None: the whole
            cohort.
        tidy_names: write « DUPONT » as « Dupont », as the preview offers.

    Raises:
        ImportRefused: at least one line cannot be enrolled; nothing is written.
        Refused: the cohort is cancelled, the file cannot be read, or the payer is not its client.
    """
    refuse_if_cancelled(cohort)
    payer = payer or Payer()
    check_payer(cohort, payer.client_id, payer.personally)
    first = first_day(cohort, takes_part_from)
    preview = preview_import(cohort, data, kind, at=at)
    if preview.problems:
        raise ImportRefused(preview)
    sha256 = store.put(data)
    tidied = preview.offered if tidy_names else []
    made = _write(cohort, preview, payer, first, at, tidy_names=tidy_names)
    summary = f"{plural(len(made), 'stagiaire inscrit', 'stagiaires inscrits')} d’après une liste"
    told(
        cohort,
        "import",
        f"Session {cohort.reference} : {summary}.",
        by=by,
        at=at,
        file=name,
        sha256=sha256,
        enrolled=len(made),
        newcomers=preview.newcomers,
        tidied=len(tidied),
    )
    return made


def _against_known(sheet: Sheet, cohort: Cohort, at: datetime) -> Preview:
    holders = holders_of(emails_of(sheet))
    return check(
        sheet,
        holders=holders,
        enrolled=taking_part(cohort.id),
        today=clock.day_of(at),
        days=(cohort.starts_on, cohort.ends_on),
    )


def _write(
    cohort: Cohort,
    preview: Preview,
    payer: Payer,
    first: date | None,
    at: datetime,
    *,
    tidy_names: bool,
) -> list[Enrolment]:
    known = [one.known.id for one in preview.listed if one.known is not None]
    all_locked(select(Trainee).where(Trainee.id.in_(known)).order_by(Trainee.id))
    trainees = [
        one.known or ((one.offered if tidy_names else None) or one.person).as_trainee()
        for one in preview.listed
    ]
    for one, trainee in zip(preview.listed, trainees, strict=True):
        one.person.fill_in(trainee)
        trainee.created_at = trainee.created_at or at
    db.session.add_all(trainees)
    db.session.flush()
    sponsors = {plain(one.client.name): one.client.id for one in clients_of(cohort.id)}
    made = [
        Enrolment(
            cohort_id=cohort.id,
            trainee_id=trainee.id,
            client_id=_client_of(one, payer, sponsors),
            employer=one.employer,
            pays_personally=payer.personally,
            enrolled_at=at,
            takes_part_from=first_day(cohort, one.takes_part_from or first),
            departure="",
            departure_reason="",
        )
        for one, trainee in zip(preview.listed, trainees, strict=True)
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def _client_of(one: Listed, payer: Payer, sponsors: dict[str, int]) -> int | None:
    if payer.client_id is not None or payer.personally or payer.later:
        return payer.client_id
    only = next(iter(sponsors.values())) if len(sponsors) == 1 else None
    return sponsors.get(plain(one.employer), only)
