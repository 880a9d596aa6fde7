"""The half-days of a cohort: as many rows as wanted, arranged before anything is saved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField, StringField
from wtforms import Form as Part
from wtforms.validators import ValidationError

from admin_app.cohorts.forms.cohort import CohortForm
from admin_app.cohorts.forms.fields import KeyField, at_most
from admin_app.cohorts.models import HalfDay
from admin_app.cohorts.schedule import USUAL, HalfDayPlan
from admin_app.core import clock
from admin_app.core.errors import Refused
from admin_app.core.formatting import minutes_as_hours
from admin_app.core.pages import Form
from admin_app.core.pages.forms import ClockField, DayField, Needed, choices
from admin_app.core.received import key_of
from compliance.vocabulary import HalfDayPeriod

PERIODS = [(one.value, one.label) for one in HalfDayPeriod]


class HalfDayForm(Part):
    """One half-day."""

    id = HiddenField()
    day = DayField("Jour", [Needed("Quel jour ?")])
    period = SelectField("Moment", choices=choices(PERIODS))
    starts = ClockField("Début", [Needed("À quelle heure ?")])
    ends = ClockField("Fin", [Needed("À quelle heure ?")])
    theme = StringField("Thème", [at_most(300)])
    is_remote = BooleanField("À distance")
    place_id = KeyField("Lieu")

    def validate_ends(self, field: ClockField) -> None:
        """It ends after it starts: said with whatever else is wrong elsewhere."""
        if self.starts.data and field.data and field.data <= self.starts.data:
            raise ValidationError("L’heure de fin précède celle du début.")

    @property
    def key(self) -> int | None:
        """Which half-day it is, None for one that is not there yet."""
        return key_of(self.id.data)

    @property
    def minutes(self) -> int | None:
        """Its length, when both hours can be read."""
        plan = self.plan()
        return plan.minutes if plan and plan.minutes > 0 else None

    def plan(self) -> HalfDayPlan | None:
        """What was typed, when day, hours and moment can be read."""
        if not (self.day.data and self.starts.data and self.ends.data):
            return None
        if self.period.data not in dict(PERIODS):
            return None
        return HalfDayPlan(
            day=self.day.data,
            starts=self.starts.data,
            ends=self.ends.data,
            theme=(self.theme.data or "").strip(),
            is_remote=bool(self.is_remote.data),
            place_id=self.place_id.data,
            period=HalfDayPeriod(self.period.data),
            id=self.key,
        )


class ScheduleForm(Form):
    """The half-days of a cohort that exists."""

    half_days = FieldList(FormField(HalfDayForm), label="Demi-journées")

    def offer_places(self, places: Sequence[tuple[int, str]]) -> None:
        """The places to choose from in each row."""
        self.places = places
        for row in self.half_days:
            row.form.place_id.offer(places, "celui de la session")

    @property
    def plans(self) -> list[HalfDayPlan]:
        """The half-days that can be read."""
        return [plan for row in self.half_days if (plan := row.form.plan())]

    @property
    def minutes(self) -> int:
        """Their total, in minutes."""
        return sum(row.form.minutes or 0 for row in self.half_days)

    def difference(self, planned: int | None) -> str:
        """How far the total is from the programme's duration (minutes), in words."""
        if planned is None or planned == self.minutes:
            return ""
        gap = minutes_as_hours(abs(planned - self.minutes))
        return f"{gap} de {'moins' if self.minutes < planned else 'plus'} que le programme"

    def arrange(self, order: str) -> bool:
        """Do what a button asks: `add`, `remove-2`, `recompute`. Nothing is saved by it."""
        act, _, rank = order.partition("-")
        rows = [row.form for row in self.half_days]
        if act not in {"add", "remove", "recompute"}:
            return False
        kept = [_typed(row) for at, row in enumerate(rows) if (act, str(at)) != ("remove", rank)]
        if act == "add":
            kept.append(_next_row(self.plans))
        if act != "recompute":
            self.fill(kept)
        return True

    def fill(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show these rows instead."""
        while self.half_days.entries:
            self.half_days.pop_entry()
        for row in rows:
            self.half_days.append_entry(row)
        self.offer_places(getattr(self, "places", ()))

    def refuse(self, refused: Refused) -> None:
        """Show each problem in its own row."""
        outer = [problem for problem in refused.problems if not self._put(problem)]
        for problem in outer:
            super().refuse(problem)

    def _put(self, problem: Refused) -> bool:
        name, _, rest = (problem.field or "").partition("-")
        rank, _, inner = rest.partition("-")
        rows = self.half_days.entries
        if name != "half_days" or (at := key_of(rank)) is None or at >= len(rows):
            return False
        field = rows[at].form[inner]
        field.errors = [*field.errors, problem.message]
        return True


class NewCohortForm(ScheduleForm, CohortForm):
    """A new cohort, its days included."""

    reference = StringField(
        "Référence",
        [Needed("Donnez une référence."), at_most(30)],
        description="Proposée ; elle sert de nom court et ne change plus.",
    )

    def offer_places(self, places: Sequence[tuple[int, str]]) -> None:
        """The places to choose from, for the cohort and in each row."""
        super().offer_places(places)
        self.place_id.offer(places, "aucun")


def row_of(half_day: HalfDay) -> dict[str, Any]:
    """A half-day as the form shows it."""
    return {
        "id": half_day.id,
        "day": half_day.day,
        "period": half_day.period,
        "starts": clock.local(half_day.starts_at).time(),
        "ends": clock.local(half_day.ends_at).time(),
        "theme": half_day.theme,
        "is_remote": half_day.is_remote,
        "place_id": half_day.place_id,
    }


def row_of_plan(plan: HalfDayPlan) -> dict[str, Any]:
    """A planned half-day as the form shows it."""
    return {
        "id": plan.id or "",
        "day": plan.day,
        "period": plan.half.value,
        "starts": plan.starts,
        "ends": plan.ends,
        "theme": plan.theme,
        "is_remote": plan.is_remote,
        "place_id": plan.place_id,
    }


def _typed(row: HalfDayForm) -> dict[str, Any]:
    return {name: field.data for name, field in row._fields.items()}


def _next_row(plans: Sequence[HalfDayPlan]) -> dict[str, Any]:
    """The half-day that usually follows the last one."""
    if not plans:
        day, period = clock.today(), HalfDayPeriod.MORNING
    else:
        last = max(plans, key=lambda plan: plan.starts_at)
        same_day = last.half is HalfDayPeriod.MORNING
        day = last.day if same_day else last.day + timedelta(days=1)
        period = HalfDayPeriod.AFTERNOON if same_day else HalfDayPeriod.MORNING
    starts, ends = USUAL[period]
    plan = HalfDayPlan(day, starts, ends, period=period)
    return row_of_plan(replace(plan, is_remote=bool(plans) and plans[-1].is_remote))
