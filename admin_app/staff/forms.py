"""The forms of the team."""

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, DurationField, Needed, WholeField, asked, offered
from admin_app.core.received import the_key
from admin_app.people.forms import DetailsForm, FiledForm
from admin_app.people.words import DEVELOPMENT_KINDS
from admin_app.staff.operations import (
    ApprovalDetails,
    DevelopmentDetails,
    MeetingDetails,
    MemberDetails,
    PlanDetails,
    ReviewDetails,
    RoleDetails,
)
from admin_app.staff.words import ROLES


def _most(limit: int) -> Length:
    return Length(max=limit, message="%(max)d caractères au plus.")


LONG = _most(5_000)


class MemberForm(DetailsForm):
    """Someone of the team."""

    name = StringField("Prénom et nom", [Needed("Indiquez le nom."), _most(120)])
    role = StringField("Fonction", [Needed("Indiquez la fonction."), _most(150)])
    since = DayField("Dans l’équipe depuis le", [Needed("Indiquez le jour.")])
    trainer_id = SelectField(
        "Sa fiche de formateur",
        coerce=the_key,
        default=0,
        validate_choice=False,
        description="Si cette personne intervient aussi en formation.",
    )

    def offer(self, trainers: list[tuple[int, str]]) -> None:
        """Propose the trainers."""
        self.trainer_id.choices = offered(trainers, "Aucune")

    def details(self) -> MemberDetails:
        """What was typed."""
        return MemberDetails(**self.typed(MemberDetails))


class LeaveForm(Form):
    """The day someone left."""

    on = DayField(
        "Premier jour hors de l’équipe",
        [Needed("Indiquez le jour.")],
        description="À partir de ce jour, plus rien n’est attendu pour cette personne.",
    )


class RoleForm(DetailsForm):
    """Who holds a role."""

    kind = SelectField(
        "Rôle",
        [Needed("Choisissez le rôle.")],
        choices=asked(ROLES),
        validate_choice=False,
    )
    title = StringField(
        "Nom du rôle dans la maison",
        [_most(150)],
        description="Nécessaire pour un autre rôle ; sinon, pour le préciser.",
    )
    member_id = SelectField(
        "Tenu par", coerce=the_key, default=0, validate_choice=False, description="Dans l’équipe."
    )
    holder = StringField(
        "Ou une autre personne", [_most(120)], description="Un intervenant extérieur, par exemple."
    )
    missions = TextAreaField("Missions", [Needed("Écrivez les missions."), LONG])
    stand_in = StringField(
        "Suppléance", [_most(120)], description="Qui prend le relais en cas d’absence."
    )
    since = DayField("Depuis le", [Needed("Indiquez le jour.")])

    def offer(self, members: list[tuple[int, str]]) -> None:
        """Propose those of the team."""
        self.member_id.choices = offered(members)

    def details(self) -> RoleDetails:
        """What was typed."""
        return RoleDetails(**self.typed(RoleDetails))


class WhyForm(Form):
    """A reason."""

    why = StringField("Pourquoi", [Needed("Indiquez pourquoi."), _most(300)])


class ApprovalForm(DetailsForm):
    """The approval of the chart."""

    approved_on = DayField("Approuvé le", [Needed("Indiquez le jour.")])
    approved_by = StringField("Par", [Needed("Indiquez qui l’approuve."), _most(120)])
    note = TextAreaField("Ce qui change", [LONG])

    def details(self) -> ApprovalDetails:
        """What was typed."""
        return ApprovalDetails(**self.typed(ApprovalDetails))


class MeetingForm(DetailsForm):
    """A meeting."""

    held_on = DayField("Tenue le", [Needed("Indiquez le jour.")])
    present = StringField(
        "Présents",
        [Needed("Dites qui était là."), _most(500)],
        description="Formateurs extérieurs compris.",
    )
    points = TextAreaField("Points abordés", [Needed("Écrivez ce qui a été abordé."), LONG])
    decisions = TextAreaField("Décisions", [Needed("Écrivez ce qui a été décidé."), LONG])

    def details(self) -> MeetingDetails:
        """What was typed."""
        return MeetingDetails(**self.typed(MeetingDetails))


class PlanForm(DetailsForm):
    """The plan of a year."""

    year = WholeField("Année", [Needed("Indiquez l’année.")])
    decided_on = DayField("Arrêté le", [Needed("Indiquez le jour.")])
    needs = TextAreaField(
        "Besoins vus",
        [Needed("Écrivez les besoins vus."), LONG],
        description="Entretiens, retours des stagiaires, nouvelles formations, veille…",
    )
    actions = TextAreaField(
        "Ce qui est prévu",
        [Needed("Écrivez ce qui est prévu."), LONG],
        description="Une action par ligne : pour qui, quoi, quand.",
    )

    def details(self) -> PlanDetails:
        """What was typed."""
        return PlanDetails(**(self.typed(PlanDetails) | {"year": self.year.data}))


class ReviewForm(DetailsForm):
    """A professional review."""

    held_on = DayField("Tenu le", [Needed("Indiquez le jour.")])
    held_by = StringField("Mené par", [Needed("Indiquez qui l’a mené."), _most(120)])
    exchanged = TextAreaField(
        "Ce qui a été échangé",
        [Needed("Écrivez ce qui a été échangé."), LONG],
        description="Reste dans la maison : l’auditeur n’en voit que la date.",
    )
    decisions = TextAreaField(
        "Suites décidées",
        [Needed("Écrivez ce qui est décidé."), LONG],
        description="Formation, évolution, accompagnement ; ou « aucune suite », et pourquoi.",
    )

    def details(self) -> ReviewDetails:
        """What was typed."""
        return ReviewDetails(**self.typed(ReviewDetails))


class DevelopmentForm(FiledForm):
    """Something done to keep skills up."""

    kind = SelectField(
        "De quoi s’agit-il ?",
        [Needed("Choisissez de quoi il s’agit.")],
        choices=asked(DEVELOPMENT_KINDS),
        validate_choice=False,
    )
    title = StringField("Intitulé", [Needed("Indiquez l’intitulé."), _most(200)])
    done_on = DayField("Terminé le", [Needed("Indiquez le jour.")])
    minutes = DurationField("Durée", description="« 7 h » ou « 3 h 30 »")
    effect = TextAreaField(
        "Ce que cela change dans son travail", [Needed("Écrivez ce que cela change."), LONG]
    )

    def details(self) -> DevelopmentDetails:
        """What was typed."""
        typed = self.typed(DevelopmentDetails) | {"minutes": self.minutes.data}
        return DevelopmentDetails(**typed)
