"""The forms of safeguarding."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import by_reference
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, named, offered
from admin_app.core.received import the_key
from admin_app.safeguarding.operations import Told
from admin_app.safeguarding.words import (
    ACTIONS,
    AUTHORS,
    CATEGORIES,
    CHANNELS,
    ENTERED,
    ERASURES,
    OUTCOMES,
    REASONS,
)

TOO_LONG = "Pas plus de %(max)d caractères."
LONG = [Length(max=10_000, message=TOO_LONG)]
CHOOSE = "Choisissez dans la liste."
TRAP = "Laissez ce champ vide : il piège les robots."
OUTSIDE = ("trainee", "trainer", "client", "other", "unknown")


def short(most: int) -> list[Length]:
    """The validators of a short text."""
    return [Length(max=most, message=TOO_LONG)]


class ReportForm(Form):
    """What someone whom we know reports; the name is given or not."""

    category = RadioField(
        "De quoi s’agit-il ?",
        [Needed("Choisissez ce qui s’en approche le plus.")],
        choices=named(CATEGORIES),
        validate_choice=False,
    )
    text = TextAreaField(
        "Que s’est-il passé ?", [Needed("Dites ce qui s’est passé, avec vos mots."), *LONG]
    )
    is_anonymous = BooleanField("Je ne veux pas donner mon nom")
    tells_cohort = BooleanField("Dire de quelle formation il s’agit", default=True)
    contact = StringField("Comment et quand vous joindre", short(300))

    def told(self, channel: str, today: date, **known: Any) -> Told:
        """What is reported, with what the page knows besides."""
        if not self.tells_cohort.data:
            known.pop("cohort_id", None)
        values = {"text": self.text.data or ""} | known
        return Told(
            category=self.category.data or "",
            contact=self.contact.data or "",
            is_anonymous=bool(self.is_anonymous.data),
            channel=channel,
            received_on=today,
            **values,
        )


class PublicReportForm(ReportForm):
    """What anyone reports. `website` is a trap: only robots fill it."""

    author_kind = SelectField("Vous êtes", choices=named(AUTHORS, OUTSIDE), default="unknown")
    author = StringField("Votre nom", short(200))
    training = StringField("La formation concernée", short(200))
    website = StringField("Ne remplissez pas ce champ")

    def validate_website(self, field: StringField) -> None:
        """Refuse what only a robot does, in words that a person would understand."""
        if field.data:
            raise ValidationError(TRAP)

    @property
    def whole_text(self) -> str:
        """What is told, with the training that it is about: both belong to the closed room."""
        training = (self.training.data or "").strip()
        text = self.text.data or ""
        return f"Formation concernée : {training}\n\n{text}" if training and text.strip() else text


class EnterForm(Form):
    """What a named person enters for somebody."""

    received_on = DayField("Reçu le", [Needed("Indiquez le jour.")])
    channel = SelectField("Comment", choices=named(CHANNELS, ENTERED))
    author_kind = SelectField("De qui", choices=named(AUTHORS))
    category = SelectField("Nature", choices=named(CATEGORIES))
    cohort = StringField("Session", short(30))
    text = TextAreaField("Ce qui est rapporté", [Needed("Écrivez ce qui est rapporté."), *LONG])
    author = StringField("Nom de la personne", short(200))
    contact = StringField("Comment la joindre", short(300))
    is_anonymous = BooleanField("La personne ne veut pas être nommée")

    found: Cohort | None = None

    def validate_cohort(self, field: StringField) -> None:
        """The reference is one of ours."""
        self.found = _cohort(field)

    @property
    def told(self) -> Told:
        """What was typed."""
        return Told(
            text=self.text.data or "",
            category=self.category.data or "",
            channel=self.channel.data or "",
            received_on=self.received_on.data,
            author_kind=self.author_kind.data or "",
            author=self.author.data or "",
            contact=self.contact.data or "",
            is_anonymous=bool(self.is_anonymous.data),
            cohort_id=self.found.id if self.found else None,
        )


class QualifyForm(Form):
    """The kind of a report, and the cohort that it is about."""

    category = SelectField("Nature", choices=named(CATEGORIES))
    cohort = StringField("Session", short(30))

    found: Cohort | None = None

    def validate_cohort(self, field: StringField) -> None:
        """The reference is one of ours."""
        self.found = _cohort(field)


class OpenForm(Form):
    """Why what was told is opened."""

    reason = SelectField(
        "Pourquoi l’ouvrez-vous ?",
        [Needed("Dites pourquoi vous l’ouvrez.")],
        choices=asked(REASONS),
        validate_choice=False,
    )
    detail = StringField("Précision", short(500))


class ActionForm(Form):
    """What was done, and when."""

    kind = SelectField(
        "Ce qui a été fait",
        [Needed(CHOOSE)],
        choices=asked(ACTIONS),
        validate_choice=False,
    )
    on = DayField("Le", [Needed("Indiquez le jour.")])


class NoteForm(Form):
    """What was said since."""

    text = TextAreaField("Note", [Needed("Écrivez la note."), *LONG])


class CloseForm(Form):
    """The outcome, and until when what was told is kept."""

    how = RadioField(
        "Suite donnée",
        [Needed("Choisissez la suite donnée.")],
        choices=named(OUTCOMES),
        validate_choice=False,
    )
    on = DayField("Clos le", [Needed("Indiquez le jour.")])
    erase_after = DayField("Effacer le récit après le")


class EraseForm(Form):
    """Why what was told is erased."""

    why = SelectField(
        "Pourquoi",
        [Needed("Dites pourquoi il est effacé.")],
        choices=asked(ERASURES),
        validate_choice=False,
    )


class ContactForm(Form):
    """Whom to talk to."""

    name = StringField("Nom", [Needed("Indiquez le nom."), *short(120)])
    quality = StringField("Fonction", short(120))
    email = StringField("Adresse e-mail", [Needed("Indiquez une adresse."), *short(254)])
    phone = StringField("Téléphone direct", short(30))
    since = DayField("Depuis le", [Needed("Indiquez le jour.")])


class ReaderForm(Form):
    """Who may keep the register."""

    user_id = SelectField("Personne", coerce=the_key, validate_choice=False)

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Propose those who may be named."""
        self.user_id.choices = offered(people)


def _cohort(field: StringField) -> Cohort | None:
    text = (field.data or "").strip()
    found = by_reference(text) if text else None
    if text and found is None:
        raise ValidationError(f"Aucune session ne porte la référence « {text} ».")
    return found
