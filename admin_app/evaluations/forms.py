"""Forms of evaluations."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices
from admin_app.evaluations.operations import Result

CHOICES = [(one.value, one.label.capitalize()) for one in Result]


class AssessmentForm(Form):
    """What one trainee learnt; one choice an objective is added by `assessment_form`."""

    assessed_on = DayField("Évalué le", validators=[Needed()])
    method = StringField(
        "Comment les acquis ont été évalués", validators=[Needed(), Length(max=200)]
    )
    comment = TextAreaField("Observation", validators=[Length(max=2000)])

    @property
    def objective_fields(self) -> list[Any]:
        """The choices, in the order of the objectives."""
        return [field for name, field in self._fields.items() if name.startswith("objective_")]

    @property
    def results(self) -> list[Result]:
        """What was chosen for each objective."""
        return [Result(field.data) for field in self.objective_fields]


def assessment_form(objectives: list[str], **values: Any) -> AssessmentForm:
    """The form of an assessment, with a choice for each objective."""

    class WithObjectives(AssessmentForm):
        pass

    for rank, objective in enumerate(objectives, 1):
        choice = RadioField(
            objective,
            choices=choices(CHOICES),
            validators=[InputRequired("Choisissez un résultat.")],
        )
        setattr(WithObjectives, f"objective_{rank}", choice)
    return WithObjectives(data=values)


class DeclineForm(Form):
    """Why nobody will answer."""

    why = StringField("Motif", validators=[Needed("Dites pourquoi."), Length(max=300)])
