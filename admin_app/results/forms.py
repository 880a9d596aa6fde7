"""Forms of results."""

from datetime import date, timedelta
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    FieldList,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from admin_app.core.pages import Form
from admin_app.core.pages.forms import DayField, Needed, WholeField, asked, choices
from admin_app.core.uploads import Upload, read_upload
from admin_app.results.operations import (
    AuthorisationDetails,
    MatchDetails,
    PlannedDetails,
    SheetDetails,
)
from admin_app.results.operations.certification import FILE_KINDS
from admin_app.results.operations.planned import LABELS
from admin_app.results.words import AUTHORISATION_KINDS


def _long(limit: int) -> Length:
    return Length(max=limit, message=f"{limit} caractères au plus.")


def last_twelve_months(today: date) -> tuple[date, date]:
    """The twelve months that end with the last whole one, days inclusive."""
    last = today.replace(day=1) - timedelta(days=1)
    begins = date(last.year - 1, last.month, 1)
    first = (begins + timedelta(days=32)).replace(day=1)
    return first, last


class PeriodForm(Form):
    """Which period is looked at (sent by GET)."""

    class Meta(Form.Meta):
        csrf = False

    du = DayField("Du")
    au = DayField("Au")

    def period(self, today: date) -> tuple[date, date]:
        """The days asked for, inclusive; the last twelve whole months when they do not hold."""
        self.validate()
        first, last = last_twelve_months(today)
        first, last = self.du.data or first, self.au.data or last
        if first > last:
            self.au.errors = [*self.au.errors, "La période finit avant de commencer."]
            return last_twelve_months(today)
        return first, last

    def show(self, first: date, last: date) -> None:
        """Write the days that are looked at in the fields."""
        for field, day in ((self.du, first), (self.au, last)):
            field.data, field.raw_data = day, None


class PublishForm(Form):
    """Publishing the figures of a period."""

    first = DayField("Du", [Needed("Indiquez le premier jour.")])
    last = DayField("Au", [Needed("Indiquez le dernier jour.")])
    comment = TextAreaField("Pour lire ces chiffres", [_long(4000)])


class WhyForm(Form):
    """Why something is withdrawn."""

    why = StringField("Pourquoi ?", [Needed("Indiquez pourquoi."), _long(300)])


class PlannedForm(Form):
    """The measures chosen in advance."""

    chosen_on = DayField("Choisis le", [Needed("Indiquez le jour.")])
    measures = SelectMultipleField(
        "Indicateurs suivis",
        [Needed("Choisissez au moins un indicateur.")],
        choices=choices(LABELS),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    method = TextAreaField(
        "Comment ils seront recueillis",
        [Needed("Écrivez comment ils seront recueillis."), _long(4000)],
    )
    first_publication_on = DayField("Première publication prévue le", [Needed("Indiquez le jour.")])

    def details(self) -> PlannedDetails:
        """What was typed."""
        return PlannedDetails(
            chosen_on=self.chosen_on.data,
            measures=tuple(self.measures.data or ()),
            method=self.method.data or "",
            first_publication_on=self.first_publication_on.data,
        )


class SheetForm(Form):
    """A certification, its figures and what it leads to."""

    title = StringField("Intitulé exact", [Needed("Indiquez l’intitulé exact."), _long(250)])
    code = StringField("Numéro RNCP ou RS", [Needed("Indiquez le numéro RNCP ou RS."), _long(20)])
    certifier = StringField("Certificateur", [Needed("Indiquez le certificateur."), _long(200)])
    registered_until = DayField("Enregistrée jusqu’au")
    starts_on = DayField("Du", [Needed("Indiquez le premier jour.")])
    ends_on = DayField("Au", [Needed("Indiquez le dernier jour.")])
    entered = WholeField("Entrés en formation", [Needed("Indiquez un nombre.")])
    presented = WholeField("Présentés", [Needed("Indiquez un nombre.")])
    obtained = WholeField("Reçus", [Needed("Indiquez un nombre.")])
    source = StringField("D’où viennent ces chiffres", [Needed(), _long(300)])
    blocks = TextAreaField("Blocs de compétences", [Needed(), _long(6000)])
    equivalences = TextAreaField("Équivalences", [Needed(), _long(6000)])
    bridges = TextAreaField("Passerelles", [Needed(), _long(6000)])
    further = TextAreaField("Poursuites d’études", [Needed(), _long(6000)])
    outlets = TextAreaField("Débouchés", [Needed(), _long(6000)])

    def details(self) -> SheetDetails:
        """What was typed."""
        values: dict[str, Any] = {
            name: self[name].data for name in SheetDetails.__dataclass_fields__
        }
        return SheetDetails(**values)


class MatchForm(Form):
    """How contents match the certification, objective by objective."""

    checked_on = DayField("Vérifié le", [Needed("Indiquez le jour.")])
    checked_by = StringField("Par", [Needed("Indiquez qui l’a vérifié."), _long(150)])
    demands = FieldList(TextAreaField("Ce qui est demandé", [_long(2000)]), "Objectifs")
    conclusion = TextAreaField("Ce qui en ressort", [Needed("Écrivez ce qui en ressort.")])

    def about(self, objectives: list[str]) -> None:
        """One entry for each objective, in order."""
        while len(self.demands.entries) < len(objectives):
            self.demands.append_entry()
        while len(self.demands.entries) > len(objectives):
            self.demands.pop_entry()
        for entry, objective in zip(self.demands.entries, objectives, strict=True):
            entry.label.text = objective

    def details(self, objectives: list[str]) -> MatchDetails:
        """What was typed."""
        said = [entry.data or "" for entry in self.demands.entries]
        return MatchDetails(
            checked_on=self.checked_on.data,
            checked_by=self.checked_by.data or "",
            demands=tuple(zip(objectives, said, strict=True)),
            conclusion=self.conclusion.data or "",
        )


class AuthorisationForm(Form):
    """What allows us to prepare for the certification."""

    kind = SelectField(
        "De quoi s’agit-il ?",
        [Needed("Choisissez de quoi il s’agit.")],
        choices=asked(AUTHORISATION_KINDS),
    )
    granted_by = StringField("Accordée par", [Needed("Indiquez qui l’a accordée."), _long(200)])
    reference = StringField("Référence", [_long(200)])
    granted_on = DayField("Depuis le", [Needed("Indiquez le jour.")])
    valid_until = DayField("Valable jusqu’au")
    file = FileField("Copie")

    def details(self) -> AuthorisationDetails:
        """What was typed."""
        return AuthorisationDetails(
            kind=self.kind.data or "",
            granted_by=self.granted_by.data or "",
            reference=self.reference.data or "",
            granted_on=self.granted_on.data,
            valid_until=self.valid_until.data,
        )

    def upload(self) -> Upload | None:
        """The file that was sent, None when there is none.

        Raises:
            Refused: its content is not accepted, or it is too large.
        """
        if not self.file.data or not self.file.data.filename:
            return None
        return read_upload(self.file.data, kinds=FILE_KINDS, field="file")
