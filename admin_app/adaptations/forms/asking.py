"""What a trainee tells the disability officer."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed


class AskForm(Form):
    """A need in the person's own words, how to reach them, and their consent."""

    need = TextAreaField(
        "De quoi avez-vous besoin pour suivre cette formation ?",
        validators=[Needed("Dites-le avec vos mots."), Length(max=5000)],
    )
    contact = StringField(
        "Comment et quand vous joindre", validators=[Length(max=200, message="200 signes au plus.")]
    )
    consent = BooleanField("J’accepte que ce message soit gardé pour préparer un aménagement")
