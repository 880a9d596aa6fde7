"""The forms of risks."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, choices
from admin_app.quality.fields import LONG, OwnerForm, short
from admin_app.quality.risks.models import Risk
from admin_app.quality.risks.operations import Approved, Described, Pointed, Rated
from admin_app.quality.risks.words import DOMAINS, FACT_KINDS, IMPACTS, LIKELIHOODS


def _degrees(scale: dict[int, str]) -> list[Any]:
    return choices((str(value), f"{value} – {words}") for value, words in scale.items())


def _degree(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 3 else 0


class RateForm(Form):
    """How a risk is rated."""

    on = DayField("Le", [Needed("Indiquez le jour.")])
    likelihood = RadioField(
        "Vraisemblance",
        [Needed("Choisissez un degré.")],
        choices=_degrees(LIKELIHOODS),
        validate_choice=False,
    )
    impact = RadioField(
        "Gravité pour la formation",
        [Needed("Choisissez un degré.")],
        choices=_degrees(IMPACTS),
        validate_choice=False,
    )
    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi cette cotation."), *LONG])

    def rated(self) -> Rated:
        """What was typed."""
        return Rated(
            on=self.on.data,
            likelihood=_degree(self.likelihood.data),
            impact=_degree(self.impact.data),
            why=self.why.data or "",
        )


class DescribeForm(OwnerForm):
    """What a risk is, and who watches it."""

    title = StringField("Ce qui pourrait arriver", [Needed("Donnez un titre."), *short(200)])
    domain = SelectField(
        "Domaine",
        [Needed("Choisissez un domaine.")],
        choices=asked(DOMAINS),
        validate_choice=False,
    )
    causes = TextAreaField("Pourquoi cela arriverait", LONG)
    effects = TextAreaField("Ce que cela ferait aux formations", LONG)

    def described(self) -> Described:
        """What was typed."""
        texts = ("title", "domain", "causes", "effects", "owner_name")
        typed: dict[str, Any] = {name: self[name].data or "" for name in texts}
        return Described(**typed, owner_id=self.owner_id.data or 0)


class WriteForm(DescribeForm, RateForm):
    """A risk that is written down, with its first rating."""


class MeasureForm(OwnerForm):
    """What is done against a risk."""

    words = TextAreaField("La mesure", [Needed("Dites ce qui est fait."), *LONG])
    due_on = DayField("En place pour le")


class MeasureDoneForm(Form):
    """How a measure is in place."""

    on = DayField("En place depuis le", [Needed("Indiquez le jour.")])
    words = TextAreaField("Ce qui est en place", [Needed("Dites ce qui est en place."), *LONG])


class EndForm(Form):
    """Why a measure is given up, or a risk closed."""

    on = DayField("Le", [Needed("Indiquez le jour.")])
    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), *LONG])


class FactForm(Form):
    """A fact that shows a risk."""

    fact_kind = SelectField(
        "De quoi s’agit-il",
        [Needed("Choisissez.")],
        choices=asked(FACT_KINDS),
        validate_choice=False,
    )
    fact_reference = StringField("Référence", short(60))
    fact_words = StringField("En quelques mots", short(300))
    on = DayField("Survenu le")

    def pointed(self) -> Pointed:
        """What was typed."""
        return Pointed(
            kind=self.fact_kind.data or "",
            reference=(self.fact_reference.data or "").split(" – ")[0],
            words=self.fact_words.data or "",
            on=self.on.data,
        )


class ApproveForm(Form):
    """The analysis as a whole."""

    on = DayField("Approuvée le", [Needed("Indiquez le jour.")])
    present = StringField("Avec qui", [Needed("Dites qui était là."), *short(500)])
    method = TextAreaField(
        "Comment elle a été menée", [Needed("Dites comment l’analyse a été menée."), *LONG]
    )
    conclusions = TextAreaField("Conclusions", [Needed("Écrivez ce que vous concluez."), *LONG])

    def approved(self) -> Approved:
        """What was typed."""
        return Approved(
            on=self.on.data,
            present=self.present.data or "",
            method=self.method.data or "",
            conclusions=self.conclusions.data or "",
        )


def card_of(row: Risk) -> dict[str, Any]:
    """What the form of a known risk starts with."""
    names = ("title", "domain", "causes", "effects")
    owner = {"owner_id": row.owner_id or 0, "owner_name": "" if row.owner_id else row.owner_name}
    return {name: getattr(row, name) for name in names} | owner
