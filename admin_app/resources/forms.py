"""Forms of resources."""

from wtforms import FileField, StringField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import Needed

KINDS = frozenset({"pdf", "docx", "pptx", "odt", "zip", "jpeg", "png"})
ACCEPT = ".pdf,.docx,.pptx,.odt,.zip,.jpg,.jpeg,.png"


class ResourceForm(Form):
    """A file to hand over."""

    file = FileField("Fichier", validators=[Needed("Choisissez un fichier.")])
    title = StringField("Titre", validators=[Length(max=200, message="200 signes au plus.")])
