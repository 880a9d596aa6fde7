"""The forms of programmes. The contents are parts that are added, moved and removed by buttons."""

from datetime import datetime
from typing import Any

from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.core import clock
from admin_app.core.pages import Form
from admin_app.core.pages.forms import (
    DayField,
    DurationField,
    EurosField,
    LinesField,
    Needed,
    WholeField,
    choices,
)
from admin_app.core.received import key_of, the_key
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.operations.upkeep import ResourcesDetails
from admin_app.programmes.text import NAMES, Part, ProgrammeText, text_of
from admin_app.programmes.words import MODALITIES, PRICE_BASES, RECOGNITIONS, RUBRICS

TOO_LONG = "Pas plus de %(max)d caractères."
LONG_TEXT = 10_000
MOST_PARTS = 100


class PartForm(PlainForm):
    """A part of the contents."""

    class Meta:
        locales = ("fr_FR", "fr")

    day = WholeField("Jour", default=1)
    title = StringField("Titre", [Length(max=300, message=TOO_LONG)])
    points = LinesField("Points abordés")

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it."""
        return not (self.title.data or "").strip() and not self.points.data


def _long(name: str, **options: Any) -> TextAreaField:
    return TextAreaField(RUBRICS[name], [Length(max=LONG_TEXT, message=TOO_LONG)], **options)


class DraftForm(Form):
    """Everything that a version tells; only the title is needed to save a draft."""

    title = StringField(
        RUBRICS["title"],
        [Needed("Donnez un intitulé à la formation."), Length(max=200, message=TOO_LONG)],
    )
    summary = _long("summary")
    audience = _long("audience")
    prerequisites = _long("prerequisites")
    objectives = LinesField(RUBRICS["objectives"])
    contents = FieldList(FormField(PartForm), "Contenu, jour par jour", max_entries=MOST_PARTS)
    duration_minutes = DurationField(RUBRICS["duration_minutes"])
    days = WholeField(RUBRICS["days"])
    modality = SelectField(RUBRICS["modality"], choices=choices(MODALITIES))
    methods = _long("methods")
    means = _long("means")
    assessment = _long("assessment")
    monitoring = _long("monitoring")
    recognition = SelectField(
        RUBRICS["recognition"], choices=choices([("", "à choisir"), *RECOGNITIONS.items()])
    )
    recognition_details = _long("recognition_details")
    price = EurosField(RUBRICS["price"])
    price_basis = SelectField(RUBRICS["price_basis"], choices=choices(PRICE_BASES))
    price_details = _long("price_details")
    financing = _long("financing")
    access_delay = _long("access_delay")
    access_terms = _long("access_terms")
    accessibility = _long("accessibility")
    contact = _long("contact")
    required_skills = LinesField(RUBRICS["required_skills"])
    trainers = SelectMultipleField(
        RUBRICS["trainers"],
        coerce=the_key,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        choices=[],
    )
    change_note = TextAreaField(
        "Ce qui change depuis la version précédente", [Length(max=2000, message=TOO_LONG)]
    )
    seen = HiddenField()

    def __init__(self, *args: Any, trainers: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.trainers.choices = choices(trainers)

    @property
    def text(self) -> ProgrammeText:
        """What was typed, parts without any word left out."""
        values = {name: self[name].data for name in NAMES if name != "contents"}
        for name in ("objectives", "required_skills"):
            values[name] = tuple(values[name] or ())
        for name, value in values.items():
            if isinstance(value, str):
                values[name] = value.replace("\r\n", "\n").strip()
        return ProgrammeText(contents=self.parts, **values)

    @property
    def seen_at(self) -> datetime | None:
        """The saving that the writer started from."""
        try:
            return datetime.fromisoformat(self.seen.data or "")
        except ValueError:
            return None

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the contents that say something."""
        return tuple(
            Part(one.day.data or 1, (one.title.data or "").strip(), tuple(one.points.data or ()))
            for one in (entry.form for entry in self.contents)
            if not one.is_empty
        )

    def arrange(self, order: str) -> bool:
        """Do what a button of the contents asks: `add`, `up-2`, `down-2`, `remove-2`.

        Returns:
            Whether it was such an order; nothing is saved by it.
        """
        act, _, rank = order.partition("-")
        kept = [self._typed(entry.form) for entry in self.contents]
        at = key_of(rank)
        at = at if at is not None and at < len(kept) else None
        if act == "add":
            last = kept[-1]["day"] if kept else 1
            kept.append({"day": last, "title": "", "points": []})
        elif at is None or act not in {"up", "down", "remove"}:
            return False
        elif act == "remove":
            kept.pop(at)
        else:
            to = max(0, at - 1) if act == "up" else min(len(kept) - 1, at + 1)
            kept.insert(to, kept.pop(at))
        self._set_parts(kept)
        return True

    def show_empty_part(self) -> None:
        """Leave room to write when there is no part yet."""
        if not self.contents.entries:
            self._set_parts([{"day": 1, "title": "", "points": []}])

    def _typed(self, one: PartForm) -> dict[str, Any]:
        return {
            "day": one.day.data or 1,
            "title": one.title.data or "",
            "points": one.points.data or [],
        }

    def _set_parts(self, parts: list[dict[str, Any]]) -> None:
        while self.contents.entries:
            self.contents.pop_entry()
        for part in parts[:MOST_PARTS]:
            self.contents.append_entry(part)


