"""Adding and withdrawing a resource."""

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed

TOO_LONG = "%(max)d caractères au plus."


class AddForm(Form):
    """A file for the trainees."""

    file = FileField("Fichier", [Needed("Choisissez un fichier.")])
    title = StringField(
        "Titre pour les stagiaires",
        [Length(max=200, message=TOO_LONG)],
        description="Le nom du fichier, si vous laissez vide.",
    )


class WithdrawForm(Form):
    """Why a resource is taken back."""

    why = TextAreaField(
        "Pourquoi ce fichier est-il retiré ?",
        [Needed("Indiquez le motif."), Length(max=300, message=TOO_LONG)],
    )
