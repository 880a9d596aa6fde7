"""Forms of people."""

from dataclasses import fields
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, DurationField, Needed, asked, choices
from admin_app.core.received import the_key
from admin_app.core.uploads import Upload, read_upload
from admin_app.people.operations import (
    ClientDetails,
    ContactDetails,
    DevelopmentDetails,
    DiplomaDetails,
    FeedbackDetails,
    ReviewDetails,
    SkillDetails,
    TraineeDetails,
    TrainerDetails,
)
from admin_app.people.operations.diplomas import FILE_KINDS
from admin_app.people.operations.skills import CV_KINDS
from admin_app.people.words import (
    ASKED_HOW,
    CLIENT_KINDS,
    DEVELOPMENT_KINDS,
    DIPLOMA_KINDS,
    FUNDER_OUTCOMES,
    REVIEW_MATERIALS,
    TRAINER_STATUSES,
)


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


class FiledForm(DetailsForm):
    """A form with a copy of what it is about, when there is one."""

    file = FileField("Copie")

    def upload(self) -> Upload | None:
        """The file that was sent, None when there is none.

        Raises:
            Refused: its content is not accepted, or it is too large.
        """
        if not self.file.data or not self.file.data.filename:
            return None
        return read_upload(self.file.data, kinds=FILE_KINDS, field="file")


class DiplomaForm(FiledForm):
    """A diploma, certification or authorisation."""

    kind = SelectField(
        "De quoi s’agit-il ?",
        [Needed("Choisissez de quoi il s’agit.")],
        choices=asked(DIPLOMA_KINDS),
    )
    title = StringField("Intitulé", [Needed("Indiquez l’intitulé."), _long(200)])
    issuer = StringField("Délivré par", [_long(200)])
    obtained_on = DayField("Obtenu le")
    valid_until = DayField("Valable jusqu’au")
    checked_on = DayField("Vérifié le", [Needed("Indiquez le jour de la vérification.")])

    def details(self) -> DiplomaDetails:
        """What was typed."""
        return DiplomaDetails(**self.typed(DiplomaDetails))


class NewDiplomaForm(DiplomaForm):
    """A diploma that is added: it may show a skill at once."""

    shows = StringField("Compétence qu’il montre", [_long(200)])


class ReviewForm(Form):
    """A yearly review that was held."""

    held_on = DayField("Tenu le", [Needed("Indiquez le jour de l’entretien.")])
    held_by = StringField("Tenu par", [Needed("Indiquez qui l’a tenu."), _long(150)])
    looked_at = SelectMultipleField(
        "Ce qui a été regardé",
        [Needed("Cochez au moins une chose qui a été regardée.")],
        choices=choices(REVIEW_MATERIALS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    observations = TextAreaField(
        "Ce qui a été constaté", [Needed("Écrivez ce qui a été constaté."), _long(6000)]
    )
    decisions = TextAreaField(
        "Ce qui a été décidé", [Needed("Écrivez ce qui a été décidé."), _long(6000)]
    )
    needs = TextAreaField("Besoins exprimés", [_long(6000)])

    def details(self) -> ReviewDetails:
        """What was typed."""
        return ReviewDetails(
            held_on=self.held_on.data,
            held_by=self.held_by.data or "",
            looked_at=tuple(self.looked_at.data or ()),
            observations=self.observations.data or "",
            decisions=self.decisions.data or "",
            needs=self.needs.data or "",
        )


class DevelopmentForm(FiledForm):
    """Something done to keep skills up."""

    kind = SelectField(
        "De quoi s’agit-il ?",
        [Needed("Choisissez de quoi il s’agit.")],
        choices=asked(DEVELOPMENT_KINDS),
    )
    title = StringField("Intitulé", [Needed("Indiquez l’intitulé."), _long(200)])
    done_on = DayField("Terminé le", [Needed("Indiquez le jour.")])
    hours = DurationField("Durée")
    effect = TextAreaField(
        "Ce que cela change dans sa façon de former",
        [Needed("Écrivez ce que cela change."), _long(4000)],
    )

    def details(self) -> DevelopmentDetails:
        """What was typed."""
        return DevelopmentDetails(
            kind=self.kind.data or "",
            title=self.title.data or "",
            done_on=self.done_on.data,
            minutes=self.hours.data,
            effect=self.effect.data or "",
        )


class RemovalForm(Form):
    """Why something is taken away."""

    why = StringField("Pourquoi ?", [Needed("Indiquez pourquoi."), _long(300)])


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


class FeedbackForm(DetailsForm):
    """What a funder was asked, or said."""

    outcome = SelectField(
        "Où en est-on",
        [Needed("Choisissez.")],
        choices=asked({key: f"Appréciation {words}" for key, words in FUNDER_OUTCOMES.items()}),
        validate_choice=False,
    )
    happened_on = DayField("Le", [Needed("Indiquez le jour.")])
    how = SelectField(
        "Comment",
        [Needed("Choisissez.")],
        choices=asked(ASKED_HOW),
        validate_choice=False,
    )
    words = TextAreaField("Ce que dit le financeur", [_long(5000)])

    def details(self) -> FeedbackDetails:
        """What was typed."""
        return FeedbackDetails(**self.typed(FeedbackDetails))


class AskForm(Form):
    """A message to a funder."""

    contact_id = SelectField("À", coerce=the_key, default=0, validate_choice=False)
    message = TextAreaField("Message", [Needed("Écrivez votre message."), _long(3000)])
