"""Forms of the organisation."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    Field,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, ValidationError

from admin_app.accounts.operations import NewAccount
from admin_app.accounts.passwords import SENTENCE, weakness
from admin_app.core.access import Role
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.clock import DEFAULT_ZONE
from admin_app.core.errors import Refused
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, WholeField, choices
from admin_app.core.smtp import SECURITIES, SmtpServer
from admin_app.core.uploads import Upload, read_upload
from admin_app.organisation.details import ProviderDetails, checked
from admin_app.organisation.identifiers import (
    REGIONS,
    ZONES,
    clean_activity_number,
    clean_postcode,
    clean_siret,
    clean_website,
)
from admin_app.organisation.models import Place, Provider
from admin_app.organisation.operations import PlaceDetails
from admin_app.organisation.operations.identity import LOGO_KINDS, LOGO_MB
from admin_app.organisation.queries import provider
from admin_app.organisation.vat import VAT_STATUSES


def _long(limit: int) -> Length:
    return Length(max=limit, message=f"{limit} caractères au plus.")


class Checked:
    """The field holds what a rule of the house takes; its own words say why not."""

    def __init__(self, rule: Callable[[str, str], str]) -> None:
        self.rule = rule

    def __call__(self, form: Form, field: Field) -> None:
        if not (field.data or "").strip():
            return
        try:
            self.rule(field.data, field.name)
        except Refused as refused:
            raise ValidationError(refused.message) from refused


class CodeForm(Form):
    """The code of the installation: asked first."""

    code = StringField(
        "Code d’installation", [Needed("Indiquez le code d’installation."), _long(40)]
    )


class IdentityForm(Form):
    """Who the organisation is."""

    name = StringField(
        "Nom de l’organisme", [Needed("Indiquez le nom de l’organisme."), _long(200)]
    )
    legal_form = StringField("Forme juridique", [_long(80)])
    siret = StringField("SIRET", [Needed("Indiquez le SIRET."), _long(30), Checked(clean_siret)])
    activity_number = StringField(
        "Numéro de déclaration d’activité",
        [Needed("Indiquez le numéro de déclaration."), _long(30), Checked(clean_activity_number)],
    )
    activity_region = SelectField(
        "Enregistré auprès du préfet de région",
        [Needed("Choisissez la région.")],
        choices=choices([("", "Choisir…"), *((region, region) for region in REGIONS)]),
    )
    in_business_since = DayField("Début de l’activité de formation")
    address = StringField("Rue et numéro", [Needed("Indiquez la rue et le numéro."), _long(200)])
    postcode = StringField(
        "Code postal", [Needed("Indiquez le code postal."), _long(10), Checked(clean_postcode)]
    )
    city = StringField("Ville", [Needed("Indiquez la ville."), _long(100)])
    time_zone = SelectField(
        "Fuseau horaire",
        choices=choices((zone.name, zone.label) for zone in ZONES),
        default=DEFAULT_ZONE,
    )
    email = StringField(
        "Adresse e-mail", [Needed("Indiquez une adresse e-mail."), _long(254), Checked(clean_email)]
    )
    phone = StringField("Téléphone", [_long(30), Checked(clean_phone)])
    website = StringField("Site", [_long(200), Checked(clean_website)])
    representative = StringField(
        "Nom", [Needed("Indiquez qui représente l’organisme."), _long(120)]
    )
    representative_quality = StringField(
        "Qualité", [Needed("Indiquez sa qualité : gérante, président…"), _long(120)]
    )
    certificate_number = StringField("Numéro du certificat", [_long(80)])
    certificate_body = StringField("Organisme certificateur", [_long(120)])
    certified_on = DayField("Certifié le")
    next_audit_on = DayField("Prochain audit")
    vat_status = RadioField(
        "TVA",
        [Needed("Choisissez le régime de TVA.")],
        choices=choices((status.key, status.label) for status in VAT_STATUSES),
    )
    disability_officer = StringField("Nom", [_long(120)])
    disability_email = StringField("Adresse e-mail", [_long(254), Checked(clean_email)])
    disability_phone = StringField("Téléphone", [_long(30), Checked(clean_phone)])
    logo = FileField("Logo")

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """What each field says and what they say together, in one go."""
        right = bool(super().validate(extra_validators))
        try:
            house = provider()
            checked(self.details(), audit_known=house.next_audit_on if house else None)
        except Refused as refused:
            right = self._also(refused) and right
        return right

    def _also(self, refused: Refused) -> bool:
        """Say the rest beside fields that had nothing to say; whether there was none."""
        silent = True
        for problem in refused.problems:
            field = self._fields.get(problem.field or "")
            if field is not None and not field.errors:
                field.errors, silent = [problem.message], False
        return silent

    def show(self, row: Provider) -> None:
        """Fill the form from the organisation's row."""
        for name in ProviderDetails.__dataclass_fields__:
            self[name].data = getattr(row, name)

    def details(self) -> ProviderDetails:
        """What was typed."""
        days = {"in_business_since", "certified_on", "next_audit_on"}
        values: dict[str, Any] = {}
        for name in ProviderDetails.__dataclass_fields__:
            values[name] = self[name].data if name in days else self[name].data or ""
        return ProviderDetails(**values)

    def sent_logo(self) -> Upload | None:
        """The logo that was sent, if one was.

        Raises:
            Refused: it is not a PNG or JPEG image, or it is too large.
        """
        if not self.logo.data:
            return None
        return read_upload(self.logo.data, kinds=LOGO_KINDS, field="logo", max_mb=LOGO_MB)


