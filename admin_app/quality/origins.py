"""Where an action comes from, and what shows a risk: a reference to a row of another register.

A reference is what the office reads (« REC-2026-0003 »); it becomes a kind, a key, words that name
nobody and an address, kept as they are that day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.improvements.models import Improvement, QualityReview
from admin_app.quality.risks.models import Risk
from admin_app.quality.watch.models import WatchNote

KINDS = {
    "complaint": "réclamation",
    "incident": "aléa",
    "survey": "questionnaire ou taux",
    "feedback-analysis": "analyse des appréciations",
    "departure": "abandon ou départ",
    "coverage-gap": "manque de couverture",
    "audit-finding": "constat d’audit",
    "risk": "risque",
    "watch": "veille",
    "improvement": "action restée sans effet",
    "idea": "idée ou proposition",
}
# what cannot be pointed at without its reference
TRACKED = frozenset({"complaint", "incident", "risk", "watch", "improvement"})
EXAMPLES = {
    "complaint": "la référence de la réclamation",
    "incident": "la référence de l’aléa",
    "risk": "la référence du risque",
    "watch": "le numéro de l’élément de veille",
    "improvement": "la référence de l’action",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """What is pointed at: `key` is its row (None: it has none), `on` the day it dates of."""

    kind: str
    key: int | None
    words: str
    url: str = ""
    on: date | None = None
    written: str = ""


Finder = Callable[[str], Reference | None]


def resolve(
    kind: str, written: str, words: str, url: str = "", *, prefix: str = "origin"
) -> Reference:
    """What the office points at.

    Args:
        written: the reference as it is written there (« REC-2026-0003 », a cohort's, « 12 »).
        words: how the office says it; the row's own words when left empty.
        url: the page of ours it was pointed at from, when its kind has no row below this room.
        prefix: how the fields of the form begin: `origin_kind`, `origin_reference`…

    Raises:
        Refused: an unknown kind or reference, an address outside, or nothing said.
    """
    if kind not in KINDS:
        raise Refused("Choisissez dans la liste.", f"{prefix}_kind")
    written, words = written.strip(), " ".join(words.split())
    if len(words) > 300:
        raise Refused("300 caractères au plus.", f"{prefix}_words")
    found = _found(kind, written, prefix)
    if found is not None:
        return Reference(kind, found.key, (words or found.words)[:300], found.url, found.on)
    if not words:
        raise Refused("Dites en quelques mots d’où cela vient.", f"{prefix}_words")
    return Reference(kind, None, words, own_address(url))


def of_key(kind: str, key: int) -> Reference | None:
    """What the row of that key is called, to start a form from its page."""
    maker = _BY_KEY.get(kind)
    return maker(key) if maker else None


def own_address(url: str) -> str:
    """The address, when it is a page of ours; empty otherwise."""
    is_ours = url.startswith("/") and not url.startswith(("//", "/\\")) and len(url) <= 300
    return url if is_ours and url.isprintable() else ""


def _found(kind: str, written: str, prefix: str) -> Reference | None:
    field = f"{prefix}_reference"
    if not written:
        if kind in TRACKED:
            raise Refused(f"Indiquez {EXAMPLES[kind]}.", field)
        return None
    finder = _BY_REFERENCE.get(kind)
    if finder is None:
        return None
    found = finder(written)
    if found is None:
        raise Refused(f"Rien ne porte la référence « {written} » ({KINDS[kind]}).", field)
    return found


def _complaint(row: Complaint | None, kind: str) -> Reference | None:
    if row is None or row.kind != kind:
        return None
    return Reference(
        kind,
        row.id,
        f"{KINDS[kind].capitalize()} {row.reference} : {row.label_short}",
        f"/qualite/reclamations/{row.id}",
        row.received_on,
        row.reference,
    )


def _risk(row: Risk | None) -> Reference | None:
    if row is None:
        return None
    words = f"Risque {row.reference} : {row.title}"
    return Reference("risk", row.id, words, f"/qualite/risques/{row.id}", None, row.reference)


def _improvement(row: Improvement | None) -> Reference | None:
    if row is None:
        return None
    words, url = f"Action {row.reference} : {row.title}", f"/qualite/ameliorations/{row.id}"
    return Reference("improvement", row.id, words, url, row.created_on, row.reference)


def _watch(row: WatchNote | None) -> Reference | None:
    if row is None:
        return None
    words, url = f"Veille : {row.title}", f"/qualite/veille/{row.id}"
    return Reference("watch", row.id, words, url, row.found_on, str(row.id))


def _analysis(row: QualityReview | None) -> Reference | None:
    if row is None or row.kind != "feedback-analysis" or row.removed_at is not None:
        return None
    words = f"Analyse des appréciations du {day(row.held_on)}"
    url = f"/qualite/ameliorations/revues/{row.id}"
    return Reference("feedback-analysis", row.id, words, url, row.held_on, str(row.id))


def _cohort(row: Cohort | None, kind: str) -> Reference | None:
    if row is None:
        return None
    leads_to = {"survey": "/evaluations", "departure": "/stagiaires"}.get(kind, "")
    words = f"{KINDS[kind].capitalize()}, session {row.reference}"
    url = f"/sessions/{row.id}{leads_to}"
    return Reference(kind, row.id, words, url, row.ends_on, row.reference)


def _complaint_of(reference: str) -> Complaint | None:
    return db.session.scalar(select(Complaint).where(Complaint.reference == reference))


def _cohort_of(reference: str) -> Cohort | None:
    return db.session.scalar(select(Cohort).where(Cohort.reference == reference))


def _number(written: str) -> int:
    digits = written.removeprefix("n°").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


_BY_REFERENCE: dict[str, Finder] = {
    "complaint": lambda text: _complaint(_complaint_of(text), "complaint"),
    "incident": lambda text: _complaint(_complaint_of(text), "incident"),
    "risk": lambda text: _risk(db.session.scalar(select(Risk).where(Risk.reference == text))),
    "improvement": lambda text: _improvement(
        db.session.scalar(select(Improvement).where(Improvement.reference == text))
    ),
    "watch": lambda text: _watch(db.session.get(WatchNote, _number(text))),
    "feedback-analysis": lambda text: _analysis(db.session.get(QualityReview, _number(text))),
    "survey": lambda text: _cohort(_cohort_of(text), "survey"),
    "departure": lambda text: _cohort(_cohort_of(text), "departure"),
}
_BY_KEY: dict[str, Callable[[int], Reference | None]] = {
    "complaint": lambda key: _complaint(db.session.get(Complaint, key), "complaint"),
    "incident": lambda key: _complaint(db.session.get(Complaint, key), "incident"),
    "risk": lambda key: _risk(db.session.get(Risk, key)),
    "improvement": lambda key: _improvement(db.session.get(Improvement, key)),
    "watch": lambda key: _watch(db.session.get(WatchNote, key)),
    "feedback-analysis": lambda key: _analysis(db.session.get(QualityReview, key)),
    "survey": lambda key: _cohort(db.session.get(Cohort, key), "survey"),
    "departure": lambda key: _cohort(db.session.get(Cohort, key), "departure"),
}
