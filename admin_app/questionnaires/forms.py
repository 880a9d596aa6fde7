"""The form of one question."""

from typing import Any

from wtforms import Field, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed, choices
from admin_app.questionnaires.model import Question, QuestionKind

LONGEST = 4000
SCALE = [(str(value), str(value)) for value in range(1, 6)]
ASKED = {
    QuestionKind.SCALE: "Choisissez un chiffre.",
    QuestionKind.CHOICE: "Choisissez une réponse.",
    QuestionKind.MANY: "Choisissez au moins une réponse.",
    QuestionKind.TEXT: "Quelques mots suffisent.",
}


def question_form(question: Question, answer: Any) -> Form:
    """A form with the one field `answer`, already holding what was answered."""

    class QuestionForm(Form):
        pass

    QuestionForm.answer = _field(question)
    return QuestionForm(data={"answer": answer})


def _field(question: Question) -> Field:
    needed = [Needed(ASKED[question.kind])] if question.required else [Optional()]
    if question.kind is QuestionKind.TEXT:
        long = Length(max=LONGEST, message=f"{LONGEST} caractères au plus.")
        return TextAreaField(question.label, validators=[*needed, long])
    if question.kind is QuestionKind.MANY:
        return SelectMultipleField(
            question.label,
            choices=choices(question.options),
            validators=needed,
            widget=ListWidget(prefix_label=False),
            option_widget=CheckboxInput(),
        )
    offered = choices(SCALE if question.kind is QuestionKind.SCALE else question.options)
    return RadioField(question.label, choices=offered, validators=needed, validate_choice=True)
