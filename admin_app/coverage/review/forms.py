"""The form of a human review."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import Length, Optional

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed, choices
from admin_app.coverage.review.operations import LONGEST_REASON
from compliance.vocabulary import ReviewDecision

HINTS = {
    ReviewDecision.ACCEPTED: "La pièce compte, même si l’une de ses dates demandait un regard.",
    ReviewDecision.REJECTED: "La pièce reste lisible, mais ne compte plus ; il faut dire pourquoi.",
    ReviewDecision.TO_EXAMINE: "Quelqu’un doit encore la regarder ; elle reste dans la liste.",
}
_DECISIONS = {
    ReviewDecision.ACCEPTED.value: "Accepter cette pièce",
    ReviewDecision.REJECTED.value: "L’écarter",
    ReviewDecision.TO_EXAMINE.value: "La garder à examiner",
}


class ReviewForm(Form):
    """What was decided, why, and of what exactly (the hash of what is on the page)."""

    decision = RadioField(
        "Votre décision",
        choices=choices(_DECISIONS),
        validators=[Needed("Choisissez une décision.")],
        validate_choice=False,
    )
    reason = TextAreaField(
        "Motif",
        validators=[Optional(), Length(max=LONGEST_REASON, message="500 caractères au plus.")],
        description="Nécessaire pour écarter la pièce. N’écrivez rien sur la santé d’une personne.",
    )
    seen = HiddenField()
