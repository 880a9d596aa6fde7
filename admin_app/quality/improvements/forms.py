"""The forms of improvements."""

from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, asked, choices, named
from admin_app.quality.fields import LONG, OwnerForm, short
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.operations import Check, Held, Plan
from admin_app.quality.improvements.words import EFFECTIVE, KINDS
from admin_app.quality.origins import KINDS as ORIGINS


class _PlanForm(OwnerForm):
    title = StringField("Titre", [Needed("Donnez un titre."), *short(200)])
    kind = RadioField(
        "Nature", [Needed("Choisissez.")], choices=named(KINDS), validate_choice=False
    )
    cause = TextAreaField("Cause", LONG)
    action = TextAreaField("Ce qui sera fait", [Needed("Dites ce qui sera fait."), *LONG])
    created_on = DayField("Décidée le", [Needed("Indiquez le jour.")])
    due_on = DayField("À mener pour le", [Needed("Indiquez pour quand.")])

    def plan(self, **known: Any) -> Plan:
        """What was typed, with what the page knows besides."""
        texts = ("title", "kind", "cause", "action", "owner_name")
        typed: dict[str, Any] = {name: self[name].data or "" for name in texts}
        typed |= {"owner_id": self.owner_id.data or 0}
        typed |= {"created_on": self.created_on.data, "due_on": self.due_on.data}
        return Plan(**(typed | known))


class OpenForm(_PlanForm):
    """An action that is opened, with where it comes from."""

    origin_kind = SelectField(
        "D’où vient-elle",
        [Needed("Dites d’où elle vient.")],
        choices=asked(ORIGINS),
        validate_choice=False,
    )
    origin_reference = StringField("Sa référence", short(60))
    origin_words = StringField("En quelques mots", short(300))
    origin_url = HiddenField()

    def opened(self) -> Plan:
        """What was typed."""
        names = ("origin_kind", "origin_reference", "origin_words", "origin_url")
        return self.plan(**{name: self[name].data or "" for name in names})


class ChangeForm(_PlanForm):
    """An action that is changed; where it comes from stays."""

    why = TextAreaField("Pourquoi elle est reportée", short(500))


class DoneForm(Form):
    """What was done."""

    on = DayField("Menée le", [Needed("Indiquez le jour.")])
    words = TextAreaField("Ce qui a été fait", [Needed("Dites ce qui a été fait."), *LONG])


class EffectForm(Form):
    """Whether what was done had its effect."""

    on = DayField("Vérifié le", [Needed("Indiquez le jour.")])
    how = TextAreaField("Comment", [Needed("Dites comment."), *LONG])
    result = TextAreaField("Ce qui a été vu", [Needed("Dites ce qui a été vu."), *LONG])
    effective = RadioField(
        "L’effet est-il là ?",
        [Needed("Dites si l’effet est là.")],
        choices=choices(EFFECTIVE),
        validate_choice=False,
    )
    next_action = TextAreaField("Ce qui sera fait à la place", LONG)
    next_due_on = DayField("Pour le")
    closes = BooleanField("Clore l’action le même jour", default=True)

    def check(self) -> Check:
        """What was typed."""
        said = {"yes": True, "no": False}
        return Check(
            on=self.on.data,
            how=self.how.data or "",
            result=self.result.data or "",
            is_effective=said.get(self.effective.data or ""),
            closes=self.closes.data,
            next_action=self.next_action.data or "",
            next_due_on=self.next_due_on.data,
        )


class CloseForm(Form):
    """The day of closing."""

    on = DayField("Close le", [Needed("Indiquez le jour.")])


class CancelForm(Form):
    """Why an action is given up."""

    on = DayField("Abandonnée le", [Needed("Indiquez le jour.")])
    why = TextAreaField("Pourquoi", [Needed("Dites pourquoi."), *LONG])


class ReviewForm(Form):
    """A review that was held; its period is that of the figures shown above it."""

    held_on = DayField("Tenue le", [Needed("Indiquez le jour.")])
    present = StringField("Avec qui", [Needed("Dites qui était là."), *short(500)])
    findings = TextAreaField("Constats", [Needed("Écrivez ce qui a été constaté."), *LONG])
    decisions = TextAreaField("Décisions", [Needed("Écrivez ce qui a été décidé."), *LONG])

    def held(self, kind: str, period: tuple[date, date]) -> Held:
        """What was typed."""
        return Held(
            kind=kind,
            held_on=self.held_on.data,
            period_from=period[0],
            period_to=period[1],
            present=self.present.data or "",
            findings=self.findings.data or "",
            decisions=self.decisions.data or "",
        )


def card_of(row: Improvement) -> dict[str, Any]:
    """What the form of a known action starts with."""
    names = ("title", "kind", "cause", "action", "created_on", "due_on")
    owner = {
        "owner_id": row.owner_id or 0,
        "owner_name": "" if row.owner_id else row.owner_name,
    }
    return {name: getattr(row, name) for name in names} | owner
