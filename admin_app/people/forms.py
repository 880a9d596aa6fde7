"""Forms of people."""

from dataclasses import fields
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices
from admin_app.core.uploads import Upload, read_upload
from admin_app.people.operations import (
    ClientDetails,
    ContactDetails,
    SkillDetails,
    TraineeDetails,
    TrainerDetails,
)
from admin_app.people.operations.skills import CV_KINDS
from admin_app.people.words import CLIENT_KINDS, TRAINER_STATUSES


def _long(limit: int) -> Length:
    return Length(max=limit, message=f"{limit} caractères au plus.")


class DetailsForm(Form):
    """A form whose fields are those of a dataclass of details."""

    def show(self, row: Any) -> None:
        """Fill the form from a row that has the same names."""
        for field in self:
            if hasattr(row, field.name):
                field.data = getattr(row, field.name)

    def typed(self, details: type) -> dict[str, Any]:
        """What was typed, by name; an empty text rather than nothing where a text is expected."""
        values = {field.name: self[field.name].data for field in fields(details)}
        days = {name for name in values if isinstance(self[name], DayField)}
        return {
            name: value if name in days or value is not None else ""
            for name, value in values.items()
        }


class TrainerForm(DetailsForm):
    """A trainer's file."""

    first_name = StringField("Prénom", [Needed("Indiquez le prénom."), _long(80)])
    last_name = StringField("Nom", [Needed("Indiquez le nom."), _long(80)])
    email = StringField("Adresse e-mail", [Needed("Indiquez l’adresse e-mail."), _long(254)])
    phone = StringField("Téléphone", [_long(30)])
    status = SelectField(
        "Statut", [Needed("Choisissez le statut.")], choices=choices(TRAINER_STATUSES)
    )
    titles = TextAreaField("Diplômes et titres", [_long(3000)])
    bio = TextAreaField("Présentation", [_long(3000)])

    def details(self) -> TrainerDetails:
        """What was typed."""
        return TrainerDetails(**self.typed(TrainerDetails))


class SkillForm(DetailsForm):
    """A skill and what shows it."""

    skill = StringField("Compétence", [Needed("Indiquez la compétence."), _long(200)])
    shown_by = StringField("Montrée par", [Needed("Indiquez ce qui la montre."), _long(300)])
    checked_on = DayField("Vérifiée le", [Needed("Indiquez le jour de la vérification.")])
    valid_until = DayField("Valable jusqu’au")

    def details(self) -> SkillDetails:
        """What was typed."""
        return SkillDetails(**self.typed(SkillDetails))


class CvForm(Form):
    """A CV, sent as PDF."""

    cv = FileField("CV", [Needed("Choisissez un fichier.")])

    def upload(self) -> Upload:
        """The file that was sent.

        Raises:
            Refused: it is not a PDF, or it is too large.
        """
        return read_upload(self.cv.data, kinds=CV_KINDS, field="cv")


class ClientForm(DetailsForm):
    """A client."""

    name = StringField("Nom", [Needed("Indiquez le nom."), _long(200)])
    kind = SelectField(
        "Sorte de client",
        [Needed("Choisissez de quelle sorte de client il s’agit.")],
        choices=choices([("", "Choisir…"), *CLIENT_KINDS.items()]),
    )
    siret = StringField("SIRET", [_long(30)])
    address = StringField("Rue et numéro", [_long(200)])
    postcode = StringField("Code postal", [_long(10)])
    city = StringField("Ville", [_long(100)])

    def details(self) -> ClientDetails:
        """What was typed."""
        return ClientDetails(**self.typed(ClientDetails))


class ContactForm(DetailsForm):
    """Someone at a client's."""

    name = StringField("Prénom et nom", [Needed("Indiquez le nom."), _long(120)])
    quality = StringField("Fonction", [_long(120)])
    email = StringField("Adresse e-mail", [Needed("Indiquez l’adresse e-mail."), _long(254)])
    phone = StringField("Téléphone", [_long(30)])
    signs = BooleanField("Signe les conventions pour ce client")

    def details(self) -> ContactDetails:
        """What was typed."""
        return ContactDetails(**self.typed(ContactDetails))


class TraineeForm(DetailsForm):
    """A trainee's file."""

    first_name = StringField("Prénom", [Needed("Indiquez le prénom."), _long(80)])
    last_name = StringField("Nom", [Needed("Indiquez le nom."), _long(80)])
    email = StringField("Adresse e-mail", [Needed("Indiquez l’adresse e-mail."), _long(254)])
    phone = StringField("Téléphone", [_long(30)])
    birth_date = DayField("Date de naissance")
    job = StringField("Fonction", [_long(150)])

    def details(self) -> TraineeDetails:
        """What was typed."""
        return TraineeDetails(**self.typed(TraineeDetails))
