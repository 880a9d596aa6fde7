"""The special follow-up of a cohort: what some indicators want when its facts call for them."""

from dataclasses import dataclass
from datetime import date

from admin_app.cohorts.models import Cohort
from compliance.values import load_values
from compliance.vocabulary import Modality

THRESHOLD = "teaching-referent-threshold"


@dataclass(frozen=True, slots=True)
class Particular:
    """One kind of note: the piece it makes, for each trainee or for the whole cohort.

    `who` and `detail` name the two fields; `hint` says what is expected; `why` when it applies.
    """

    key: str
    title: str
    why: str
    who: str
    detail: str
    hint: str
    each: bool


KINDS = {
    one.key: one
    for one in (
        Particular(
            "certification-rules-told",
            "Conditions de la certification indiquées",
            "La formation est certifiante.",
            "Indiquées par",
            "Ce qui a été dit, et comment",
            "Épreuves, dates, pièces à fournir, aménagements : par écrit, avant le début.",
            True,
        ),
        Particular(
            "certification-registration",
            "Inscription à la certification",
            "La formation est certifiante.",
            "Certificateur ou jury",
            "Inscription",
            "Date de la session d’examen, numéro d’inscription, résultat quand il est connu.",
            True,
        ),
        Particular(
            "work-study-liaison",
            "Liaison entre le centre et l’entreprise",
            "La formation est en alternance.",
            "Tuteur ou tutrice, entreprise",
            "Échange",
            "Visite, appel, livret de liaison : ce qui a été vu, ce qui en sort.",
            True,
        ),
        Particular(
            "workplace-partner",
            "Partenaire qui accueille en situation de travail",
            "La session comporte une période en situation de travail.",
            "Entreprise ou partenaire, interlocuteur",
            "Ce qui est convenu",
            "Convention ou accord, tâches confiées, tuteur, dates.",
            False,
        ),
        Particular(
            "teaching-referent",
            "Référent pédagogique",
            "Le nombre d’intervenants peut l’exiger.",
            "Nom du référent pédagogique",
            "Sa mission dans cette session",
            "Coordination des intervenants, cohérence des contenus, suivi des stagiaires.",
            False,
        ),
    )
}


def applicable(cohort: Cohort, trainers: int, day: date) -> list[Particular]:
    """The kinds that the facts of a cohort call for.

    Args:
        trainers: how many people teach it.
        day: the day for which the threshold of the teaching referent is read.
    """
    at_work = cohort.has_work_placement or cohort.modality == Modality.WORKPLACE
    facts: dict[str, bool] = {
        "certification-rules-told": cohort.is_certifying,
        "certification-registration": cohort.is_certifying,
        "work-study-liaison": cohort.is_alternance,
        "workplace-partner": at_work,
        "teaching-referent": needs_referent(trainers, day),
    }
    return [one for key, one in KINDS.items() if facts[key]]


def needs_referent(trainers: int, day: date) -> bool:
    """Whether a teaching referent is required: above the threshold, once it is published."""
    threshold = load_values()[THRESHOLD].on(day)
    return threshold is not None and trainers > threshold


def is_threshold_awaited(day: date) -> bool:
    """Whether the text that sets the threshold is still to be published."""
    return load_values()[THRESHOLD].on(day) is None
