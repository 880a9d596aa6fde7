"""What is asked of trainers, trainees and the office about attendance."""

from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.attendance import operations
from admin_app.attendance.models import Mark, RemoteFollowUp
from admin_app.attendance.operations import MarkInput
from admin_app.attendance.queries import Scene
from admin_app.cohorts.models import Enrolment, HalfDay
from admin_app.core.drawing import parse
from admin_app.core.pages.forms import Form, Needed, WholeField, choices
from admin_app.core.received import the_key
from compliance.vocabulary import MarkState

NOT_MEDICAL = "Quelques mots, sans détail médical."
STATES = [
    (MarkState.PRESENT.value, "Présence"),
    (MarkState.LATE.value, "Retard"),
    (MarkState.LEFT_EARLY.value, "Départ avant la fin"),
    (MarkState.LATE_AND_LEFT_EARLY.value, "Retard et départ avant la fin"),
    (MarkState.ABSENT.value, "Absence"),
]


def at_most(number: int) -> Length:
    """A limit, said in French."""
    return Length(max=number, message=f"{number} caractères au plus.")


class SignForm(Form):
    """A signature, drawn or typed; the reason when it comes after the fact."""

    drawn = HiddenField("Signature")
    typed = StringField("Prénom et nom")
    late_reason = TextAreaField(
        "Pourquoi signez-vous maintenant, et pas sur le moment ?", [at_most(300)]
    )

    def ink(self) -> dict[str, Any]:
        """The signature as the acts want it.

        Raises:
            Refused: what was drawn cannot be read.
        """
        strokes = parse(self.drawn.data or "")
        return {
            "way": "drawn" if strokes else "typed",
            "strokes": strokes,
            "typed_name": self.typed.data or "",
            "late_reason": self.late_reason.data or "",
        }


class CloseForm(SignForm):
    """The trainer's signature and what goes with the closing."""

    incident = TextAreaField(
        "Un incident à signaler",
        [at_most(500)],
        description="Matériel, horaires, ambiance… Le bureau le lira. Sans détail médical.",
    )
    left_unsigned = SelectMultipleField(
        "Clore sans leur signature",
        coerce=the_key,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Cochez chaque nom. La personne pourra signer plus tard par son lien, "
        "en disant pourquoi ; la signature sera dite « régularisée ».",
    )
    before_end = BooleanField("Je clos avant l’heure prévue")

    def prepare(self, scene: Scene, *, is_early: bool) -> None:
        """Offer the names of those who have not signed; ask to confirm a closing before time."""
        self.left_unsigned.choices = choices((one.id, one.name) for one in scene.unsigned)
        self.is_early = is_early

    def validate_before_end(self, field: BooleanField) -> None:
        """An early closing is confirmed, and explained."""
        if not self.is_early:
            return
        if not field.data:
            raise ValidationError("La demi-journée n’est pas finie : confirmez la clôture.")
        if not (self.incident.data or "").strip():
            raise ValidationError("Dites plus bas ce qui vous fait clore avant l’heure.")


class MarkForm(Form):
    """What is noted of one trainee."""

    state = RadioField("Cette demi-journée", [Needed("Choisissez.")], choices=choices(STATES))
    minutes_late = WholeField("Minutes de retard")
    minutes_early = WholeField("Minutes manquées à la fin")
    reason = StringField("Motif", [at_most(300)], description=NOT_MEDICAL)
    sets_aside = BooleanField("Écarter sa signature : cette personne n’était pas là")

    def fill(self, mark: Mark | None) -> None:
        """Show what is noted already, unless the form was sent."""
        if mark is None or self.is_submitted():
            return
        self.state.data = mark.state
        self.minutes_late.data = mark.minutes_late or None
        self.minutes_early.data = mark.minutes_early or None
        self.reason.data = mark.reason

    def note(self, half_day: HalfDay, enrolment_id: int, **act: Any) -> int:
        """Note it.

        Raises:
            Refused: see `operations.mark`.
        """
        return operations.mark(half_day, {enrolment_id: self.wanted()}, **act)

    def wanted(self) -> MarkInput:
        """What to note."""
        return MarkInput(
            MarkState(self.state.data),
            self.minutes_late.data or 0,
            self.minutes_early.data or 0,
            self.reason.data or "",
            bool(self.sets_aside.data),
        )


class CorrectForm(MarkForm):
    """A correction, with why."""

    why = TextAreaField(
        "Pourquoi corrigez-vous ?",
        [Needed("Dites pourquoi vous corrigez."), at_most(500)],
        description="Imprimé sur la feuille, à côté de l’ancien pointage. Sans détail médical.",
    )

    def correct(self, half_day: HalfDay, enrolment: Enrolment, **act: Any) -> bool:
        """Correct it; False when nothing differs.

        Raises:
            Refused: see `operations.correct`.
        """
        why = self.why.data or ""
        done = operations.correct(half_day, enrolment, self.wanted(), why=why, **act)
        return done is not None


class ReopenForm(Form):
    """A reopening, with why."""

    why = TextAreaField(
        "Pourquoi rouvrez-vous cette demi-journée ?",
        [Needed("Dites pourquoi vous rouvrez cette demi-journée."), at_most(500)],
        description="Imprimé sur la feuille. Sans détail médical.",
    )


class AbsenceForm(Form):
    """Why someone was absent, or that they did not answer."""

    reason = StringField("Motif de l’absence", [at_most(300)], description=NOT_MEDICAL)
    is_unanswered = BooleanField("La personne a été sollicitée et n’a pas répondu")

    def fill(self, mark: Mark | None) -> None:
        """Show what is noted already, unless the form was sent."""
        if mark is not None and not self.is_submitted():
            self.reason.data, self.is_unanswered.data = mark.reason, mark.asked_at is not None

    def note(self, half_day: HalfDay, enrolment_id: int, **act: Any) -> Mark:
        """Note it.

        Raises:
            Refused: see `operations.record_absence_reason`.
        """
        return operations.record_absence_reason(
            half_day,
            enrolment_id,
            reason=self.reason.data or "",
            is_unanswered=bool(self.is_unanswered.data),
            **act,
        )


class FollowUpForm(Form):
    """How someone followed at a distance."""

    activities = TextAreaField(
        "Travail fait ou rendu",
        [Needed("Dites quel travail a été fait ou rendu, et quand."), at_most(1000)],
        description="Quoi, et quand : un exercice rendu, une étude de cas, un quiz. "
        "Sans détail médical.",
    )
    exchanges = TextAreaField(
        "Échanges avec la formatrice ou le formateur",
        [Needed("Dites quels échanges ont eu lieu, et quand."), at_most(1000)],
        description="Messages, appels, corrections, avec leurs dates. Un relevé de connexions "
        "ne suffit pas.",
    )

    def note(self, enrolment: Enrolment, **act: Any) -> RemoteFollowUp:
        """Note it.

        Raises:
            Refused: see `operations.record_remote_follow_up`.
        """
        return operations.record_remote_follow_up(
            enrolment,
            activities=self.activities.data or "",
            exchanges=self.exchanges.data or "",
            **act,
        )


class ActForm(Form):
    """A mere button."""
