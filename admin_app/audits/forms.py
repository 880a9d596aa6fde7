"""Forms of audits."""

from wtforms import SelectField, StringField
from wtforms.validators import Email, Length

from admin_app.audits.operations import KINDS
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices


class AuditForm(Form):
    """An audit to prepare, and its first reader."""

    kind = SelectField(
        "Nature de l’audit",
        choices=choices((key, words.capitalize()) for key, words in KINDS.items()),
    )
    audit_on = DayField("Jour de l’audit", validators=[Needed()])
    body = StringField("Organisme certificateur", validators=[Needed(), Length(max=120)])
    period_from = DayField("Sessions commencées depuis le", validators=[Needed()])
    period_to = DayField("Sessions commencées jusqu’au", validators=[Needed()])
    access_until = DayField("Accès ouvert jusqu’au", validators=[Needed()])
    name = StringField(
        "Nom de l’auditeur ou de l’auditrice", validators=[Needed(), Length(max=120)]
    )
    email = StringField(
        "Son adresse e-mail",
        validators=[Needed(), Email("Cette adresse e-mail paraît fausse."), Length(max=254)],
    )
