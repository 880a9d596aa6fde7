"""Who teaches a cohort and who buys it."""

from wtforms import SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.cohorts.forms.fields import KeyField, at_most
from admin_app.core.pages import Form
from admin_app.core.pages.forms import EurosField, Needed
from admin_app.core.received import the_key


class AssignForm(Form):
    """A trainer for this cohort."""

    trainer_id = KeyField("Formateur ou formatrice", [Needed("Choisissez qui intervient.")])
    reason = TextAreaField(
        "Motif, si une compétence requise n’est pas établie",
        [at_most(500)],
        description="Par exemple : habilitation en cours de renouvellement, binôme avec…",
    )


class ExplainForm(Form):
    """Why a trainer teaches without a required skill."""

    reason = TextAreaField("Motif", [Needed("Indiquez pourquoi ce choix."), at_most(500)])


class SponsorForm(Form):
    """A client of this cohort: the price agreed, and whom to write to."""

    price = EurosField("Prix convenu", description="Pour ce client, dans les termes du programme.")
    contact_id = KeyField("Contact pour cette session")


class FundersForm(Form):
    """Who funds a cohort."""

    funders = SelectMultipleField(
        "Financeurs de la session",
        coerce=the_key,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
