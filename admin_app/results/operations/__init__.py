"""Acts on results: publishing them, planning them, saying what a certification gives."""

from admin_app.results.operations.certification import (
    AuthorisationDetails,
    MatchDetails,
    SheetDetails,
    record_authorisation,
    record_match,
    record_sheet,
    remove_authorisation,
)
from admin_app.results.operations.planned import PlannedDetails, plan_results
from admin_app.results.operations.publishing import publish_results, withdraw_results

__all__ = [
    "AuthorisationDetails",
    "MatchDetails",
    "PlannedDetails",
    "SheetDetails",
    "plan_results",
    "publish_results",
    "record_authorisation",
    "record_match",
    "record_sheet",
    "remove_authorisation",
    "withdraw_results",
]
