"""Forms of the office's pages about cohorts."""

from admin_app.cohorts.forms.cohort import CohortForm, StartForm, VersionForm, WhyForm
from admin_app.cohorts.forms.departures import LeaveForm, ReasonForm, ReplaceForm
from admin_app.cohorts.forms.enrolments import (
    ConfirmForm,
    EnrolForm,
    PayerForm,
    PersonForm,
    UploadForm,
)
from admin_app.cohorts.forms.particulars import ParticularForm
from admin_app.cohorts.forms.schedule import HalfDayForm, NewCohortForm, ScheduleForm
from admin_app.cohorts.forms.staff import AssignForm, ExplainForm, FundersForm, SponsorForm

__all__ = [
    "AssignForm",
    "CohortForm",
    "ConfirmForm",
    "EnrolForm",
    "ExplainForm",
    "FundersForm",
    "HalfDayForm",
    "LeaveForm",
    "NewCohortForm",
    "ParticularForm",
    "PayerForm",
    "PersonForm",
    "ReasonForm",
    "ReplaceForm",
    "ScheduleForm",
    "SponsorForm",
    "StartForm",
    "UploadForm",
    "VersionForm",
    "WhyForm",
]
