"""The acts on subcontractors."""

from admin_app.subcontracting.operations.contracts import (
    ContractDetails,
    check_clauses,
    sign_contract,
)
from admin_app.subcontracting.operations.following import (
    EvaluationDetails,
    ProofDetails,
    add_proof,
    evaluate,
    set_aside,
)
from admin_app.subcontracting.operations.register import (
    SubcontractorDetails,
    add_subcontractor,
    archive,
    change_subcontractor,
    link_trainer,
    restore,
    unlink_trainer,
)

__all__ = [
    "ContractDetails",
    "EvaluationDetails",
    "ProofDetails",
    "SubcontractorDetails",
    "add_proof",
    "add_subcontractor",
    "archive",
    "change_subcontractor",
    "check_clauses",
    "evaluate",
    "link_trainer",
    "restore",
    "set_aside",
    "sign_contract",
    "unlink_trainer",
]
