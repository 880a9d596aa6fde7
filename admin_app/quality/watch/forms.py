"""The forms of the watch."""

from collections.abc import Iterable
from typing import Any

from wtforms import (
    BooleanField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, choices, named, offered
from admin_app.core.received import the_key
from admin_app.quality.fields import LONG, OwnerForm, short
from admin_app.quality.watch.models import WatchNote
from admin_app.quality.watch.operations import Found
from admin_app.quality.watch.words import HOW, TOPICS


class _NoteForm(Form):
    title = StringField("Titre", [Needed("Donnez un titre."), *short(200)])
    source = StringField("Source", [Needed("Dites d’où cela vient."), *short(200)])
    url = StringField("Adresse", short(500))
    published_on = DayField("Publié le")
    found_on = DayField("Trouvé le", [Needed("Indiquez le jour.")])
    found_by = StringField("Trouvé par", short(120))
    extract = TextAreaField("Ce que cela dit", LONG)
    reader_id = SelectField("À lire par", coerce=the_key, default=0, validate_choice=False)

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Propose those who may be asked to read it."""
        self.reader_id.choices = offered(people, "La personne chargée du domaine")

    def found(self, **known: Any) -> Found:
        """What was typed."""
        days = {"published_on": self.published_on.data, "found_on": self.found_on.data}
        texts = ("title", "source", "url", "found_by", "extract")
        typed = {name: self[name].data or "" for name in texts}
        return Found(**(typed | days | {"reader_id": self.reader_id.data or 0} | known))


class EnterForm(_NoteForm):
    """An item that is entered."""

    topic = RadioField(
        "Domaine",
        [Needed("Choisissez un domaine.")],
        choices=named(TOPICS),
        validate_choice=False,
    )

    def entered(self) -> Found:
        """What was typed, with its domain."""
        return self.found(topic=self.topic.data or "")


class CorrectForm(_NoteForm):
    """An item whose entry is corrected."""

    def corrected(self, row: WatchNote) -> Found:
        """What was typed; the domain stays."""
        return self.found(topic=row.topic)


class AnalyseForm(Form):
    """What an item means, and what is decided."""

    on = DayField("Analysée le", [Needed("Indiquez le jour.")])
    analysis = TextAreaField(
        "Ce que cela change pour nous", [Needed("Écrivez ce que cela change."), *LONG]
    )
    decision = TextAreaField("Ce qui est décidé", LONG)


class EffectForm(Form):
    """What an item changes in a programme."""

    programme = StringField(
        "Formation", [Needed("Indiquez la référence de la formation."), *short(250)]
    )
    words = TextAreaField("Ce qui change", [Needed("Dites ce que cela change."), *LONG])
    done_on = DayField("Programme modifié le")


class DoneForm(Form):
    """The day on which it was done."""

    on = DayField("Le", [Needed("Indiquez le jour.")])


class SendForm(Form):
    """Whom to tell by mail."""

    people = SelectMultipleField(
        "À qui",
        [Needed("Choisissez au moins une personne.")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    message = TextAreaField(
        "Un mot de votre part", [Length(max=2_000, message="Pas plus de %(max)d caractères.")]
    )

    def offer(self, people: Iterable[tuple[str, str]]) -> None:
        """Propose those who may be told."""
        self.people.choices = choices(people)


class ToldForm(Form):
    """People who were told otherwise."""

    on = DayField("Le", [Needed("Indiquez le jour.")])
    how = SelectField(
        "Comment", [Needed("Dites comment.")], choices=asked(HOW), validate_choice=False
    )
    whom = StringField("À qui", [Needed("Dites à qui."), *short(200)])
    words = TextAreaField("Ce qui s’est dit", LONG)


class DropForm(Form):
    """Why an item is left without effect."""

    on = DayField("Le", [Needed("Indiquez le jour.")])
    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), *LONG])
    is_mistake = BooleanField("C’est une erreur de saisie")


class ReaderForm(OwnerForm):
    """Who reads for a domain."""


def card_of(row: WatchNote) -> dict[str, Any]:
    """What the form of a known item starts with."""
    names = ("title", "source", "url", "published_on", "found_on", "found_by", "extract")
    return {name: getattr(row, name) for name in names} | {"reader_id": row.reader_id or 0}
