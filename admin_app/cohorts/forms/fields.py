"""Fields that several forms here share."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField
from wtforms.validators import Length, ValidationError

from admin_app.core.pages.forms import choices
from admin_app.core.received import key_of

TOO_LONG = "%(max)d caractères au plus."


def at_most(number: int) -> Length:
    """A limit said in French."""
    return Length(max=number, message=TOO_LONG)


class KeyField(SelectField):
    """One row among several, by its key; data is the key, or None."""

    def __init__(self, label: str, validators: list[Any] | None = None, **options: Any) -> None:
        super().__init__(label, validators, coerce=key_of, **options)
        self.type = "SelectField"  # the components draw it as one

    def pre_validate(self, form: Any) -> None:
        offered: Any = self.choices or ()
        if self.data is not None and self.data not in {one.value for one in offered}:
            raise ValidationError("Choisissez dans la liste.")

    def offer(self, rows: Sequence[tuple[int, str]], nothing: str) -> None:
        """The rows to choose from, after a first line that chooses none."""
        self.choices = choices([("", nothing), *rows])
