"""The forms of requests for adaptation."""

from collections.abc import Callable, Iterable

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.operations.requests import Asked
from admin_app.cohorts.models import HalfDay
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.errors import Refused
from admin_app.core.formatting import day_long
from admin_app.core.pages import Form
from admin_app.core.pages.forms import LinesField, Needed, WholeField, choices
from admin_app.core.received import the_key
from admin_app.people.models import Client
from admin_app.people.operations import ClientDetails
from admin_app.people.words import CLIENT_KINDS
from compliance.vocabulary import HalfDayPeriod

TOO_LONG = "Pas plus de %(max)d caractères."
LONG = [Length(max=5_000, message=TOO_LONG)]
KINDS = [(key, words) for key, words in CLIENT_KINDS.items() if key != "individual"]


def _check(clean: Callable[[str], str], field: StringField) -> None:
    try:
        clean(field.data or "")
    except Refused as refused:
        raise ValidationError(refused.message) from refused


class AskForm(Form):
    """What a client asks. `website` is a trap: only robots fill it."""

    organisation = StringField("Votre organisation", [Needed("Indiquez votre organisation.")])
    contact_name = StringField("Votre nom", [Needed("Indiquez votre nom.")])
    contact_quality = StringField("Votre fonction", [Length(max=120, message=TOO_LONG)])
    email = StringField("Votre adresse e-mail", [Needed("Indiquez votre adresse e-mail.")])
    phone = StringField("Votre téléphone", [Length(max=30, message=TOO_LONG)])
    context = TextAreaField(
        "Votre contexte", [Needed("Décrivez en quelques phrases votre contexte."), *LONG]
    )
    audience = TextAreaField("Qui serait formé", [Needed("Dites qui serait formé."), *LONG])
    headcount = WholeField("Combien de personnes, environ")
    wished_dates = TextAreaField("Dates souhaitées", [Length(max=1_000, message=TOO_LONG)])
    wished_place = StringField("Lieu souhaité", [Length(max=1_000, message=TOO_LONG)])
    wished_changes = TextAreaField(
        "Ce que vous souhaitez adapter", [Needed("Dites ce que vous souhaitez adapter."), *LONG]
    )
    particular_needs = BooleanField("Des personnes ayant des besoins particuliers viendront")
    website = StringField("Ne remplissez pas ce champ")

    def validate_website(self, field: StringField) -> None:
        """Refuse what only a robot does, in words that a person would understand."""
        if field.data:
            raise ValidationError("Laissez ce champ vide : il piège les robots.")

    def validate_email(self, field: StringField) -> None:
        """Said with whatever else is wrong, not after it."""
        _check(clean_email, field)

    def validate_phone(self, field: StringField) -> None:
        """The same of the number."""
        _check(clean_phone, field)

    @property
    def asked(self) -> Asked:
        """What was typed."""
        others = {"headcount", "particular_needs"}
        names = [name for name in Asked.__dataclass_fields__ if name not in others]
        return Asked(
            headcount=self.headcount.data,
            particular_needs=bool(self.particular_needs.data),
            **{name: self[name].data or "" for name in names},
        )


class AcknowledgeForm(Form):
    """Words of one's own, added to the acknowledgement."""

    message = TextAreaField("Votre mot", LONG)


class AttachForm(Form):
    """Which client asked."""

    client_id = RadioField("Client", coerce=the_key, choices=[], validate_choice=False, default=0)

    def offer(self, found: Iterable[Client]) -> None:
        """The clients that can be chosen."""
        self.client_id.choices = choices((one.id, one.name) for one in found)


class NewClientForm(Form):
    """A client made from a request."""

    name = StringField("Nom de l’organisation", [Needed("Indiquez le nom.")])
    kind = SelectField("Sorte", choices=choices(KINDS))
    siret = StringField("SIRET", [Length(max=20, message=TOO_LONG)])
    address = StringField("Adresse", [Length(max=200, message=TOO_LONG)])
    postcode = StringField("Code postal", [Length(max=10, message=TOO_LONG)])
    city = StringField("Ville", [Length(max=100, message=TOO_LONG)])

    @property
    def details(self) -> ClientDetails:
        """What was typed."""
        names = ("name", "kind", "siret", "address", "postcode", "city")
        return ClientDetails(**{name: self[name].data or "" for name in names})


class PromisesForm(Form):
    """The changes that are promised."""

    promises = LinesField("Adaptations promises")


class DecideForm(Form):
    """Accept or decline, and why."""

    outcome = RadioField(
        "Votre décision",
        [Needed("Choisissez d’accepter ou de décliner.")],
        choices=choices([("accepted", "Accepter"), ("declined", "Décliner")]),
        validate_choice=False,
    )
    reason = TextAreaField("Motif", [Needed("Motivez la décision : le demandeur la lira."), *LONG])
    promises = LinesField("Adaptations promises")
    changes_programme = BooleanField("Le programme change", default=True)

    def validate_outcome(self, field: RadioField) -> None:
        """Only one of the two."""
        if field.data not in {"accepted", "declined"}:
            raise ValidationError("Choisissez d’accepter ou de décliner.")


class WhyForm(Form):
    """Why something is taken back."""

    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi, en une phrase."), *LONG])


class CohortForm(Form):
    """For which cohort the request was made."""

    cohort_id = SelectField("Session", coerce=the_key, choices=[], validate_choice=False)


class AppliedForm(Form):
    """In which half-day a promised change was applied."""

    half_day_id = SelectField("Demi-journée", coerce=the_key, choices=[], validate_choice=False)
    note = StringField("Comment", [Length(max=500, message=TOO_LONG)])

    def offer(self, half_days: Iterable[HalfDay]) -> None:
        """The half-days that can be chosen."""
        self.half_day_id.choices = choices(
            (one.id, f"{day_long(one.day)}, {HalfDayPeriod(one.period).label}") for one in half_days
        )


def decide_form(request: AdaptationRequest) -> DecideForm:
    """The form of a decision; what was wished is proposed as what is promised."""
    wished = [one.strip(" -–•") for one in request.wished_changes.splitlines() if one.strip()]
    return DecideForm(data={"promises": wished, "changes_programme": True})


def new_client_form(request: AdaptationRequest) -> NewClientForm:
    """The form of a client, with the name that the request gives."""
    return NewClientForm(data={"name": request.organisation, "kind": "public-body"})
