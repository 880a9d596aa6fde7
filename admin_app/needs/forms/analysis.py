"""The form of a needs analysis, the same for a cohort and for a request for adaptation."""

from typing import Any

from wtforms import StringField, TextAreaField

from admin_app.core import clock
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed
from admin_app.needs.models import NeedsAnalysis
from admin_app.needs.operations.analysis import ASKED, AnalysisText


class AnalysisForm(Form):
    """What was said with the client."""

    held_on = DayField("Jour de l’échange", [Needed("Dites quel jour l’échange a eu lieu.")])
    with_whom = StringField("Avec qui", [Needed(ASKED["with_whom"])])
    led_by = StringField("Mené par", [Needed(ASKED["led_by"])])
    context = TextAreaField("Contexte", [Needed(ASKED["context"])])
    sponsor_expectations = TextAreaField(
        "Attentes du commanditaire", [Needed(ASKED["sponsor_expectations"])]
    )
    trainee_expectations = TextAreaField(
        "Attentes des stagiaires", [Needed(ASKED["trainee_expectations"])]
    )
    constraints = TextAreaField("Contraintes", [Needed(ASKED["constraints"])])
    level = TextAreaField("Niveau de départ", [Needed(ASKED["level"])])
    conclusions = TextAreaField("Conclusions", [Needed(ASKED["conclusions"])])

    @property
    def text(self) -> AnalysisText:
        """What was typed."""
        names = ("held_on", *ASKED)
        return AnalysisText(**{name: self[name].data for name in names})


def analysis_form(former: NeedsAnalysis | None = None, **proposed: Any) -> AnalysisForm:
    """The form, filled with the analysis that it corrects, else with what is known already."""
    if former is None:
        return AnalysisForm(data={"held_on": clock.today()} | proposed)
    return AnalysisForm(data={name: getattr(former, name) for name in ("held_on", *ASKED)})
