"""What the public and the auditor must know of a certification, entered by hand."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.storage import store
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.results.models import (
    CertificationAuthorisation,
    CertificationMatch,
    CertificationSheet,
)
from admin_app.results.queries import is_certifying
from admin_app.results.words import AUTHORISATION_KINDS

RESULTS, CONTENT, AUTHORISATION = (
    "certification-results",
    "certification-content",
    "certification-authorisation",
)
FILE_KINDS = frozenset({"pdf", "jpeg", "png"})
_SAID = {
    "title": "Indiquez l’intitulé exact.",
    "code": "Indiquez le numéro RNCP ou RS.",
    "certifier": "Indiquez le certificateur.",
    "source": "Indiquez d’où viennent ces chiffres.",
    "blocks": "Écrivez ce qu’il en est, « aucun » s’il n’y en a pas.",
    "equivalences": "Écrivez ce qu’il en est, « aucune » s’il n’y en a pas.",
    "bridges": "Écrivez ce qu’il en est, « aucune » s’il n’y en a pas.",
    "further": "Écrivez ce qu’il en est, « aucune » s’il n’y en a pas.",
    "outlets": "Écrivez les débouchés.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDetails:
    """A certification over a period (days inclusive). `entered`, `presented` and `obtained` count
    people: who began, who sat, who passed. Texts are read by the public."""

    title: str
    code: str
    certifier: str
    registered_until: date | None
    starts_on: date
    ends_on: date
    entered: int
    presented: int
    obtained: int
    source: str
    blocks: str
    equivalences: str
    bridges: str
    further: str
    outlets: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchDetails:
    """How contents match: for each objective, what the certification demands."""

    checked_on: date
    checked_by: str
    demands: tuple[tuple[str, str], ...]
    conclusion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorisationDetails:
    """What allows us. `kind` is a key of `AUTHORISATION_KINDS`; `valid_until` its last day."""

    kind: str
    granted_by: str
    granted_on: date
    reference: str = ""
    valid_until: date | None = None


@act
def record_sheet(
    programme: Programme, details: SheetDetails, *, by: Actor, at: datetime
) -> CertificationSheet:
    """Publish what is known of a certification; leaves `certification-results`.

    Raises:
        Refused: the programme is not certifying.
        Problems: a text is missing, or the days or the counts do not hold.
    """
    _check_certifying(programme)
    refuse_if_any(_sheet_problems(details))
    values = {
        name: value.strip() if isinstance(value, str) else value
        for name, value in asdict(details).items()
    }
    row = CertificationSheet(
        programme_id=programme.id, recorded_at=at, recorded_by=by.label, **values
    )
    db.session.add(row)
    db.session.flush()
    counts = {name: values[name] for name in ("entered", "presented", "obtained")}
    _prove(RESULTS, programme, row.id, clock.day_of(at), counts, by=by, at=at)
    return row


@act
def record_match(
    programme: Programme,
    version: ProgrammeVersion,
    details: MatchDetails,
    *,
    by: Actor,
    at: datetime,
) -> CertificationMatch:
    """Keep how the contents of a version match the certification; leaves `certification-content`.

    Raises:
        Refused: the programme is not certifying.
        Problems: the day is to come, someone or something is missing.
    """
    _check_certifying(programme)
    refuse_if_any(_match_problems(details))
    row = CertificationMatch(
        programme_id=programme.id,
        version_id=version.id,
        checked_on=details.checked_on,
        checked_by=" ".join(details.checked_by.split()),
        rows=[{"objective": one, "demand": demand.strip()} for one, demand in details.demands],
        conclusion=details.conclusion.strip(),
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    facts = {"version": version.number, "rows": row.rows, "conclusion": row.conclusion}
    _prove(CONTENT, programme, row.id, row.checked_on, facts, by=by, at=at)
    return row


@act
def record_authorisation(
    programme: Programme,
    details: AuthorisationDetails,
    *,
    file: Upload | None = None,
    by: Actor,
    at: datetime,
) -> CertificationAuthorisation:
    """Keep what allows us to prepare for the certification; leaves `certification-authorisation`.

    Raises:
        Refused: the programme is not certifying.
        Problems: something is missing, or the days do not hold.
    """
    _check_certifying(programme)
    refuse_if_any(_authorisation_problems(details))
    row = CertificationAuthorisation(
        programme_id=programme.id,
        kind=details.kind,
        granted_by=" ".join(details.granted_by.split()),
        reference=" ".join(details.reference.split())[:200],
        granted_on=details.granted_on,
        valid_until=details.valid_until,
        recorded_at=at,
        recorded_by=by.label,
    )
    if file is not None:
        row.file_sha256, row.file_name, row.file_kind = store.put(file.data), file.name, file.kind
    db.session.add(row)
    db.session.flush()
    facts = {"kind": row.kind, "by": row.granted_by, "ref": row.reference, "file": row.file_sha256}
    until = row.valid_until
    _prove(AUTHORISATION, programme, row.id, row.granted_on, facts, until=until, by=by, at=at)
    return row


@act
def remove_authorisation(
    programme: Programme, row: CertificationAuthorisation, *, why: str, by: Actor, at: datetime
) -> CertificationAuthorisation:
    """Set an authorisation aside; it stays readable, its evidence is withdrawn.

    Raises:
        Refused: no reason is given, or it is set aside already.
    """
    reason = why.strip()
    if not reason or len(reason) > 300:
        raise Refused("Indiquez pourquoi, en 300 caractères au plus.", "why")
    if row.removed_at is not None:
        raise Refused("C’est déjà retiré.")
    row.removed_at, row.removed_by, row.removed_why = at, by.label, reason
    evidence.withdraw_from((AUTHORISATION, row.id), why=reason, by=by, at=at)
    _note(f"{AUTHORISATION}-removed", "Habilitation retirée", programme, by, at)
    return row


def _check_certifying(programme: Programme) -> None:
    if not is_certifying(programme.id):
        raise Refused(
            "Cette formation n’est pas certifiante : son type de reconnaissance est à revoir dans"
            " sa fiche."
        )


def _sheet_problems(details: SheetDetails) -> list[Refused]:
    found = [
        Refused(message, field)
        for field, message in _SAID.items()
        if not getattr(details, field).strip()
    ]
    if details.ends_on > clock.today():
        found.append(Refused("La période doit être passée.", "ends_on"))
    if details.starts_on > details.ends_on:
        found.append(Refused("La période finit avant de commencer.", "ends_on"))
    if min(details.entered, details.presented, details.obtained) < 0:
        found.append(Refused("Un nombre de personnes n’est pas négatif.", "entered"))
    if details.presented > details.entered:
        found.append(Refused("Plus de présentés que d’entrés.", "presented"))
    if details.obtained > details.presented:
        found.append(Refused("Plus de reçus que de présentés.", "obtained"))
    return found


def _match_problems(details: MatchDetails) -> list[Refused]:
    found = []
    if details.checked_on > clock.today():
        found.append(Refused("Ce jour n’est pas encore venu.", "checked_on"))
    if not details.checked_by.strip():
        found.append(Refused("Indiquez qui l’a vérifié.", "checked_by"))
    if not details.demands or not all(demand.strip() for _, demand in details.demands):
        found.append(Refused("Écrivez, pour chaque objectif, ce qui est demandé.", "demands"))
    if not details.conclusion.strip():
        found.append(Refused("Écrivez ce qui en ressort.", "conclusion"))
    return found


def _authorisation_problems(details: AuthorisationDetails) -> list[Refused]:
    found = []
    if details.kind not in AUTHORISATION_KINDS:
        found.append(Refused("Choisissez de quoi il s’agit.", "kind"))
    if not details.granted_by.strip():
        found.append(Refused("Indiquez qui l’a accordée.", "granted_by"))
    if details.granted_on > clock.today():
        found.append(Refused("Ce jour n’est pas encore venu.", "granted_on"))
    if details.valid_until is not None and details.valid_until < details.granted_on:
        found.append(Refused("La fin de validité précède l’accord.", "valid_until"))
    return found


def _prove(
    piece: str,
    programme: Programme,
    key: int,
    on: date,
    facts: Mapping[str, object],
    *,
    until: date | None = None,
    by: Actor,
    at: datetime,
) -> None:
    words = {
        RESULTS: "Résultats à la certification publiés",
        CONTENT: "Contenu rapproché de la certification",
        AUTHORISATION: "Habilitation à préparer la certification",
    }[piece]
    evidence.record(
        piece,
        scope=("catalogue-entry", programme.id),
        label=f"{words} – {programme.title}",
        occurred_on=on,
        valid_until=until,
        by=by,
        at=at,
        source=(piece, key),
        facts=dict(facts),
    )
    _note(piece, words, programme, by, at)


def _note(action: str, words: str, programme: Programme, by: Actor, at: datetime) -> None:
    record(
        f"results.{action}",
        by=by,
        at=at,
        subject=("programme", programme.id),
        summary=f"{words} : {programme.title}.",
    )
