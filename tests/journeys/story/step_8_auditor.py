"""The auditor reads everything and changes nothing; the file is complete."""

import json
import re
from datetime import date
from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.evidence.operations import OF_A_COHORT
from admin_app.journal.models import JournalEntry
from compliance.expectations import catalogue
from compliance.vocabulary import ScopeKind
from tests.journeys.reading import read_everything
from tests.journeys.steps import (
    HELENE,
    House,
    People,
    Shoot,
    accept_invitation,
    errors,
    fill,
    go_to,
    open_as,
    press,
    title,
    told,
)
from tests.journeys.story.step_5_before import NEED

OF_A_SESSION = {*OF_A_COHORT, ScopeKind.ACCOMMODATION, ScopeKind.PROGRAMME}

REFERENCE = "CTG-ADA-2026-0001-2026-01"
MONIQUE = "astier@certif.example.org"
AUDIT = date(2027, 1, 14)
# what one cohort touches, by the keys that both editions share
COVERED = {
    "needs-analysis",
    "assessable-objectives",
    "content-and-methods",
    "positioning",
    "running-conditions",
    "adaptation-and-support",
    "achievement-assessment",
    "complaints-and-incidents",
}
# what this house, which has not opened its registers, still owes whatever the session
LEFT_IN_2019 = {
    "public-information": {"communications-review"},
    "results": {"published-results"},
    "means-and-premises": {"place-checked"},
    "contributor-coordination": {"functional-chart", "team-meeting"},
    "learning-resources": {"resources-reviewed"},
    "contributor-skills": {"trainer-review"},
    "staff-development": {"development-plan", "trainer-development"},
    "legal-watch": {"legal-watch", "legal-watch-use"},
    "trades-watch": {"trades-watch", "trades-watch-use"},
    "teaching-watch": {"teaching-watch", "teaching-watch-use"},
    "disability-network": {
        "disability-network",
        "disability-contact",
        "disability-officer-training",
    },
    "stakeholder-feedback": {"feedback-analysis"},
    "continuous-improvement": {"feedback-analysis", "improvement-review"},
}
LEFT = {
    "2019": LEFT_IN_2019,
    "2026": LEFT_IN_2019
    | {
        "results": {"published-results", "results-method"},
        "engagement-and-safeguarding": {"safeguarding-contact"},
        "continuous-improvement": {"feedback-analysis", "improvement-review", "risk-analysis"},
    },
}


