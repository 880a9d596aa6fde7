"""What the file of a subcontractor proves, as the reading room shows it."""

from typing import Any

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.formatting import day
from admin_app.subcontracting.models import (
    ClauseCheck,
    Subcontract,
    Subcontractor,
    SubcontractorEvaluation,
)
from admin_app.subcontracting.operations.following import standing_proofs
from admin_app.subcontracting.words import PROOFS, STATES, VERDICTS
from compliance.clauses import clauses_on

Content = tuple[str, dict[str, Any]]
TEMPLATE = "subcontracting/piece.html"


def contract_piece(key: int) -> Content | None:
    """A contract."""
    row = db.session.get(Subcontract, key)
    if row is None:
        return None
    pairs = [
        ("Signé le", day(row.signed_on)),
        ("Commence le", day(row.starts_on)),
        ("Finit le", day(row.ends_on) if row.ends_on else "sans fin"),
        ("Ce qui est confié", row.missions),
        ("Au dossier", row.file_name),
    ]
    return TEMPLATE, {"title": f"Contrat – {_name(row.subcontractor_id)}", "pairs": pairs}


def clauses_piece(key: int) -> Content | None:
    """The clauses, one by one."""
    row = db.session.get(ClauseCheck, key)
    if row is None:
        return None
    contract = db.session.get_one(Subcontract, row.subcontract_id)
    asked = clauses_on(row.checked_on)
    pairs = [(one.title, _answer(row.answers[one.key])) for one in asked if one.key in row.answers]
    title = f"Clauses du contrat – {_name(contract.subcontractor_id)}"
    return TEMPLATE, {"title": title, "pairs": [("Vérifiées le", day(row.checked_on)), *pairs]}


def proofs_piece(key: int) -> Content | None:
    """The proofs that hold today."""
    if db.session.get(Subcontractor, key) is None:
        return None
    held = standing_proofs(key, clock.today())
    pairs = [(PROOFS[kind].capitalize(), _proof(row)) for kind, row in held.items()]
    return TEMPLATE, {"title": f"Justificatifs – {_name(key)}", "pairs": pairs}


def evaluation_piece(key: int) -> Content | None:
    """The evaluation of a year."""
    row = db.session.get(SubcontractorEvaluation, key)
    if row is None:
        return None
    pairs = [
        ("Menée le", f"{day(row.held_on)}, par {row.held_by}"),
        ("Ce qui a été vu", row.observations),
        ("Décision", VERDICTS[row.verdict]),
        ("Suite donnée", row.follow_up),
    ]
    return TEMPLATE, {"title": f"Évaluation – {_name(row.subcontractor_id)}", "pairs": pairs}


def _name(key: int) -> str:
    return db.session.get_one(Subcontractor, key).name


def _answer(answer: dict[str, str]) -> str:
    return ", ".join(part for part in (STATES[answer["state"]], answer["where"]) if part)


def _proof(row: Any) -> str:
    if row.beside_why:
        return f"sans objet : {row.beside_why}"
    until = f", valable jusqu’au {day(row.valid_until)}" if row.valid_until else ""
    return f"recueilli le {day(row.obtained_on)}{until} – {row.file_name}"
