"""The main pages: who opens each, and where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from werkzeug.routing import BuildError

from benchmarks.data import Targets
from benchmarks.data.house import AUDITOR, OFFICE, TRAINER
from benchmarks.figures import say

Arguments = Callable[[Targets], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to measure. `reader` is the address of an account, empty for a visitor."""

    name: str
    endpoint: str
    reader: str = OFFICE
    arguments: Arguments = field(default=lambda _targets: {})


@dataclass(frozen=True, slots=True)
class Address:
    """A page, and where it is in one installation."""

    page: Page
    path: str


def _cohort(targets: Targets) -> dict[str, Any]:
    return {"cohort_id": targets.cohort}


PAGES = (
    Page("today", "spaces_office.today"),
    Page("cohorts.list", "cohorts_office.index"),
    Page("cohorts.search", "cohorts_office.index", arguments=lambda _: {"q": "tension 2026"}),
    Page("cohorts.detail", "cohorts_office.show", arguments=_cohort),
    Page("cohorts.trainees", "cohorts_office.trainees", arguments=_cohort),
    Page("coverage.list", "coverage_office.index"),
    Page("coverage.search", "coverage_office.index", arguments=lambda _: {"q": "Benali"}),
    Page("coverage.heat_map", "coverage_office.portfolio"),
    Page("coverage.cohort", "coverage_office.cohort", arguments=_cohort),
    Page("trainees.list", "people_office.trainees"),
    Page("trainees.search", "people_office.trainees", arguments=lambda _: {"q": "nadia benali"}),
    Page("trainees.detail", "people_office.trainee", arguments=lambda t: {"trainee_id": t.trainee}),
    Page("clients.list", "people_office.clients"),
    Page("clients.detail", "people_office.client", arguments=lambda t: {"client_id": t.client}),
    Page("trainers.list", "people_office.trainers"),
    Page("programmes.list", "programmes_office.index"),
    Page("programmes.detail", "programmes_office.show",
         arguments=lambda t: {"programme_id": t.programme}),
    Page("agreements.list", "agreements_office.index"),
    Page("agreements.cohort", "agreements_office.cohort", arguments=_cohort),
    Page("adaptations.list", "adaptations_office.index"),
    Page("documents.cohort", "documents_office.cohort", arguments=_cohort),
    Page("evaluations.cohort", "evaluations_office.cohort", arguments=_cohort),
    Page("certificates.cohort", "certificates_office.index", arguments=_cohort),
    Page("attendance.cohort", "attendance_office.cohort", arguments=_cohort),
    Page("complaints.list", "complaints_office.index"),
    Page("watch.list", "watch_office.index"),
    Page("journal.list", "journal_office.index"),
    Page("messages.list", "messages_office.index"),
    Page("audits.list", "audits_office.index"),
    Page("trainer.day", "attendance_trainer.index", TRAINER),
    Page("trainer.half_day", "attendance_trainer.half_day", TRAINER,
         lambda t: {"half_day_id": t.half_day}),
    Page("auditor.room", "audits_auditor.room", AUDITOR, lambda t: {"audit_id": t.audit}),
    Page("auditor.cohort", "audits_auditor.cohort", AUDITOR,
         lambda t: {"audit_id": t.audit, "cohort_id": t.cohort}),
    Page("public.catalogue", "programmes_public.catalogue", ""),
    Page("public.programme", "programmes_public.show", "", lambda t: {"slug": t.slug}),
    Page("public.sign_in", "accounts_public.sign_in", ""),
)  # fmt: skip


def addresses(app: Flask, targets: Targets, only: Iterable[str] = ()) -> list[Address]:
    """Where each page is; one that is not there is said, and left out."""
    chosen = frozenset(only)
    found = []
    with app.test_request_context():
        for page in PAGES:
            if chosen and page.name not in chosen:
                continue
            try:
                path = app.url_for(page.endpoint, **page.arguments(targets))
            except BuildError:
                say(f"la page « {page.name} » n’existe pas ({page.endpoint}).")
                continue
            found.append(Address(page, path))
    return found
