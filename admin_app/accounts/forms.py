"""Forms of accounts."""

from collections.abc import Mapping

from wtforms import HiddenField, PasswordField, SelectMultipleField, StringField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.accounts.attachments import attachables, resolve, written
from admin_app.accounts.models import User
from admin_app.accounts.operations import NewAccount
from admin_app.accounts.passwords import LONGEST, SENTENCE
from admin_app.core.access import Role
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices

LONG = "Trop long."
EXPLAINED = {
    Role.ADMINISTRATOR: "fait tout le travail du secrétariat, règle l’organisme, invite et retire "
    "des personnes, lit le journal.",
    Role.OFFICE: "tient les formations, les sessions, les conventions, les convocations et les "
    "certificats.",
    Role.TRAINER: "voit ses propres sessions, tient l’émargement et évalue les acquis.",
    Role.QUALITY_MANAGER: "suit ce qui est couvert et ce qui manque, corrige, prépare les audits, "
    "lit le journal.",
    Role.DISABILITY_OFFICER: "lit seul les demandes liées à un handicap et convient des "
    "aménagements.",
    Role.AUDITOR: "lit le dossier de preuves dans la salle de lecture, sans rien changer, jusqu’au "
    "jour que vous fixez.",
    Role.CLIENT: "suit les dossiers de sa propre structure : demandes, conventions, documents.",
}


class SignInForm(Form):
    """Address and password."""

    email = StringField(
        "Adresse e-mail", [Needed("Indiquez votre adresse e-mail."), Length(max=254, message=LONG)]
    )
    password = PasswordField(
        "Mot de passe", [Needed("Indiquez votre mot de passe."), Length(max=LONGEST, message=LONG)]
    )
    suite = HiddenField()


class ForgottenForm(Form):
    """The address whose password was forgotten."""

    email = StringField(
        "Adresse e-mail", [Needed("Indiquez votre adresse e-mail."), Length(max=254, message=LONG)]
    )


class PasswordForm(Form):
    """A new password."""

    password = PasswordField(
        "Nouveau mot de passe", [Needed("Choisissez un mot de passe.")], description=SENTENCE
    )


class ChangePasswordForm(Form):
    """The present password, and the new one."""

    present = PasswordField(
        "Mot de passe actuel",
        [Needed("Indiquez votre mot de passe actuel."), Length(max=LONGEST, message=LONG)],
    )
    password = PasswordField(
        "Nouveau mot de passe", [Needed("Choisissez un mot de passe.")], description=SENTENCE
    )


class AccountForm(Form):
    """Who someone is, and what they may do."""

    name = StringField(
        "Nom", [Needed("Indiquez le nom de la personne."), Length(max=120, message=LONG)]
    )
    email = StringField(
        "Adresse e-mail", [Needed("Indiquez l’adresse e-mail."), Length(max=254, message=LONG)]
    )
    roles = SelectMultipleField(
        "Rôles",
        [Needed("Choisissez au moins un rôle.")],
        choices=choices((role.value, role.label.capitalize()) for role in Role),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    trainer = StringField("Fiche de formateur", [Length(max=300, message=LONG)])
    client = StringField("Client", [Length(max=300, message=LONG)])
    access_until = DayField("Dernier jour d’accès")

    def suggest(self, asked: Mapping[str, str]) -> None:
        """Fill the form from what a link to this page says of the person."""
        self.name.data, self.email.data = asked.get("nom", ""), asked.get("adresse", "")
        role = asked.get("role", "")
        self.roles.data = [role] if role in {one.value for one in Role} else []
        for one in attachables():
            key = asked.get("fiche", "")
            if one.role == role and key.isdecimal() and len(key) < 10:
                self[one.field].data = written(one, int(key))

    def show(self, user: User) -> None:
        """Fill the form from an account."""
        self.name.data, self.email.data = user.name, user.email
        self.roles.data = [role.value for role in Role if role in user.roles]
        keys = {Role.TRAINER: user.trainer_id, Role.CLIENT: user.client_id}
        for one in attachables():
            self[one.field].data = written(one, keys.get(one.role))
        self.access_until.data = user.last_day

    def account(self) -> NewAccount:
        """What was typed.

        Raises:
            Refused: the file that a role needs was not found.
        """
        roles = frozenset(Role(value) for value in self.roles.data or [])
        keys = {
            one.field: resolve(one, self[one.field].data or "", self.email.data or "")
            for one in attachables()
            if one.role in roles
        }
        return NewAccount(
            name=self.name.data or "",
            email=self.email.data or "",
            roles=roles,
            trainer_id=keys.get("trainer"),
            client_id=keys.get("client"),
            access_until=self.access_until.data,
        )
