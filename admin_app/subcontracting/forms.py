"""The forms of subcontracting."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, named, offered
from admin_app.core.received import the_key
from admin_app.people.forms import DetailsForm, FiledForm
from admin_app.subcontracting.operations import (
    ContractDetails,
    EvaluationDetails,
    ProofDetails,
    SubcontractorDetails,
)
from admin_app.subcontracting.words import KINDS, PROOFS, STATES, VERDICTS
from compliance.clauses import Clause


def _most(limit: int) -> Length:
    return Length(max=limit, message="%(max)d caractères au plus.")


LONG = _most(5_000)


class SubcontractorForm(DetailsForm):
    """A subcontractor."""

    name = StringField("Nom", [Needed("Indiquez le nom."), _most(200)])
    kind = RadioField("Sorte", [Needed("Choisissez.")], choices=named(KINDS), validate_choice=False)
    siret = StringField("SIRET", [_most(30)])
    activity_number = StringField("Numéro de déclaration d’activité", [_most(30)])
    contact = StringField("Contact", [_most(200)], description="Nom, adresse e-mail ou téléphone.")
    added_on = DayField(
        "Travaille avec nous depuis le",
        [Needed("Indiquez le jour.")],
        description="Contrat, clauses et justificatifs sont attendus à partir de ce jour.",
    )

    def details(self) -> SubcontractorDetails:
        """What was typed."""
        return SubcontractorDetails(**self.typed(SubcontractorDetails))


class ContractForm(FiledForm):
    """A signed contract."""

    signed_on = DayField("Signé le", [Needed("Indiquez le jour.")])
    starts_on = DayField("Commence le", [Needed("Indiquez le jour.")])
    ends_on = DayField("Finit le", description="Vide : sans fin. Liasse prévient à l’échéance.")
    missions = TextAreaField("Ce qui est confié", [Needed("Écrivez ce qui est confié."), LONG])

    def details(self) -> ContractDetails:
        """What was typed."""
        return ContractDetails(**self.typed(ContractDetails))


class ProofForm(FiledForm):
    """A proof."""

    kind = SelectField(
        "Justificatif",
        [Needed("Choisissez.")],
        choices=asked(PROOFS),
        validate_choice=False,
    )
    obtained_on = DayField("Recueilli le", [Needed("Indiquez le jour.")])
    valid_until = DayField(
        "Valable jusqu’au", description="Le dernier jour. Vide : sans limite écrite."
    )
    beside_why = StringField(
        "Sans objet, parce que",
        [_most(300)],
        description="Seulement si ce justificatif n’est pas demandé à ce sous-traitant.",
    )

    def details(self) -> ProofDetails:
        """What was typed."""
        return ProofDetails(**self.typed(ProofDetails))


class EvaluationForm(DetailsForm):
    """The evaluation of a year."""

    held_on = DayField("Menée le", [Needed("Indiquez le jour.")])
    held_by = StringField("Par", [Needed("Indiquez qui l’a menée."), _most(120)])
    observations = TextAreaField(
        "Ce qui a été vu",
        [Needed("Écrivez ce qui a été vu."), LONG],
        description="Retours des stagiaires et des clients, séances observées, pièces remises…",
    )
    verdict = RadioField(
        "Décision", [Needed("Choisissez.")], choices=named(VERDICTS), validate_choice=False
    )
    follow_up = TextAreaField("Suite donnée", [LONG])

    def details(self) -> EvaluationDetails:
        """What was typed."""
        return EvaluationDetails(**self.typed(EvaluationDetails))


class TrainerForm(Form):
    """A trainer that it sends."""

    trainer_id = SelectField(
        "Intervenant",
        coerce=the_key,
        default=0,
        validate_choice=False,
        description="Parmi les formateurs en sous-traitance ou en portage, sans rattachement.",
    )

    def offer(self, trainers: list[tuple[int, str]]) -> None:
        """Propose the trainers."""
        self.trainer_id.choices = offered(trainers)


class WhyForm(Form):
    """A reason."""

    why = StringField("Pourquoi", [Needed("Indiquez pourquoi."), _most(300)])


def clauses_form(clauses: tuple[Clause, ...]) -> Any:
    """The form that asks for each of these clauses: its state and where it is written."""
    fields: dict[str, Any] = {"on": DayField("Vérifiées le", [Needed("Indiquez le jour.")])}
    for one in clauses:
        states = {key: word for key, word in STATES.items() if one.optional or key != "beside"}
        fields[f"{one.key}_state"] = RadioField(
            one.question,
            [Needed("Dites si la clause est écrite.")],
            choices=named(states),
            validate_choice=False,
        )
        fields[f"{one.key}_where"] = StringField(
            "Où (article, page), ou pourquoi elle est sans objet" if one.optional else "Où",
            [_most(300)],
        )
    return type("ClausesForm", (Form,), fields)


def answers_of(form: Any, clauses: tuple[Clause, ...]) -> dict[str, dict[str, str]]:
    """What was typed of each clause."""
    return {
        one.key: {
            "state": form[f"{one.key}_state"].data or "",
            "where": form[f"{one.key}_where"].data or "",
        }
        for one in clauses
    }
