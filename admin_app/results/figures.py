"""The result figures: what each measures, how it is worked out, and how it is written.

Nothing here asks the database: `queries.measuring` counts, this says.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from admin_app.core.formatting import NBSP, number, plural


class Unit(StrEnum):
    """How a figure is written."""

    COUNT = "count"
    PERCENT = "percent"
    SCORE = "score"  # of five


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure before it is worked out.

    `formula`, `population` and `source` are published beside it (requirement `results`);
    `counted` names what it rests on: « avis », « stagiaires ».
    """

    key: str
    label: str
    unit: Unit
    formula: str
    population: str
    source: str
    counted: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted: `part` of `whole` (a sum of marks, for a score); `asked` when a survey.

    `people` is how many people are behind `whole`, when it counts something else.
    """

    part: int
    whole: int
    asked: int | None = None
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure ready to be shown and kept. `value` is None when it rests on nothing.

    A percent is from 0 to 100, a score from 1 to 5, both to one decimal.
    """

    key: str
    label: str
    unit: str
    value: float | None
    whole: int
    asked: int | None
    formula: str
    population: str
    source: str
    counted: tuple[str, str]
    people: int | None = None

    @property
    def words(self) -> str:
        """« 92 % », « 4,6 sur 5 », « 128 »."""
        if self.value is None:
            return ""
        if self.unit == Unit.PERCENT:
            return f"{number(self.value)}{NBSP}%"
        if self.unit == Unit.SCORE:
            return f"{number(self.value)} sur 5"
        return number(int(self.value))

    @property
    def rests_on(self) -> str:
        """« 31 avis pour 40 demandes », « 128 stagiaires »."""
        words = plural(self.whole, *self.counted)
        if self.asked is None:
            return words
        return f"{words} pour {plural(self.asked, 'demande')}"

    def is_small(self, fewest: int) -> bool:
        """Whether it rests on too few people to be published; a mere count never is."""
        behind = self.whole if self.people is None else self.people
        return self.unit != Unit.COUNT and behind < fewest

    def published(self, fewest: int) -> dict[str, Any]:
        """The figure as it is kept and shown to the public: without its value when too small."""
        kept = asdict(self)
        if self.is_small(fewest):
            kept["value"] = None
        return kept | {"too_few": self.is_small(fewest), "counted": list(self.counted)}


_BEGAN = "Stagiaires inscrits au premier jour des sessions terminées dans la période"
_ENDED = "Sessions terminées dans la période, sessions annulées exclues"
MEASURES = (
    Measure(
        "trainees",
        "Stagiaires formés",
        Unit.COUNT,
        "Nombre de personnes inscrites au premier jour.",
        _BEGAN + ", désistements avant le début et remplacements exclus.",
        "Inscriptions",
        ("stagiaire", "stagiaires"),
    ),
    Measure(
        "satisfaction",
        "Satisfaction des stagiaires",
        Unit.SCORE,
        "Moyenne des notes, de 1 à 5, à la question « A-t-elle répondu à ce que vous en"
        " attendiez ? ».",
        "Stagiaires qui ont répondu au questionnaire de fin de formation.",
        "Questionnaires de fin de formation",
        ("avis", "avis"),
    ),
    Measure(
        "recommend",
        "La conseilleraient à un ou une collègue",
        Unit.PERCENT,
        "Réponses « Oui » divisées par les réponses reçues.",
        "Stagiaires qui ont répondu au questionnaire de fin de formation.",
        "Questionnaires de fin de formation",
        ("avis", "avis"),
    ),
    Measure(
        "return",
        "Taux de retour des questionnaires de fin",
        Unit.PERCENT,
        "Questionnaires remplis divisés par questionnaires envoyés.",
        "Stagiaires à qui le questionnaire de fin de formation a été envoyé.",
        "Questionnaires de fin de formation",
        ("questionnaire envoyé", "questionnaires envoyés"),
    ),
    Measure(
        "follow-up-return",
        "Taux de retour des questionnaires à froid",
        Unit.PERCENT,
        "Questionnaires remplis divisés par questionnaires envoyés.",
        "Stagiaires à qui le questionnaire à froid a été envoyé.",
        "Questionnaires à froid",
        ("questionnaire envoyé", "questionnaires envoyés"),
    ),
    Measure(
        "clients",
        "Satisfaction des clients",
        Unit.SCORE,
        "Moyenne des notes, de 1 à 5, à la question « La formation a-t-elle répondu au besoin que"
        " vous aviez exprimé ? ».",
        "Clients qui ont répondu.",
        "Questionnaires adressés aux clients",
        ("réponse", "réponses"),
    ),
    Measure(
        "objectives",
        "Objectifs atteints",
        Unit.PERCENT,
        "Objectifs évalués comme atteints divisés par objectifs évalués.",
        "Objectifs évalués de chaque stagiaire ; ceux qui n’ont pas été évalués sont exclus.",
        "Évaluations des acquis",
        ("objectif évalué", "objectifs évalués"),
    ),
    Measure(
        "completion",
        "Formation suivie jusqu’au bout",
        Unit.PERCENT,
        "Stagiaires restés jusqu’à la fin divisés par stagiaires inscrits au premier jour.",
        _BEGAN + ".",
        "Inscriptions et départs",
        ("stagiaire", "stagiaires"),
    ),
    Measure(
        "dropout",
        "Abandons en cours de formation",
        Unit.PERCENT,
        "Stagiaires partis en cours de formation divisés par stagiaires inscrits au premier jour.",
        _BEGAN + ".",
        "Inscriptions et départs",
        ("stagiaire", "stagiaires"),
    ),
    Measure(
        "interruption",
        "Sessions interrompues",
        Unit.PERCENT,
        "Sessions dont une demi-journée annulée n’a pas été remplacée, divisées par sessions"
        " terminées.",
        _ENDED + ".",
        "Calendrier des sessions",
        ("session", "sessions"),
    ),
)


def figures(tallies: dict[str, Tally]) -> list[Figure]:
    """Each measure worked out from what was counted."""
    return [_figure(one, tallies.get(one.key, Tally(0, 0))) for one in MEASURES]


def _figure(one: Measure, tally: Tally) -> Figure:
    return Figure(
        key=one.key,
        label=one.label,
        unit=one.unit.value,
        value=_value(one.unit, tally),
        whole=tally.whole,
        asked=tally.asked,
        formula=one.formula,
        population=one.population,
        source=one.source,
        counted=one.counted,
        people=tally.people,
    )


def _value(unit: Unit, tally: Tally) -> float | None:
    if unit is Unit.COUNT:
        return float(tally.whole)
    if not tally.whole:
        return None
    times = 100 if unit is Unit.PERCENT else 1
    return round(tally.part * times / tally.whole, 1)


def from_data(kept: dict[str, Any]) -> Figure:
    """A figure as it was kept in a publication."""
    names = Figure.__dataclass_fields__
    values = {name: kept[name] for name in names if name in kept}
    return Figure(**values | {"counted": tuple(kept["counted"])})