class CreateForm(Form):
    """A new programme: its name; the rest is written in its draft."""

    reference = StringField(
        "Référence", [Needed("Donnez une référence courte."), Length(max=30, message=TOO_LONG)]
    )
    title = StringField(
        RUBRICS["title"],
        [Needed("Donnez un intitulé à la formation."), Length(max=200, message=TOO_LONG)],
    )
    is_public = BooleanField("Au catalogue public, une fois publiée", default=True)


class PublishForm(Form):
    """From which day a version is in force."""

    in_force_from = DayField("En vigueur à partir du", [Needed("Choisissez un jour.")])


class NewVersionForm(Form):
    """Why a new version is prepared."""

    note = TextAreaField(
        "Ce qui va changer",
        [Needed("Dites en une phrase ce qui va changer."), Length(max=2000, message=TOO_LONG)],
    )


class ConditionsForm(Form):
    """What the cohorts of a programme are by default."""

    is_alternance = BooleanField("Formation en alternance")
    has_work_placement = BooleanField("Avec une période en situation de travail")


class ResourcesForm(Form):
    """A look at the teaching resources of a programme."""

    reviewed_on = DayField("Revues le", [Needed("Indiquez le jour.")])
    reviewed_by = StringField(
        "Par", [Needed("Indiquez qui les a revues."), Length(max=150, message=TOO_LONG)]
    )
    looked_at = TextAreaField(
        "Ce qui a été regardé",
        [Needed("Écrivez ce qui a été regardé."), Length(max=6000, message=TOO_LONG)],
    )
    decisions = TextAreaField(
        "Ce qui en sort",
        [Needed("Écrivez ce qui en sort."), Length(max=6000, message=TOO_LONG)],
    )

    def details(self) -> ResourcesDetails:
        """What was typed."""
        return ResourcesDetails(
            reviewed_on=self.reviewed_on.data,
            reviewed_by=self.reviewed_by.data or "",
            looked_at=self.looked_at.data or "",
            decisions=self.decisions.data or "",
        )


class OnDayForm(Form):
    """A day to look at (sent by GET)."""

    class Meta(Form.Meta):
        csrf = False

    jour = DayField("Au")


def draft_form(version: ProgrammeVersion, trainers: list[tuple[int, str]]) -> DraftForm:
    """The form of a draft, filled with what it says."""
    text = text_of(version)
    values = text.as_dict() | {
        "objectives": list(text.objectives),
        "required_skills": list(text.required_skills),
        "contents": version.contents,
        "trainers": [one.trainer_id for one in version.trainers],
        "change_note": version.change_note,
        "seen": version.saved_at.isoformat() if version.saved_at else "",
    }
    return DraftForm(trainers=trainers, data=values)


def publish_form() -> PublishForm:
    """Publishing, today unless another day is chosen."""
    return PublishForm(data={"in_force_from": clock.today()})
