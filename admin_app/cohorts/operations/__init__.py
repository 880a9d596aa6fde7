"""What the office does with cohorts. Each act can run without a request."""

from admin_app.cohorts.operations.cohorts import (
    cancel_cohort,
    change_cohort,
    create_cohort,
    propose_reference,
    restore_cohort,
    use_version,
)
from admin_app.cohorts.operations.departures import (
    note_departure_reason,
    reinstate,
    replace,
    withdraw,
)
from admin_app.cohorts.operations.enrolments import change_enrolment, enrol, first_day
from admin_app.cohorts.operations.funders import set_funders
from admin_app.cohorts.operations.half_days import (
    cancel_half_day,
    restore_half_day,
    set_half_days,
)
from admin_app.cohorts.operations.imports import (
    ImportRefused,
    Payer,
    import_trainees,
    preview_import,
)
from admin_app.cohorts.operations.newcomers import enrol_person, replace_by_person
from admin_app.cohorts.operations.particulars import (
    ParticularDetails,
    note_particular,
    withdraw_particular,
)
from admin_app.cohorts.operations.staff import (
    add_client,
    assign_trainer,
    change_client,
    explain_assignment,
    remove_client,
    unassign_trainer,
)
from admin_app.cohorts.schedule import HalfDayPlan, usual_half_days

__all__ = [
    "HalfDayPlan",
    "ImportRefused",
    "ParticularDetails",
    "Payer",
    "add_client",
    "assign_trainer",
    "cancel_cohort",
    "cancel_half_day",
    "change_client",
    "change_cohort",
    "change_enrolment",
    "create_cohort",
    "enrol",
    "enrol_person",
    "explain_assignment",
    "first_day",
    "import_trainees",
    "note_departure_reason",
    "note_particular",
    "preview_import",
    "propose_reference",
    "reinstate",
    "remove_client",
    "replace",
    "replace_by_person",
    "restore_cohort",
    "restore_half_day",
    "set_funders",
    "set_half_days",
    "unassign_trainer",
    "use_version",
    "usual_half_days",
    "withdraw",
    "withdraw_particular",
]