def test_8_the_reading_room_is_opened(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2027-01-04T09:00:00+01:00")
    office, auditor = people("office"), people("auditrice")
    open_as(office, HELENE, "/audits/")
    shoot(office, "aucun")
    press(office, "Préparer un audit")
    fill(office, kind="surveillance", audit_on="2027-01-14", body="Certif Exemple")
    press(office, "Ouvrir la salle de lecture")
    expect(errors(office)).to_be_visible()
    shoot(office, "a-completer")
    fill(
        office,
        period_from="2026-01-01",
        period_to="2026-12-31",
        access_until="2027-01-15",
        name="Monique Astier",
        email=MONIQUE,
    )
    press(office, "Ouvrir la salle de lecture")
    told(office, "Monique Astier")
    shoot(office, "salle")
    go_to(house, "2027-01-05T11:00:00+01:00")
    accept_invitation(house, auditor, MONIQUE)
    go_to(house, "2027-01-14T09:30:00+01:00")
    open_as(auditor, MONIQUE, "/audit/")
    title(auditor, "Salle de lecture")
    shoot(auditor, "accueil")
    press(auditor, "Entrer")
    title(auditor, "Sessions")
    shoot(auditor, "sessions")


def test_8_indicator_by_indicator(house: House, people: People, shoot: Shoot) -> None:
    auditor = people("auditrice")
    auditor.get_by_role("link", name=re.compile("^Lire")).click()
    told(auditor, "Référentiel national qualité de 2026")
    shoot(auditor, "ensemble")
    seen = read_everything(auditor, auditor.url)
    house.notes["looks"] = seen.looks
    assert len(seen.indicators) > 15
    assert len(seen.pieces) > 40
    assert seen.papers > 8
    assert _of_the_session(seen.gaps()) == set()  # nothing is missing, due, or oddly dated
    assert not any(NEED in text for text in seen.pieces.values())
    _piece(auditor, "Positionnement", "Mobiliser les élus")
    shoot(auditor, "positionnement")
    _piece(auditor, "Adaptation", "")
    shoot(auditor, "piece")


def _of_the_session(sentences: set[str]) -> set[str]:
    """What is left to do in the session itself: this house has not opened its registers."""
    titles = [one.title for one in catalogue().pieces if one.scope not in OF_A_SESSION]
    return {one for one in sentences if not any(f" {title} – " in f" {one}" for title in titles)}


def test_8_from_piece_to_piece_by_the_keyboard(people: People, shoot: Shoot) -> None:
    auditor = people("auditrice")
    auditor.locator("a.index-entry", has_text="Positionnement").first.click()
    auditor.locator("a.index-piece").first.click()
    told(auditor, "Empreinte SHA-256")
    first = auditor.url
    auditor.keyboard.press("j")
    expect(auditor).not_to_have_url(first)
    told(auditor, "Empreinte SHA-256")
    auditor.keyboard.press("k")
    expect(auditor).to_have_url(first)
    shoot(auditor, "clavier")


def test_8_she_can_change_nothing(house: House, people: People, shoot: Shoot) -> None:
    auditor = people("auditrice")
    assert auditor.goto("/sessions/1").status == 403  # type: ignore[union-attr]
    shoot(auditor, "interdit")
    auditor.goto("/mon-compte")
    token = auditor.locator('[name="csrf_token"]').first.input_value()
    for address in (
        "/sessions/1/convocations",
        "/sessions/1/certificats/etablir",
        "/sessions/1/stagiaires/1/depart",
        "/audits/1/fermer",
        "/conventions/2/annuler",
        "/organisme/lieux/ajouter",
        "/emargement/1/clore",
    ):
        reply = auditor.request.post(address, form={"csrf_token": token})
        assert reply.status == 403, (address, reply.status)
    for hidden in ("/adaptations/amenagements", "/adaptations/amenagements/1", "/journal"):
        assert auditor.request.get(hidden).status == 403, hidden


def test_8_every_look_is_in_the_journal(house: House, people: People, shoot: Shoot) -> None:
    quality = people("qualité")
    open_as(quality, "samir@atelier.example.org", "/journal?q=Consulté")
    told(quality, "Monique Astier")
    told(quality, "CTG-ADA-2026-0001-2026-01")
    shoot(quality, "journal")
    with house.inside():
        looks = select(JournalEntry).where(JournalEntry.action == "audit.looked")
        written = db.session.scalars(looks).all()
        assert {one.actor_label for one in written} == {"Monique Astier"}
        assert {clock.day_of(one.at) for one in written} == {AUDIT}
        # each page and each document that was read, and those of the window too
        assert len(written) > house.notes["looks"]
    quality.goto("/couverture")
    shoot(quality, "couverture")
    go_to(house, "2027-01-16T08:00:00+01:00")
    auditor = people("auditrice")
    auditor.goto("/audit/")  # the day after her last one
    expect(auditor.get_by_role("link", name="Entrer")).to_have_count(0)
    shoot(auditor, "fin-d-acces")


def test_8_the_file_is_complete(house: House) -> None:
    """What `flask coverage show` says of the cohort on the day of the audit."""
    go_to(house, "2027-01-14T18:00:00+01:00")
    for judged_on, edition in ((AUDIT, "2026"), (date(2026, 10, 1), "2019")):
        found = _command(house, "coverage", "show", REFERENCE, "--audit-date", f"{judged_on}")
        assert found["edition"] == edition
        by_status: dict[str, set[str]] = {}
        for one in found["indicators"]:
            assert one["reasons"], one
            by_status.setdefault(one["status"], set()).add(one["key"])
        left = {one["key"]: {gap["piece"] for gap in one["gaps"]} for one in found["indicators"]}
        assert {key: pieces for key, pieces in left.items() if pieces} == LEFT[edition]
        assert by_status.pop("covered") == COVERED
        by_status.pop("not-applicable")
        assert by_status.pop("late") | by_status.pop("upcoming") == LEFT[edition].keys()
        assert by_status == {}
    gaps = _command(house, "coverage", "gaps")
    assert [one for one in gaps if one["status"] == "late" and one["cohort"]] == []


def test_8_hours_and_papers_by_command(house: House) -> None:
    hours = {one["trainee"]: one for one in _command(house, "attendance", "hours", REFERENCE)}
    assert {name: one["planned_minutes"] for name, one in hours.items()} == dict.fromkeys(
        ("Nadia Benali", "Inès Caron", "Marta Lopes"), 840
    )
    attended = {name: one["attended_minutes"] for name, one in hours.items()}
    assert attended == {"Nadia Benali": 840, "Inès Caron": 820, "Marta Lopes": 630}
    first, again = (
        _command(house, "documents", "issue", "completion-certificate", REFERENCE) for _ in range(2)
    )
    assert len(first) == 3
    assert first == again  # what was issued is given back, not issued again


def _command(house: House, *words: str) -> Any:
    """What `flask …` prints, at the hour it is in the story."""
    with clock.frozen(house.now):
        answer = house.app.test_cli_runner().invoke(args=[*words, "--json"])
    assert answer.exit_code in (0, 1), answer.output
    return json.loads(answer.stdout)


def _piece(auditor: Page, indicator: str, words: str) -> None:
    auditor.locator("a.index-entry", has_text=indicator).first.click()
    auditor.locator("a.index-piece").first.click()
    told(auditor, "Empreinte SHA-256")
    told(auditor, words)
