"""The forms of the closed room."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from admin_app.adaptations.models import Accommodation
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices

TOO_LONG = "Pas plus de %(max)d caractères."
LONG = [Length(max=5_000, message=TOO_LONG)]


class AskedForm(Form):
    """What a trainee asked the officer by phone or in person."""

    need = TextAreaField("Ce que la personne demande", [Needed("Écrivez la demande."), *LONG])
    contact = StringField("Comment la joindre", [Length(max=200, message=TOO_LONG)])
    consent = BooleanField("La personne accepte que ceci soit gardé pour préparer sa formation")


class AnswerForm(Form):
    """The measures, or why there will be none."""

    outcome = RadioField(
        "Ce que vous décidez",
        [Needed("Choisissez une réponse.")],
        choices=choices(
            [("measures", "Des mesures sont prises"), ("refused", "Aucune n’est possible")]
        ),
        validate_choice=False,
    )
    measures = TextAreaField("Mesures", LONG)
    refused_why = TextAreaField("Pourquoi", LONG)

    def validate_measures(self, field: TextAreaField) -> None:
        """Measures are said when some are taken."""
        if self.outcome.data == "measures" and not (field.data or "").strip():
            raise ValidationError("Écrivez les mesures retenues.")

    def validate_refused_why(self, field: TextAreaField) -> None:
        """A refusal has its reason."""
        if self.outcome.data == "refused" and not (field.data or "").strip():
            raise ValidationError("Dites pourquoi aucune mesure n’est possible.")

    @property
    def answer(self) -> dict[str, str]:
        """What was decided: one of the two texts, the other empty."""
        taken = self.outcome.data == "measures"
        return {
            "measures": (self.measures.data or "") if taken else "",
            "refused_why": "" if taken else (self.refused_why.data or ""),
        }


class NoteForm(Form):
    """A note of the follow-up."""

    text = TextAreaField("Note de suivi", [Needed("Écrivez la note."), *LONG])


class EraseForm(Form):
    """The last day on which the texts are kept."""

    erase_after = DayField("Effacer après le", [Needed("Choisissez un jour.")])


def answer_form(found: Accommodation, **options: Any) -> AnswerForm:
    """The form of an answer, filled with the one that was given."""
    outcome = "refused" if found.refused_why else "measures"
    return AnswerForm(
        **options,
        data={
            "outcome": outcome if found.state != "received" else None,
            "measures": found.measures,
            "refused_why": found.refused_why,
        },
    )
