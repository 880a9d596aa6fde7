"""The need analysed with the client of a cohort, and its evidence."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.needs.models import NeedsAnalysis
from admin_app.needs.operations.analysis import (
    ASKED,
    link_to_cohort,
    record_needs_analysis,
)
from admin_app.needs.queries import analysis as queries
from tests.factories import ClientFactory, ProviderFactory, cohort_with
from tests.factories.adaptations import analysis
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE
from tests.support.statements import counted

BY = {"by": OFFICE, "at": A_DAY + timedelta(days=8)}


def _evidence() -> list[Evidence]:
    return list(db.session.scalars(select(Evidence).where(Evidence.piece == "needs-analysis")))


def test_an_analysis_for_a_cohort_leaves_evidence(app: Flask) -> None:
    cohort = cohort_with()
    client_id = cohort.clients[0].client_id
    found = record_needs_analysis(analysis(), client_id=client_id, cohort_id=cohort.id, **BY)
    (piece,) = _evidence()
    assert (piece.scope_kind, piece.scope_id, piece.cohort_id) == (
        "client",
        cohort.clients[0].id,
        cohort.id,
    )
    assert piece.occurred_on == found.held_on == date(2026, 6, 8)


def test_everything_missing_is_said_at_once(app: Flask) -> None:
    cohort = cohort_with()
    text = analysis(**dict.fromkeys(ASKED, " "), held_on=BY["at"].date() + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        record_needs_analysis(
            text, client_id=cohort.clients[0].client_id, cohort_id=cohort.id, **BY
        )
    assert [one.field for one in refused.value.problems] == ["held_on", *ASKED]
    assert db.session.scalar(select(NeedsAnalysis)) is None


def test_a_client_who_is_not_in_the_cohort_is_refused(app: Flask) -> None:
    cohort = cohort_with()
    with pytest.raises(Refused, match="ajoutez-le"):
        record_needs_analysis(analysis(), client_id=ClientFactory().id, cohort_id=cohort.id, **BY)
    with pytest.raises(Refused, match="existe plus"):
        record_needs_analysis(analysis(), client_id=999, cohort_id=cohort.id, **BY)


def test_a_correction_replaces_and_keeps_the_former(app: Flask) -> None:
    cohort = cohort_with()
    place = {"client_id": cohort.clients[0].client_id, "cohort_id": cohort.id}
    first = record_needs_analysis(analysis(), **place, **BY)
    second = record_needs_analysis(analysis(level="Débutants."), **place, **BY)
    assert first.superseded_at is not None
    assert queries.of_cohort(cohort.id) == {place["client_id"]: second}
    assert list(queries.former_of(second)) == [first]
    assert [one.withdrawn_at is None for one in _evidence()] == [False, True]
    assert _evidence()[0].sha256 != _evidence()[1].sha256


def test_an_analysis_joins_its_cohort_later_as_it_was_recorded(app: Flask) -> None:
    cohort = cohort_with()
    found = record_needs_analysis(analysis(), client_id=cohort.clients[0].client_id, **BY)
    assert _evidence() == []
    later = BY["at"] + timedelta(days=60)
    link_to_cohort(found, cohort.id, by=OFFICE, at=later)
    link_to_cohort(found, cohort.id, by=OFFICE, at=later)
    (piece,) = _evidence()
    assert piece.recorded_at == BY["at"]


def test_the_page_of_a_cohort_names_who_waits(app: Flask, sign_in) -> None:
    ProviderFactory()
    cohort = cohort_with()
    office = sign_in(Role.OFFICE)
    address = f"/sessions/{cohort.id}/besoins"
    with counted() as statements:
        assert "Saisir l’analyse" in office.get(address).text
    assert len(statements) <= 10
    form = f"{address}/{cohort.clients[0].client_id}"
    values = {"held_on": "2026-06-08"} | dict.fromkeys(ASKED, "Texte")
    bad = office.post(form, data=values | {"level": "", "held_on": "demain"})
    assert bad.status_code == 422
    assert "Décrivez le niveau" in bad.text
    assert 'value="demain"' in bad.text
    assert office.post(form, data=values).status_code == 303
    shown = office.get("/besoins/1").text
    assert "Attentes du commanditaire" in shown
    assert "Lire" in office.get(address).text
    assert office.get(f"{address}/999").status_code == 404
    assert office.get("/sessions/999/besoins").status_code == 404
    assert office.get("/besoins/999").status_code == 404
    assert sign_in(Role.TRAINER).get(address).status_code == 403
