"""The forms of complaints and incidents."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import by_reference
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.errors import Refused
from admin_app.core.formatting import day_long
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices, named, offered
from admin_app.core.received import the_key
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.operations import Received
from admin_app.quality.complaints.words import (
    AUTHORS,
    CHANNELS,
    DIRECTIONS,
    KINDS,
    SATISFIED,
    TOPICS,
)
from compliance.vocabulary import HalfDayPeriod

TOO_LONG = "Pas plus de %(max)d caractères."
LONG = [Length(max=5_000, message=TOO_LONG)]
CHOOSE = "Choisissez dans la liste."
TRAP = "Laissez ce champ vide : il piège les robots."
PUBLIC_AUTHORS = [
    (key, AUTHORS[key]) for key in ("trainee", "client", "trainer", "funder", "other")
]


def short(most: int) -> list[Length]:
    """The validators of a short text."""
    return [Length(max=most, message=TOO_LONG)]


def _check(clean: Callable[[str], str], field: StringField) -> None:
    typed = (field.data or "").strip()
    try:
        clean(typed) if typed else ""
    except Refused as refused:
        raise ValidationError(refused.message) from refused


class _Author(Form):
    """Who complains, and how to answer them."""

    author_name = StringField("Nom", short(150))
    author_email = StringField("Adresse e-mail", short(254))
    author_phone = StringField("Téléphone", short(30))

    def validate_author_email(self, field: StringField) -> None:
        """Said with whatever else is wrong, not after it."""
        _check(clean_email, field)

    def validate_author_phone(self, field: StringField) -> None:
        """Said with whatever else is wrong, not after it."""
        _check(clean_phone, field)


class CardForm(_Author):
    """What is known of a complaint or an incident; its cohort by its reference."""

    received_on = DayField("Reçu le", [Needed("Indiquez le jour.")])
    channel = SelectField("Comment", choices=named(CHANNELS), validate_choice=False)
    author_kind = SelectField("De qui", choices=named(AUTHORS), validate_choice=False)
    topic = SelectField("Sujet", choices=named(TOPICS), validate_choice=False)
    label_short = StringField("En quelques mots", short(120))
    cohort = StringField("Session", short(30))

    found: Cohort | None = None

    def validate_cohort(self, field: StringField) -> None:
        """The reference is one of ours."""
        text = (field.data or "").strip()
        self.found = by_reference(text) if text else None
        if text and self.found is None:
            raise ValidationError(f"Aucune session ne porte la référence « {text} ».")

    def received(self, **others: Any) -> Received:
        """What was typed, with what the page knows besides."""
        return Received(
            **(_typed(self) | {"cohort_id": self.found.id if self.found else None} | others)
        )


class ReceiveForm(CardForm):
    """A complaint or an incident that the office enters."""

    kind = RadioField(
        "Ce que c’est", [Needed("Choisissez.")], choices=named(KINDS), validate_choice=False
    )
    words = TextAreaField("Ce qui est dit", [Needed("Écrivez ce qui est dit."), *LONG])
    wished = TextAreaField("Ce que la personne attend", LONG)


class OwnForm(Form):
    """A complaint by someone whom we know: a trainee by personal link, a client."""

    topic = SelectField("Sur quoi porte votre réclamation ?", choices=named(TOPICS))
    words = TextAreaField(
        "Que s’est-il passé ?", [Needed("Dites ce qui s’est passé, avec vos mots."), *LONG]
    )
    wished = TextAreaField("Qu’attendez-vous de nous ?", LONG)


class ClientForm(OwnForm):
    """A client's complaint, about one of its dossiers or not."""

    cohort_id = SelectField("La formation concernée", coerce=the_key, default=0)

    def offer(self, cohorts: Iterable[Cohort]) -> None:
        """Propose the client's own cohorts."""
        known = [(one.id, f"{one.title} – {one.reference}") for one in cohorts]
        self.cohort_id.choices = offered(known, "Aucune en particulier")


class PublicForm(OwnForm, _Author):
    """Anyone's complaint. `website` is a trap: only robots fill it."""

    author_kind = SelectField("Vous êtes", choices=named(dict(PUBLIC_AUTHORS)))
    author_name = StringField("Votre nom", [Needed("Indiquez votre nom."), *short(150)])
    author_email = StringField(
        "Votre adresse e-mail", [Needed("Indiquez votre adresse : nous vous y répondrons.")]
    )
    author_phone = StringField("Votre téléphone", short(30))
    training = StringField("La formation concernée", short(200))
    website = StringField("Ne remplissez pas ce champ")

    def validate_website(self, field: StringField) -> None:
        """Refuse what only a robot does, in words that a person would understand."""
        if field.data:
            raise ValidationError(TRAP)


