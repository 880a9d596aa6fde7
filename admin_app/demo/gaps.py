"""The gaps that the demonstration hides: these, and no others, whatever its day.

Everything else is covered, or not due yet. A test holds the coverage to this list.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from admin_app.attendance.models import Mark
from admin_app.cohorts.models import HalfDay
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.coverage.queries import all_gaps, edition_in_use
from compliance.vocabulary import PieceStatus, ScopeKind

LATE, REVIEW = PieceStatus.LATE, PieceStatus.REVIEW
WHOLE = "la session"
HOUSE = "Passeurs de rives"


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """A gap: in which cohort, which piece, for whom, in which status.

    `cohort` is empty when it is in a register. `who` names a person, a client or what a register
    holds; « la session » is the whole cohort. `half_day` is the rank
    of the half-day it is about, from one; zero when it is about none.
    """

    cohort: str
    piece: str
    who: str
    status: PieceStatus
    half_day: int = 0


PLANTED: tuple[tuple[Gap, str], ...] = (
    (
        Gap("CTG-LITTORAL", "agreement", "Communauté d’agglomération du Littoral d’Ambre", REVIEW),
        "convention signée trois jours après le début",
    ),
    (
        Gap("CTG-LITTORAL", "positioning", "Vincent Arnoux", LATE),
        "questionnaire de positionnement jamais rendu, malgré une relance",
    ),
    (
        Gap("CTG-LITTORAL", "attendance-half-day", WHOLE, LATE, 2),
        "Inès Carvalho était là et n’a pas signé le premier après-midi",
    ),
    (
        Gap("CTG-LITTORAL", "absence-reason", "Thierry Goulard", LATE, 3),
        "absence du second matin, sans motif",
    ),
    (
        Gap("CTG-LITTORAL", "assessment", "Sabrina Haddad", LATE),
        "acquis non évalués",
    ),
    (
        Gap("CTG-LITTORAL", "resources-handed-over", WHOLE, LATE),
        "dossier de ressources jamais remis",
    ),
    *(
        (
            Gap("CTG-LITTORAL", "follow-up-survey", name, LATE),
            "évaluation à froid jamais envoyée",
        )
        for name in (
            "Inès Carvalho",
            "Sabrina Haddad",
            "Thierry Goulard",
            "Vincent Arnoux",
        )
    ),
    (
        Gap("ABS-PARTAGE", "trainer-skills", "Paul-Émile Girardin", LATE),
        "intervenant sans compétence vérifiée, ni titre, ni CV",
    ),
    (
        Gap("ABS-PARTAGE", "departure-reason", "Cécile Dubourg", LATE),
        "abandon le second jour, motif jamais demandé",
    ),
    (
        Gap("CTG-LEGE", "trainer-skills", "Maud Hervieu", LATE),
        "habilitation valable à l’affectation, expirée avant la session",
    ),
    (
        Gap("", "trades-watch", HOUSE, LATE),
        "veille sur les métiers sans rien de neuf depuis quatre mois",
    ),
    (
        Gap("", "complaint-answered", "Remise absente de la convention", LATE),
        "réclamation lue, jamais répondue",
    ),
    (
        Gap("", "incident-solved", "Vidéoprojecteur de la salle du Quai en panne", LATE),
        "panne signalée, aucune solution notée",
    ),
    (
        Gap("", "improvement-done", "Former une seconde personne à l’animation d’EVAL", LATE),
        "action préventive dont le jour est passé",
    ),
    (
        Gap("", "improvement-effect", "Allonger l’étude de cas de vingt minutes", LATE),
        "action menée, effet jamais vérifié",
    ),
    (
        Gap("", "improvement-review", HOUSE, LATE),
        "revue de l’an passé, pas encore refaite",
    ),
    (
        Gap("", "risk-reviewed", "Une session commence avant que la convention soit signée", LATE),
        "risque écrit il y a plus d’un an, jamais revu",
    ),
    (
        Gap("", "subcontractor-proofs", "Benslimane Conseil", LATE),
        "assurance expirée, non renouvelée",
    ),
    (
        Gap("", "staff-development", "Bastien Ferrand", LATE),
        "quatre ans dans l’équipe, aucune formation consignée",
    ),
    *(
        (Gap("", piece, "Aider les élus à décider : notes, réunions, arbitrages", LATE), why)
        for piece, why in (
            ("published-results", "résultats de la formation jamais publiés"),
            ("results-method", "leur méthode de calcul non plus"),
        )
    ),
)


def planted() -> frozenset[Gap]:
    """The gaps that are hidden."""
    return frozenset(gap for gap, _ in PLANTED)


def found(day: date) -> frozenset[Gap]:
    """The gaps that the coverage finds on that day, in the edition of the next audit."""
    rows = all_gaps(day, edition_in_use().key)
    return frozenset(
        Gap(row.reference, row.expectation.piece, *_whom(row.expectation, row.status))
        for row in rows
        if row.status in (LATE, REVIEW)
    )


def _whom(row: Expectation, status: PieceStatus) -> tuple[str, PieceStatus, int]:
    if row.scope_kind == ScopeKind.MARK:
        mark = db.session.get_one(Mark, row.scope_id)
        return row.for_name.split(",")[0], status, _rank(mark.half_day_id)
    if row.scope_kind == ScopeKind.HALF_DAY:
        return WHOLE, status, _rank(row.scope_id)
    if row.scope_kind == ScopeKind.COHORT:
        return WHOLE, status, 0
    return row.for_name, status, 0


def _rank(half_day_id: int) -> int:
    half_day = db.session.get_one(HalfDay, half_day_id)
    keys = db.session.scalars(
        select(HalfDay.id)
        .where(HalfDay.cohort_id == half_day.cohort_id)
        .order_by(HalfDay.starts_at)
    ).all()
    return 1 + list(keys).index(half_day_id)
