"""The special follow-up of a cohort."""

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.cohorts.forms.fields import at_most
from admin_app.cohorts.operations.particulars import ParticularDetails
from admin_app.cohorts.particulars import Particular
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices
from admin_app.core.received import the_key


class ParticularForm(Form):
    """One note, for the cohort or for the trainees who are ticked."""

    enrolments = SelectMultipleField(
        "Pour qui",
        coerce=the_key,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    happened_on = DayField("Le", [Needed("Indiquez le jour.")])
    who = StringField("Qui", [Needed(), at_most(200)])
    detail = TextAreaField("Quoi", [Needed(), at_most(4000)])

    def about(self, kind: Particular, offered: list[tuple[int, str]]) -> None:
        """Say it in the words of that kind, and offer the trainees when it is about each."""
        self.who.label.text, self.detail.label.text = kind.who, kind.detail
        if kind.each:
            self.enrolments.choices = choices(offered)
        else:
            del self.enrolments

    def details(self, kind: Particular) -> ParticularDetails:
        """What was typed."""
        return ParticularDetails(
            kind=kind.key,
            happened_on=self.happened_on.data,
            who=self.who.data or "",
            detail=self.detail.data or "",
            enrolments=tuple(self.enrolments.data or ()) if kind.each else (),
        )
