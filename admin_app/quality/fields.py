"""What the forms of the registers share."""

from collections.abc import Iterable

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed

TOO_LONG = "Pas plus de %(max)d caractères."
LONG = [Length(max=5_000, message=TOO_LONG)]


def short(most: int) -> list[Length]:
    """The validators of a short text."""
    return [Length(max=most, message=TOO_LONG)]


def choices(words: dict[str, str]) -> list[tuple[str, str]]:
    """The choices of a list of words, with a capital."""
    return [(key, label[:1].upper() + label[1:]) for key, label in words.items()]


def asked(words: dict[str, str]) -> list[tuple[str, str]]:
    """The same, with nothing chosen first."""
    return [("", "Choisir…"), *choices(words)]


class OwnerForm(Form):
    """A form that says who is in charge: one who signs in, or a name."""

    owner_id = SelectField("Responsable", coerce=int, default=0, validate_choice=False)
    owner_name = StringField("Ou une autre personne", short(120))

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Propose those who read the registers."""
        self.owner_id.choices = [(0, "Choisir…"), *people]


class WhyForm(Form):
    """A reason."""

    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), *short(500)])