class _HalfDays(Form):
    """The half-days that an incident touched."""

    half_days = SelectMultipleField(
        "Demi-journées touchées",
        coerce=the_key,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def offer(self, half_days: Iterable[HalfDay]) -> None:
        """Propose the half-days of the cohort."""
        self.half_days.choices = choices(
            (one.id, f"{day_long(one.day)}, {HalfDayPeriod(one.period).label}") for one in half_days
        )


class IncidentForm(_HalfDays):
    """What a trainer tells of an incident, from the room."""

    topic = SelectField("De quoi s’agit-il ?", choices=named(TOPICS))
    words = TextAreaField("Que s’est-il passé ?", [Needed("Dites ce qui s’est passé."), *LONG])
    solution = TextAreaField("Ce que vous avez fait", LONG)


class SolveForm(_HalfDays):
    """What was done about an incident."""

    on = DayField("Le", [Needed("Indiquez le jour.")])
    solution = TextAreaField("Ce qui a été fait", [Needed("Dites ce qui a été fait."), *LONG])
    effect = TextAreaField("Effet sur le déroulement", LONG)


class AssignForm(Form):
    """Who handles it."""

    user_id = SelectField("Confié à", coerce=the_key)

    def offer(self, people: Iterable[tuple[int, str]]) -> None:
        """Propose those who may."""
        self.user_id.choices = offered(people)


class TellForm(Form):
    """How something is told: by our message, or noted with its day."""

    how = RadioField("Comment", [Needed("Dites comment.")], validate_choice=False)
    on = DayField("Le")

    def offer(self, row: Complaint) -> None:
        """Propose our message only when there is an address."""
        noted = ("noted", "Je l’ai déjà dit, et je le note")
        by_mail = ("mail", f"Envoyer maintenant à {row.author_email}")
        self.how.choices = choices([by_mail, noted] if row.author_email else [noted])

    def validate_on(self, field: DayField) -> None:
        """What is noted has its day."""
        if self.how.data == "noted" and field.data is None and not field.errors:
            raise ValidationError("Indiquez le jour.")


class AcknowledgeForm(TellForm):
    """Say that it was read."""

    message = TextAreaField("Un mot de votre part", LONG)


class AnswerForm(TellForm):
    """The answer."""

    text = TextAreaField("La réponse", [Needed("Écrivez la réponse."), *LONG])


class ExchangeForm(Form):
    """What was said, which way, when."""

    on = DayField("Le", [Needed("Indiquez le jour.")])
    direction = SelectField("Sens", choices=named(DIRECTIONS))
    channel = SelectField("Par", choices=named(CHANNELS))
    text = TextAreaField("Ce qui s’est dit", [Needed("Écrivez ce qui s’est dit."), *LONG])


class CloseForm(Form):
    """What was decided."""

    on = DayField("Clos le", [Needed("Indiquez le jour.")])
    decision = TextAreaField("Ce qui est décidé", [Needed("Dites ce qui a été décidé."), *LONG])
    satisfied = RadioField(
        "La personne est-elle satisfaite ?", choices=named(SATISFIED), validate_choice=False
    )


class WhyForm(Form):
    """A reason."""

    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), *short(500)])


def card_of(row: Complaint, cohort: Cohort | None) -> dict[str, Any]:
    """What the form of a known complaint starts with."""
    names = (
        "received_on",
        "channel",
        "author_kind",
        "topic",
        "label_short",
        "author_name",
        "author_email",
        "author_phone",
    )
    known = {name: getattr(row, name) for name in names}
    return known | {"cohort": cohort.reference if cohort else ""}


def received_now(form: Form, today: date, **known: Any) -> Received:
    """A complaint made by a page of ours, today."""
    return Received(**(_typed(form) | {"received_on": today, "channel": "form"} | known))


def _typed(form: Form) -> dict[str, Any]:
    names = Received.__dataclass_fields__
    return {
        name: field.data if name == "received_on" else (field.data or "")
        for name, field in form._fields.items()
        if name in names and name != "cohort_id"
    }
