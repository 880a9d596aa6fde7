"""Leaving a cohort, being replaced, and why."""

from wtforms import RadioField, TextAreaField

from admin_app.cohorts.forms.enrolments import PersonForm
from admin_app.cohorts.forms.fields import at_most
from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, choices


class LeaveForm(Form):
    """A trainee leaves."""

    on = DayField(
        "Ne participe plus à partir du",
        [Needed("Depuis quel jour ?")],
        description="Avant le premier jour c’est un désistement, ensuite un abandon.",
    )
    reason = TextAreaField(
        "Motif", [at_most(500)], description="Sans détail de santé : « raison personnelle » suffit."
    )


class ReasonForm(Form):
    """Why a trainee dropped out, or that nothing could be learnt."""

    was_given = RadioField(
        "La personne a-t-elle donné un motif ?",
        choices=choices([("yes", "Oui"), ("no", "Non, malgré nos sollicitations")]),
        default="yes",
    )
    reason = TextAreaField(
        "Motif, ou relances faites",
        [Needed("Indiquez le motif, ou quand et comment vous avez relancé."), at_most(500)],
        description="Sans détail de santé : « raison personnelle » suffit.",
    )


class ReplaceForm(PersonForm):
    """Someone comes instead."""

    on = DayField("Annoncé le", [Needed("Quel jour ?")])
    reason = TextAreaField("Motif du remplacement", [Needed("Indiquez le motif."), at_most(500)])
