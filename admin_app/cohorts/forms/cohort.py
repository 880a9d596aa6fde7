"""Creating, changing and cancelling a cohort."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from admin_app.cohorts.forms.fields import KeyField, at_most
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, WholeField, choices
from compliance.vocabulary import Modality

MODALITIES = [(one.value, one.label) for one in Modality]
MOST_DAYS = 60


class StartForm(Form):
    """Which programme, and from when: enough to propose the rest. Sent by GET."""

    class Meta(Form.Meta):
        csrf = False

    version_id = KeyField("Programme", [Needed("Choisissez un programme publié.")])
    starts_on = DayField("Premier jour", [Needed("Choisissez le premier jour.")])
    days = WholeField("Nombre de jours", description="Celui du programme, si vous laissez vide.")

    def validate_days(self, field: WholeField) -> None:
        """A sensible number of days."""
        if field.data is not None and not 1 <= field.data <= MOST_DAYS:
            raise ValidationError(f"De 1 à {MOST_DAYS} jours.")

    @property
    def is_asked(self) -> bool:
        """Whether it was sent, and each field is right."""
        return bool(self.version_id.raw_data and self.starts_on.raw_data) and self.validate()


class CohortForm(Form):
    """What a cohort says of itself, its days apart."""

    title = StringField("Intitulé", [Needed("Donnez un intitulé à la session."), at_most(200)])
    modality = SelectField("Modalité", choices=choices(MODALITIES))
    place_id = KeyField("Lieu")
    remote_url = StringField(
        "Lien de connexion", [at_most(300)], description="Pour les demi-journées à distance."
    )
    practical_info = TextAreaField(
        "Informations pratiques",
        [at_most(4000)],
        description="Accès, repas, ce qu’il faut apporter : la convocation les reprend.",
    )
    is_alternance = BooleanField("Formation en alternance")
    has_work_placement = BooleanField("Avec une période en entreprise")
    has_subcontracting = BooleanField("Une partie est confiée à un sous-traitant")

    def values(self) -> dict[str, Any]:
        """What the acts take."""
        return {
            "title": self.title.data or "",
            "modality": self.modality.data,
            "place_id": self.place_id.data,
            "remote_url": self.remote_url.data or "",
            "practical_info": self.practical_info.data or "",
            "is_alternance": self.is_alternance.data,
            "has_work_placement": self.has_work_placement.data,
            "has_subcontracting": self.has_subcontracting.data,
        }


class VersionForm(Form):
    """Another version of the programme for this cohort."""

    version_id = KeyField("Programme", [Needed("Choisissez un programme publié.")])


class WhyForm(Form):
    """A reason, for an act that needs one."""

    why = TextAreaField("Motif", [Needed("Indiquez le motif."), at_most(300)])
