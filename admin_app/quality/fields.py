"""What the forms of the registers share."""

from collections.abc import Iterable

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed, offered
from admin_app.core.received import the_key

TOO_LONG = "Pas plus de %(max)d caractères."
LONG = [Length(max=5_000, message=TOO_LONG)]


def short(most: int) -> list[Length]:
    """The validators of a short text."""
    return [Length(max=most, message=TOO_LONG)]


class OwnerForm(Form):
    """A form that says who is in charge: one who signs in, or a name."""

    owner_id = SelectField("Responsable", coerce=the_key, default=0, validate_choice=False)
    owner_name = StringField("Ou une autre personne", short(120))

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Propose those who read the registers."""
        self.owner_id.choices = offered(people)


class WhyForm(Form):
    """A reason."""

    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), *short(500)])