class ChangeIdentityForm(IdentityForm):
    """Who the organisation is, later on: the logo may be taken away."""

    without_logo = BooleanField("Retirer le logo actuel")


class FirstRunForm(IdentityForm, CodeForm):
    """The organisation and its first administrator."""

    admin_name = StringField("Prénom et nom", [Needed("Indiquez votre nom."), _long(120)])
    admin_email = StringField(
        "Votre adresse e-mail",
        [Needed("Indiquez votre adresse."), _long(254), Checked(clean_email)],
    )
    password = PasswordField(
        "Mot de passe", [Needed("Choisissez un mot de passe.")], description=SENTENCE
    )
    is_quality_manager = BooleanField("Je suis aussi responsable qualité")
    is_disability_officer = BooleanField("Je suis aussi référent handicap")

    def validate_password(self, field: Field) -> None:
        """The rules of the house, said with the rest."""
        problem = weakness(
            field.data or "", email=self.admin_email.data or "", name=self.admin_name.data or ""
        )
        if field.data and problem:
            raise ValidationError(problem)

    def administrator(self) -> NewAccount:
        """The first administrator."""
        roles = {Role.ADMINISTRATOR}
        if self.is_quality_manager.data:
            roles.add(Role.QUALITY_MANAGER)
        if self.is_disability_officer.data:
            roles.add(Role.DISABILITY_OFFICER)
        return NewAccount(
            name=self.admin_name.data or "",
            email=self.admin_email.data or "",
            roles=frozenset(roles),
        )


class MailServerForm(Form):
    """The mail server, and where to send a trial."""

    host = StringField("Serveur", [Needed("Indiquez le nom du serveur."), _long(200)])
    port = WholeField("Port", [Needed("Indiquez le port, souvent 587.")], default=587)
    security = SelectField("Chiffrement", choices=choices(SECURITIES), default="starttls")
    username = StringField("Nom d’utilisateur", [_long(200)])
    password = PasswordField("Mot de passe", [_long(300)])
    sender = StringField("Adresse d’expédition", [_long(254)])
    trial_to = StringField("Envoyer l’essai à", [_long(254)])

    def show(self, settings: dict[str, Any], trial_to: str) -> None:
        """Fill the form from what was set; the password is never shown."""
        for name in ("host", "port", "security", "username", "sender"):
            if name in settings:
                self[name].data = settings[name]
        self.trial_to.data = trial_to

    def server(self, kept: SmtpServer | None) -> SmtpServer:
        """The server that was typed; an empty password keeps the one of the same user."""
        username, password = (self.username.data or "").strip(), self.password.data or ""
        if not password and kept is not None and kept.username == username:
            password = kept.password
        return SmtpServer(
            host=(self.host.data or "").strip(),
            port=self.port.data or 0,
            security=self.security.data or "",
            username=username,
            password=password,
        )


class PlaceForm(Form):
    """A place."""

    name = StringField("Nom du lieu", [Needed("Indiquez le nom du lieu."), _long(150)])
    is_remote = BooleanField("Classe à distance")
    address = StringField("Adresse", [_long(300)])
    accessibility = TextAreaField("Accessibilité", [_long(2000)])
    equipment = TextAreaField("Équipement", [_long(2000)])

    def details(self) -> PlaceDetails:
        """What was typed."""
        return PlaceDetails(
            name=self.name.data or "",
            address=self.address.data or "",
            is_remote=bool(self.is_remote.data),
            accessibility=self.accessibility.data or "",
            equipment=self.equipment.data or "",
        )

    def show(self, place: Place) -> None:
        """Fill the form from a place."""
        for name in PlaceDetails.__dataclass_fields__:
            self[name].data = getattr(place, name)


class HouseDocumentForm(Form):
    """A version of a house document."""

    text = TextAreaField("Texte", [Needed("Écrivez le texte."), _long(60_000)])
    in_force_from = DayField("En vigueur le", [Needed("Indiquez le premier jour.")])
    approved_by = StringField("Approuvé par", [_long(200)])
    approved_on = DayField("Approuvé le")
