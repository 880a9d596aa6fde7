"""Forms of what the organisation chooses."""

from wtforms import TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed, WholeField


class ValueForm(Form):
    """A number of one's own."""

    number = WholeField("Votre nombre", [Needed()])
    why = TextAreaField("Pourquoi", [Length(max=500, message="500 signes au plus.")])


class WithoutForm(Form):
    """Doing without a piece of good practice."""

    why = TextAreaField(
        "Pourquoi vous vous en passez",
        [Needed("Dites pourquoi."), Length(max=500, message="500 signes au plus.")],
    )
