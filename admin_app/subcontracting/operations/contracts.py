"""Contracts, and their clauses looked at one by one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import partial

from admin_app.core.actor import Actor
from admin_app.core.checks import gathered, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.people.kept import keep_file
from admin_app.subcontracting.models import ClauseCheck, Subcontract, Subcontractor
from admin_app.subcontracting.operations.common import SUBJECT, told
from admin_app.subcontracting.words import STATES
from compliance.clauses import Clause, clauses_on

CONTRACT, CLAUSES = "subcontract", "subcontract-clauses"
Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractDetails:
    """A signed contract: `ends_on` is its last day, None when it has none."""

    signed_on: date | None
    starts_on: date | None
    ends_on: date | None = None
    missions: str


@act
def sign_contract(
    row: Subcontractor,
    details: ContractDetails,
    *,
    file: Upload | None,
    by: Actor,
    at: datetime,
) -> Subcontract:
    """Enter a signed contract with its scan: the evidence `subcontract`, good until its end.

    Raises:
        Problems: no scan, a day of signature to come, an end before the start, no missions.
    """
    with gathered() as attempt:
        signed = attempt(lambda: past_day(details.signed_on, at, "signed_on"))
        attempt(lambda: _check_period(details))
        words = "Écrivez ce qui est confié."
        missions = attempt(lambda: needed(details.missions, words, "missions"))
        attempt(lambda: _check_file(file))
    clean = replace(details, signed_on=signed, missions=missions)
    contract = Subcontract(
        subcontractor_id=row.id, **asdict(clean), recorded_at=at, recorded_by=by.label
    )
    keep_file(contract, file)
    db.session.add(contract)
    db.session.flush()
    evidence.record(
        CONTRACT,
        scope=(SUBJECT, row.id),
        label=f"{row.name} – contrat signé le {day(contract.signed_on)}",
        occurred_on=contract.signed_on,
        by=by,
        at=at,
        source=(CONTRACT, contract.id),
        facts={"missions": contract.missions, "file": contract.file_sha256},
        valid_until=contract.ends_on,
    )
    told(row, "contract", f"contrat du {day(contract.signed_on)} consigné", by=by, at=at)
    return contract


@act
def check_clauses(
    row: Subcontractor,
    contract: Subcontract,
    answers: Answers,
    *,
    on: date | None,
    by: Actor,
    at: datetime,
) -> ClauseCheck:
    """Keep what was found of each clause; the evidence follows only when none is missing.

    Args:
        answers: for each key of a clause, its `state` (a key of `STATES`) and `where` it is
            written, or why it is beside the point.

    Raises:
        Problems: a day to come, a clause without an answer, found without saying where, or
            beside the point without reason.
    """
    asked: tuple[Clause, ...] = ()
    with gathered() as attempt:
        when = attempt(lambda: past_day(on, at, "on", since=contract.signed_on))
        asked = clauses_on(when or contract.signed_on)
        for clause in asked:
            attempt(partial(_check_answer, clause, answers.get(clause.key, {})))
    kept = {one.key: {k: v.strip() for k, v in answers[one.key].items()} for one in asked}
    missing = [one for one in asked if kept[one.key]["state"] == "missing"]
    check = ClauseCheck(
        subcontract_id=contract.id,
        checked_on=when,
        answers=kept,
        is_complete=not missing,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(check)
    db.session.flush()
    _prove(row, contract, check, by=by, at=at)
    words = f"{len(missing)} clause(s) absente(s)" if missing else "toutes écrites"
    told(row, "clauses", f"clauses vérifiées une à une : {words}", by=by, at=at)
    return check


def _prove(
    row: Subcontractor, contract: Subcontract, check: ClauseCheck, *, by: Actor, at: datetime
) -> None:
    if not check.is_complete:
        why = "Une vérification plus récente a trouvé une clause absente."
        evidence.withdraw_all(CLAUSES, scope=(SUBJECT, row.id), why=why, by=by, at=at)
        return
    evidence.record(
        CLAUSES,
        scope=(SUBJECT, row.id),
        label=f"{row.name} – clauses du contrat du {day(contract.signed_on)} vérifiées une à une",
        occurred_on=check.checked_on,
        by=by,
        at=at,
        source=("clause-check", check.id),
        facts={"contract": contract.id, "answers": check.answers},
        valid_until=contract.ends_on,
    )


def _check_answer(clause: Clause, answer: Mapping[str, str]) -> None:
    state, where = answer.get("state", ""), answer.get("where", "").strip()
    if state not in STATES:
        raise Refused(f"{clause.title} : dites si la clause est écrite.", f"{clause.key}_state")
    if state == "beside" and not clause.optional:
        raise Refused("Cette clause est toujours attendue.", f"{clause.key}_state")
    if state == "found" and not where:
        raise Refused("Dites où : article, page, annexe.", f"{clause.key}_where")
    if state == "beside" and not where:
        raise Refused("Dites pourquoi elle est sans objet.", f"{clause.key}_where")
    if len(where) > 300:
        raise Refused("300 caractères au plus.", f"{clause.key}_where")


def _check_period(details: ContractDetails) -> None:
    if details.starts_on is None:
        raise Refused("Indiquez le jour.", "starts_on")
    if details.ends_on is not None and details.ends_on < details.starts_on:
        raise Refused("La fin précède le début.", "ends_on")


def _check_file(file: Upload | None) -> None:
    if file is None:
        raise Refused("Joignez le contrat signé.", "file")
