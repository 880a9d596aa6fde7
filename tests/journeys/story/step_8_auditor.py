"""The auditor reads everything and changes nothing; the file is complete."""

import re
from datetime import date

from bs4 import BeautifulSoup
from playwright.sync_api import Page, expect
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.coverage.queries import all_gaps, coverage_of
from compliance.vocabulary import CoverageStatus, PieceStatus
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

MONIQUE = "astier@certif.example.org"
AUDIT = date(2027, 1, 14)
# what one cohort touches, by the keys that both editions share
COVERED = {
    "public-information",
    "needs-analysis",
    "assessable-objectives",
    "content-and-methods",
    "positioning",
    "running-conditions",
    "adaptation-and-support",
    "achievement-assessment",
    "means-and-premises",
    "learning-resources",
    "contributor-skills",
    "disability-network",
    "stakeholder-feedback",
}
# of two days, the guide of 2026 has yet to say what is expected
AWAITED = {"2019": set(), "2026": {"engagement-and-safeguarding"}}


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


def test_8_indicator_by_indicator(people: People, shoot: Shoot) -> None:
    auditor = people("auditrice")
    auditor.get_by_role("link", name=re.compile("^Lire")).click()
    told(auditor, "Référentiel national qualité de 2026")
    shoot(auditor, "ensemble")
    indicators = _links(auditor, auditor.url, "a.index-entry")
    assert len(indicators) > 15
    pieces = {piece for one in indicators for piece in _links(auditor, one, "a.index-piece[href]")}
    assert len(pieces) > 20
    papers = 0
    for piece in sorted(pieces):
        shown = _read(auditor, piece)
        assert "Empreinte SHA-256" in shown.text, piece
        for sheet in shown.select("object[data], iframe[src], embed[src]"):
            source = str(sheet.get("data") or sheet.get("src")).partition("#")[0]
            assert auditor.request.get(source).body().startswith(b"%PDF"), source
            papers += 1
    assert papers > 8
    _piece(auditor, "Positionnement", "Mobiliser les élus")
    shoot(auditor, "positionnement")
    _piece(auditor, "Adaptation", "")
    shoot(auditor, "piece")


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
    with house.inside():
        cohort = db.session.scalars(select(Cohort)).one()
        for judged_on, edition in ((AUDIT, "2026"), (date(2026, 10, 1), "2019")):
            found = coverage_of(cohort, audit_date=judged_on)
            assert found.edition == edition
            by_status: dict[str, set[str]] = {}
            for one in found.indicators:
                assert not one.gaps, [gap.sentence for gap in one.gaps]
                assert not one.oddities, [oddity.sentence for oddity in one.oddities]
                assert one.reasons, one.title
                by_status.setdefault(one.status.value, set()).add(one.key)
            by_status.pop(CoverageStatus.NOT_APPLICABLE.value)
            assert by_status.pop(CoverageStatus.COVERED.value) == COVERED
            assert by_status.pop(CoverageStatus.AWAITED.value, set()) == AWAITED[edition]
            assert by_status == {}
        late = [one for one in all_gaps(AUDIT, "2026") if one.status is PieceStatus.LATE]
        assert late == []


def _read(auditor: Page, address: str) -> BeautifulSoup:
    """A page as her browser would fetch it."""
    reply = auditor.request.get(address)
    assert reply.status == 200, f"{reply.status} at {address}"
    return BeautifulSoup(reply.text(), "html.parser")


def _links(auditor: Page, address: str, which: str) -> list[str]:
    return [str(one["href"]) for one in _read(auditor, address).select(which)]


def _piece(auditor: Page, indicator: str, words: str) -> None:
    auditor.locator("a.index-entry", has_text=indicator).first.click()
    auditor.locator("a.index-piece").first.click()
    told(auditor, "Empreinte SHA-256")
    told(auditor, words)
