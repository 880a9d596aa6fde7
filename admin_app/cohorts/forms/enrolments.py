"""Enrolling: finding someone, who pays, a new person, a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import EmailField, RadioField, StringField, TelField
from wtforms.validators import Email

from admin_app.cohorts.forms.fields import at_most
from admin_app.cohorts.queries import Sponsor
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices
from admin_app.core.received import key_of

PERSONALLY, LATER, BY_EMPLOYER = "personally", "later", "by-employer"
TIDY, AS_SENT = "tidy", "as-sent"


LATE = (
    "Des demi-journées sont closes : le premier jour qui suit est proposé, et cette personne n’est "
    "pas attendue avant. Vide : depuis le premier jour de la session."
)


class PayerForm(Form):
    """Who pays for this trainee, and the employer that documents print."""

    personally, later = "Le stagiaire, à ses frais", "À préciser plus tard"
    payer = RadioField("Qui paie ?", [Needed("Dites qui paie.")], default="")
    employer = StringField("Employeur", [at_most(200)])
    takes_part_from = DayField(
        "Participe à partir du",
        description="Vide : depuis le premier jour de la session, même inscrit après coup.",
    )

    def offer(
        self, sponsors: Sequence[Sponsor], starts_on: date | None = None, first: date | None = None
    ) -> None:
        """The clients of the cohort, the trainee, or nobody yet; an only client is proposed.

        Args:
            starts_on: the first day of the cohort.
            first: the first day of participation that is proposed, when it has begun.
        """
        if first is not None and first != starts_on:
            self.takes_part_from.description = LATE
        clients = [(str(one.client.id), one.client.name) for one in sponsors]
        self.payer.choices = choices([*clients, (PERSONALLY, self.personally), (LATER, self.later)])
        if not self.is_submitted() and not self.payer.data and len(clients) == 1:
            self.payer.data = clients[0][0]

    def payment(self) -> dict[str, Any]:
        """What the acts take."""
        return {
            "client_id": key_of(self.payer.data),
            "pays_personally": self.payer.data == PERSONALLY,
            "employer": self.employer.data or "",
            "takes_part_from": self.takes_part_from.data,
        }


class PersonForm(Form):
    """Someone who is not known yet."""

    first_name = StringField("Prénom", [Needed("Indiquez le prénom."), at_most(80)])
    last_name = StringField("Nom", [Needed("Indiquez le nom."), at_most(80)])
    email = EmailField(
        "Adresse électronique",
        [
            Needed("Indiquez une adresse : convocation et émargement passent par elle."),
            Email("Cette adresse n’est pas valable."),
            at_most(254),
        ],
    )
    phone = TelField("Téléphone", [at_most(30)])
    birth_date = DayField("Date de naissance")
    job = StringField("Fonction", [at_most(150)])

    def person(self) -> dict[str, Any]:
        """What was typed of the person."""
        return {
            "first_name": (self.first_name.data or "").strip(),
            "last_name": (self.last_name.data or "").strip(),
            "email": (self.email.data or "").strip(),
            "phone": (self.phone.data or "").strip(),
            "birth_date": self.birth_date.data,
            "job": (self.job.data or "").strip(),
        }


class EnrolForm(PersonForm, PayerForm):
    """A new person, enrolled at once."""


class UploadForm(Form):
    """A list of trainees: CSV or Excel."""

    payer = RadioField("Qui paie ?", [Needed("Dites qui paie.")])
    takes_part_from = DayField(
        "Participent à partir du",
        description="Pour les lignes qui ne le disent pas (colonne « participe à partir du »). "
        "Vide : depuis le premier jour de la session.",
    )
    file = FileField("Fichier", [Needed("Choisissez un fichier.")])

    def offer(self, sponsors: Sequence[Sponsor]) -> None:
        """The clients of the cohort, each their own, each by employer, or nobody yet."""
        clients = [(str(one.client.id), one.client.name) for one in sponsors]
        by_employer = [(BY_EMPLOYER, "Le client qui porte le nom de l’employeur")]
        self.payer.choices = choices(
            [
                *clients,
                *(by_employer if len(clients) > 1 else ()),
                (PERSONALLY, "Chacun, à ses frais"),
                (LATER, "À préciser plus tard"),
            ]
        )
        if not self.is_submitted() and len(clients) == 1:
            self.payer.data = clients[0][0]


class ConfirmForm(Form):
    """A list that was looked at is enrolled, with its names as offered or as it writes them."""

    names = RadioField(
        "Noms tout en capitales ou en minuscules",
        choices=choices(
            [(TIDY, "Les écrire comme proposé ci-dessous"), (AS_SENT, "Garder ceux du fichier")]
        ),
        default=TIDY,
    )

    @property
    def tidy_names(self) -> bool:
        """Whether the names are written as offered."""
        return self.names.data == TIDY
