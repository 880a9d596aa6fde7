"""The acts of agreements: draft, issue, send, sign, countersign, replace, cancel."""

from admin_app.agreements.operations.closing import cancel_agreement
from admin_app.agreements.operations.drafting import (
    Terms,
    draft_contract,
    draft_convention,
    edit_agreement,
    reopen_agreement,
    revise_agreement,
)
from admin_app.agreements.operations.issuing import (
    DOCUMENT,
    issue_agreement,
    missing,
    send_agreement,
)
from admin_app.agreements.operations.paper import Hand, record_paper
from admin_app.agreements.operations.signing import (
    Signing,
    countersign,
    refuse_as_client,
    sign_as_client,
)

__all__ = [
    "DOCUMENT",
    "Hand",
    "Signing",
    "Terms",
    "cancel_agreement",
    "countersign",
    "draft_contract",
    "draft_convention",
    "edit_agreement",
    "issue_agreement",
    "missing",
    "record_paper",
    "refuse_as_client",
    "reopen_agreement",
    "revise_agreement",
    "send_agreement",
    "sign_as_client",
]
