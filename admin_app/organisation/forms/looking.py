"""The forms of what is looked at again: places, publications."""

from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, named
from admin_app.organisation.operations import Looked, Reread
from admin_app.organisation.words import FINDINGS, LOOKS, MEDIA, POINTS


def _long(limit: int) -> Length:
    return Length(max=limit, message=f"{limit} caractères au plus.")


class WhyForm(Form):
    """A reason."""

    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), _long(500)])


class PlaceCheckForm(Form):
    """What was seen of a place."""

    on = DayField("Vérifié le", [Needed("Indiquez le jour.")])
    who = StringField("Par", [Needed("Dites qui a regardé."), _long(120)])
    equipment = RadioField(
        "Équipement",
        [Needed("Dites ce qu’il en est.")],
        choices=named(LOOKS),
        validate_choice=False,
    )
    equipment_words = TextAreaField("Ce qui a été regardé, ce qui manque", [_long(2_000)])
    accessibility = RadioField(
        "Accessibilité",
        [Needed("Dites ce qu’il en est.")],
        choices=named(LOOKS),
        validate_choice=False,
    )
    accessibility_words = TextAreaField("Ce qui a été regardé, ce qui manque", [_long(2_000)])
    remarks = TextAreaField("Autres remarques", [_long(2_000)])

    def looked(self) -> Looked:
        """What was typed."""
        return Looked(
            on=self.on.data,
            who=self.who.data or "",
            equipment=self.equipment.data or "",
            equipment_words=self.equipment_words.data or "",
            accessibility=self.accessibility.data or "",
            accessibility_words=self.accessibility_words.data or "",
            remarks=self.remarks.data or "",
        )


class _PublicationForm(Form):
    on = DayField("Relu le", [Needed("Indiquez le jour.")])
    who = StringField("Par", [Needed("Dites qui a relu."), _long(120)])
    media = SelectMultipleField(
        "Ce qui a été relu",
        [Needed("Cochez ce qui a été relu.")],
        choices=named(MEDIA),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    media_words = TextAreaField("Lesquels précisément", [_long(2_000)])
    findings = TextAreaField("Ce qui était inexact ou pouvait tromper, et où", [_long(5_000)])
    corrections = TextAreaField("Ce qui a été corrigé", [_long(5_000)])
    correct_by = DayField("Le reste sera corrigé pour le")

    def reread(self) -> Reread:
        """What was typed."""
        return Reread(
            on=self.on.data,
            who=self.who.data or "",
            media=self.media.data or (),
            media_words=self.media_words.data or "",
            points={point: self[point].data or "" for point in POINTS},
            findings=self.findings.data or "",
            corrections=self.corrections.data or "",
            correct_by=self.correct_by.data,
        )


def _point(label: str) -> Any:
    return SelectField(
        label,
        [Needed("Dites ce qu’il en est.")],
        choices=asked(FINDINGS),
        validate_choice=False,
    )


# a field a point, so that each has its own message
PublicationForm: type[_PublicationForm] = type(
    "PublicationForm", (_PublicationForm,), {key: _point(label) for key, label in POINTS.items()}
)


class CorrectedForm(Form):
    """The rest was put right."""

    on = DayField("Corrigé le", [Needed("Indiquez le jour.")])
    words = TextAreaField(
        "Ce qui a été corrigé", [Needed("Dites ce qui a été corrigé."), _long(2_000)]
    )
