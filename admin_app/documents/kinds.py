"""The kinds of document: a folder of `templates/documents/` each, and who can gather their data."""

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from admin_app.core.actor import Actor
from admin_app.core.config import ROOT
from admin_app.core.errors import Refused
from admin_app.documents.models import Document

FOLDER = ROOT / "templates" / "documents"
KEYS = {"title", "version", "prefix", "mentions"}


@dataclass(frozen=True, slots=True)
class Kind:
    """What `meta.toml` says of a kind of document.

    `version` is the template's own; `prefix` begins the numbers (« CONV-2026-0012 »); `mentions`
    is the kind of `compliance.mentions` that is checked before issuing, empty when there is none.
    """

    name: str
    title: str
    version: str
    prefix: str
    mentions: str = ""

    @property
    def template(self) -> str:
        """The template of the document."""
        return f"documents/{self.name}/document.html"

    @property
    def style(self) -> Path:
        """The print style of the document, beside the one that all share."""
        return FOLDER / self.name / "print.css"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The data of one document that a cohort calls for: whose it is, and what it says.

    `subject` is the row it is about (kind and key), `label` for whom (a person, a client).
    """

    subject: tuple[str, int]
    label: str
    data: dict[str, Any]


Gather = Callable[[int], Iterable[Gathered]]
Issue = Callable[[Gathered, Actor, datetime], Document]
_gatherers: dict[str, tuple[Gather, Issue | None]] = {}


@cache
def kind_of(name: str) -> Kind:
    """What is known of a kind of document.

    Raises:
        LookupError: there is no such kind, or its `meta.toml` does not hold.
    """
    path = FOLDER / name / "meta.toml"
    if not name.replace("-", "").isalnum() or not path.is_file():
        raise LookupError(f"no kind of document is called {name!r}")
    meta = tomllib.loads(path.read_text(encoding="utf-8"))
    if not meta.keys() <= KEYS:
        raise LookupError(f"{path}: unknown keys {sorted(meta.keys() - KEYS)}")
    return Kind(name, **meta)


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    return tuple(kind_of(path.parent.name) for path in sorted(FOLDER.glob("*/meta.toml")))


def title_of(name: str) -> str:
    """The title of a kind, its bare name when the kind is gone."""
    try:
        return kind_of(name).title
    except LookupError:
        return name


def register(kind: str, gather: Gather, issue: Issue | None = None) -> None:
    """Have the documents of that kind issued for a whole cohort (`flask documents issue`).

    Args:
        gather: given a cohort's key, the data of each document that it calls for now.
        issue: the room's own act, when issuing writes more than the document (evidence, a row):
            given what was gathered, by whom and when. `documents.operations.issue` otherwise.
    """
    _gatherers[kind] = (gather, issue)


def gathering(kind: str) -> tuple[Gather, Issue | None]:
    """How documents of that kind are gathered for a cohort, and issued.

    Raises:
        Refused: documents of that kind are not issued for a cohort.
    """
    try:
        return _gatherers[kind]
    except KeyError:
        known = ", ".join(sorted(_gatherers)) or "aucun"
        raise Refused(
            f"« {kind} » n’est pas un document que l’on établit pour une session. Connus : {known}."
        ) from None


@dataclass(frozen=True, slots=True)
class CohortHeading:
    """What the page of a cohort's documents shows of it: this room knows nothing of cohorts."""

    id: int
    reference: str
    title: str
    subtitle: str


CohortReader = Callable[[int], CohortHeading | None]
FindCohort = Callable[[str], int | None]
_cohorts: dict[str, Any] = {}


def register_cohorts(read: CohortReader, find: FindCohort) -> None:
    """Say how a cohort is read by its key, and found by its reference."""
    _cohorts.update(read=read, find=find)


def cohort_heading(cohort_id: int) -> CohortHeading | None:
    """What to show of a cohort, None when there is no such cohort."""
    found: CohortHeading | None = _cohorts["read"](cohort_id)
    return found


def cohort_key(reference: str) -> int:
    """The key of the cohort of that reference.

    Raises:
        Refused: there is none.
    """
    found: int | None = _cohorts["find"](reference)
    if found is None:
        raise Refused(f"Aucune session ne porte la référence « {reference} ».")
    return found
