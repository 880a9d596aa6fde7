"""What the office writes of a remote cohort."""

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed
from admin_app.joining.assistance import Assistance
from admin_app.joining.models import RemoteAssistance

LONG = Length(max=1500, message="1 500 signes au plus.")


class AssistanceForm(Form):
    """The assistance that trainees at a distance can count on."""

    technical = TextAreaField(
        "Assistance technique", [Needed("Dites qui joindre, et comment, en cas de panne."), LONG]
    )
    teaching = TextAreaField(
        "Assistance pédagogique", [Needed("Dites à qui poser ses questions, et comment."), LONG]
    )
    answer_within = StringField(
        "Délai de réponse",
        [
            Needed("Dites sous quel délai on répond."),
            Length(max=120, message="120 signes au plus."),
        ],
    )
    activities = TextAreaField(
        "Activités à distance et durée moyenne",
        [Needed("Dites ce que les stagiaires font à distance, et pour combien de temps."), LONG],
    )

    def details(self) -> Assistance:
        """What was written."""
        return Assistance(
            technical=(self.technical.data or "").strip(),
            teaching=(self.teaching.data or "").strip(),
            answer_within=(self.answer_within.data or "").strip(),
            activities=(self.activities.data or "").strip(),
        )

    def show(self, row: RemoteAssistance | None) -> None:
        """Start from what is written already."""
        if row is not None:
            for name in ("technical", "teaching", "answer_within", "activities"):
                self[name].data = getattr(row, name)
