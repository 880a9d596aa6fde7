"""The base of every form: French messages, days and amounts as the French write them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from flask import has_request_context, request
from flask_wtf import FlaskForm
from wtforms import (  # type: ignore[attr-defined]
    Field,
    FieldList,
    FormField,
    IntegerField,
    SelectChoice,
    StringField,
)
from wtforms.validators import StopValidation

from admin_app.core.errors import Refused
from admin_app.core.formatting import minutes_as_hours
from admin_app.core.typography import finished

T = TypeVar("T")
CHANGED = (
    "Un caractère invisible s’était glissé ici ; il a été retiré. Relisez, puis envoyez de nouveau."
)
CHOOSE = "Choisir…"
_WHOLE = re.compile(r"-?\d{1,9}")


class Form(FlaskForm):
    """A form whose own messages are French, and that can show the refusal of an act."""

    class Meta(FlaskForm.Meta):
        locales = ("fr_FR", "fr")

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read what was sent; a field that held what cannot be stored says so, and is refused."""
        super().process(*args, **kwargs)
        changed = getattr(request, "changed", ()) if has_request_context() else ()
        if changed:
            for field in _leaves(self):
                if field.raw_data is not None and field.name in changed:
                    field.process_errors = [*field.process_errors, CHANGED]

    def refuse(self, refused: Refused) -> None:
        """Show why the act was refused, next to the field that each problem names."""
        for problem in refused.problems:
            field = self._fields.get(problem.field or "")
            if field is None:
                self.form_errors.append(problem.message)
            else:
                field.errors = [*field.errors, problem.message]

    @property
    def is_sent(self) -> bool:
        """Whether the form was sent and each field is right."""
        return bool(self.validate_on_submit())


def _leaves(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields of a form, those of its parts and rows instead of these."""
    for field in fields:
        if isinstance(field, FormField | FieldList):
            yield from _leaves(field)
        else:
            yield field


def choices(pairs: Mapping[str, str] | Iterable[tuple[Any, str]]) -> list[Any]:
    """The choices of a field, from pairs: what is sent, and the words that are read."""
    found = pairs.items() if isinstance(pairs, Mapping) else pairs
    return [SelectChoice(value=value, label=finished(label)) for value, label in found]


def named(words: Mapping[str, str], keys: Iterable[str] | None = None) -> list[Any]:
    """The choices of a field from a list of words (or those of `keys`), each with a capital."""
    return choices((key, words[key][:1].upper() + words[key][1:]) for key in keys or words)


def asked(words: Mapping[str, str]) -> list[Any]:
    """The same, nothing being chosen first."""
    return [*choices({"": CHOOSE}), *named(words)]


def offered(pairs: Iterable[tuple[int, str]], nothing: str = CHOOSE) -> list[Any]:
    """The rows that a field offers, key and words; 0 is none of them."""
    return choices([(0, nothing), *pairs])


def fail(form: Form, refused: Refused) -> None:
    """Show the refusal in the form."""
    form.refuse(refused)


def keep(form: Form, act: Callable[[], T]) -> T | None:
    """Do the act if the form is right; on refusal show it in the form and give None."""
    try:
        return act()
    except Refused as refused:
        form.refuse(refused)
        return None


class Needed:
    """The field must be filled; the message says what is expected."""

    field_flags = {"required": True}  # noqa: RUF012 - read by WTForms

    def __init__(self, message: str = "À renseigner.") -> None:
        self.message = message

    def __call__(self, form: Form, field: Field) -> None:
        empty = field.data is None or (isinstance(field.data, str) and not field.data.strip())
        if empty or field.data == []:
            typed = any(str(one).strip() for one in field.raw_data or [])
            if field.errors and typed:  # it could not be read: that message is the right one
                raise StopValidation
            field.errors = []  # a list of choices says « not a valid choice » of no choice at all
            raise StopValidation(self.message)


class DayField(StringField):
    """A day: « 17/09/2026 » or « 2026-09-17 » (what browsers send). Data is a `date`."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        for pattern in ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                self.data = datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if not 1900 <= self.data.year <= 2100:
                raise ValueError("Cette année paraît fausse.")
            return
        raise ValueError("Ce jour n’existe pas. Écrivez-le ainsi : 17/09/2026.")


class ClockField(StringField):
    """An hour of the day: « 9:00 », « 9h30 ». Data is a `time`."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.strftime("%H:%M") if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        text = text.strip().lower().replace("h", ":").replace(" ", "")
        self.data = None
        if not text:
            return
        if text.endswith(":"):
            text += "00"
        try:
            self.data = datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - an hour alone
        except ValueError as error:
            raise ValueError("Écrivez l’heure ainsi : 9:30.") from error


class EurosField(StringField):
    """An amount: « 2 400 », « 2400,50 € ». Data is a Decimal to the cent."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return f"{self.data:.2f}".replace(".", ",") if self.data is not None else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = "".join(str(valuelist[0]).replace("€", "").split()) if valuelist else ""
        text = text.replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
        self.data = None
        if not text:
            return
        try:
            amount = Decimal(text)
        except InvalidOperation as error:
            raise ValueError("Écrivez le montant ainsi : 2400,50.") from error
        if not amount.is_finite() or amount < 0 or amount > 100_000_000:
            raise ValueError("Ce montant paraît faux.")
        if amount != amount.quantize(Decimal("0.01")):
            raise ValueError("Deux décimales au plus.")
        self.data = amount.quantize(Decimal("0.01"))


class WholeField(IntegerField):
    """A whole number, with a French message."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if not _WHOLE.fullmatch(text):
            raise ValueError("Un nombre entier est attendu.")
        self.data = int(text)


class LinesField(StringField):
    """Several entries, one a line. Data is a list of texts."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(self.data or [])

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]) if valuelist else ""
        self.data = [line.strip() for line in text.splitlines() if line.strip()]


class DurationField(StringField):
    """A duration typed « 14 h », « 3 h 30 », « 45 min » or « 14 » (hours). Data are minutes."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return minutes_as_hours(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = "".join(str(valuelist[0]).lower().split()) if valuelist else ""
        self.data = None
        if not text:
            return
        self.data = read_duration(text)
        if self.data is None:
            raise ValueError("Écrivez la durée ainsi\u00a0: 14 h, 3 h 30 ou 45 min.")


def read_duration(text: str) -> int | None:
    """The minutes that « 14h », « 3h30 », « 45min », « 3,5 » or « 3,5h » mean; None otherwise."""
    plain = text.replace("heures", "h").replace("heure", "h").replace("minutes", "min")
    plain = plain.replace("mn", "min").replace(",", ".")
    hours, has_hours, rest = plain.partition("h")
    if not has_hours and plain.endswith("min"):
        hours, rest = "0", plain
    rest = rest.removesuffix("min") or "0"
    try:
        minutes = round(float(hours) * 60)
    except (ValueError, OverflowError):
        return None
    if not rest.isdecimal() or len(rest) > 9 or int(rest) > (59 if has_hours else 100_000):
        return None
    return minutes + int(rest) if 0 <= minutes < 10_000_000 else None
