"""A text added reaches what is expected: under the reading of the next audit, not before."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.coverage.operations.editions import applicable_requirements
from admin_app.organisation.queries import forget_provider, the_provider
from compliance.additions import use
from compliance.additions.trial import tried
from compliance.facts import ActionFacts
from compliance.vocabulary import ActionCategory
from tests.compliance.additions.test_trial import GUIDE
from tests.factories import ProviderFactory

SHORT = ActionFacts(categories=(ActionCategory.TRAINING,), training_days=2)
KEY = "engagement-and-safeguarding"


@pytest.fixture
def guide(app: Flask, tmp_path: Path) -> Iterator[date]:
    """A guide that spares short courses, applied in two months."""
    published = clock.today() - timedelta(days=1)
    applied = published + timedelta(days=40)
    text = (
        GUIDE.replace("published_on = 2026-12-03", f"published_on = {published}")
        .replace("applies_from = 2027-02-03", f"applies_from = {applied}")
        .replace("2026-12-05", str(published))
    )
    (tmp_path / "guide.toml").write_text(text, encoding="utf-8")
    found = tried(tmp_path)
    assert not found.refused
    use(found.accepted)
    ProviderFactory()
    yield applied
    use(())


@pytest.mark.parametrize(("days", "applies"), [(-1, True), (0, False), (10, False)])
def test_the_audit_day_chooses_the_reading(guide: date, days: int, applies: bool) -> None:
    the_provider().next_audit_on = guide + timedelta(days=days)
    db.session.commit()
    forget_provider()
    assert (KEY in applicable_requirements(SHORT)["2026"]) is applies
    assert KEY not in applicable_requirements(SHORT)["2019"]
