"""Going on although something is open."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import ValidationError

from admin_app.cohorts.forms.fields import at_most
from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed


class KnowinglyForm(Form):
    """Someone has read what is open, and says why they go on."""

    knowingly = BooleanField("J’ai lu ce qui reste ouvert et je continue")
    why = TextAreaField(
        "Pourquoi continuer ?",
        [Needed("Indiquez pourquoi : le journal le garde."), at_most(300)],
        description="Gardé dans le journal. Sans nom ni détail médical.",
    )

    def validate_knowingly(self, field: BooleanField) -> None:
        """The box is ticked by whoever goes on."""
        if not field.data:
            raise ValidationError("Cochez la case pour continuer.")
