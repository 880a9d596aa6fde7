"""From the analysis to what was applied in the room, and the evidence of each."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from admin_app.adaptations import operations
from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.adaptations.operations.deciding import promise_problems
from admin_app.adaptations.queries import requests as queries
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.programmes import operations as programmes
from admin_app.programmes.text import text_of
from tests.factories import CohortFactory, cohort_with
from tests.factories.adaptations import (
    TRAINER,
    accepted,
    analysed,
    analysis,
    cohort_for,
    received,
)
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE, full_text

BY = {"by": OFFICE, "at": A_DAY + timedelta(days=8)}


def _valid(piece: str) -> list[Evidence]:
    return list(
        db.session.scalars(
            select(Evidence).where(Evidence.piece == piece, Evidence.withdrawn_at.is_(None))
        )
    )


def _adapt(request: AdaptationRequest, **changes: object):
    version = operations.make_adapted(request, **BY)
    programmes.save_draft(version, full_text(**changes), **BY)
    return programmes.publish(version, in_force_from=BY["at"].date(), **BY)


def test_a_need_is_analysed_with_a_client(app: Flask) -> None:
    with pytest.raises(Refused, match="Rattachez"):
        operations.record_needs_analysis(received(), analysis(), **BY)
    request = analysed(at=A_DAY + timedelta(hours=1))
    assert request.state == "analysed"
    assert _valid("needs-analysis") == []  # no cohort yet: nothing is expected of anyone


def test_a_decision_has_a_reason_and_leaves_evidence(app: Flask, outbox: list) -> None:
    request = analysed()
    outbox.clear()
    operations.decide(request, accepted=False, reason="Hors de notre domaine.", **BY)
    (piece,) = _valid("adaptation-decision")
    assert (piece.scope_kind, piece.scope_id) == ("adaptation", request.id)
    assert piece.occurred_on == BY["at"].date()
    assert (request.state, request.decided_by) == ("declined", "Hélène Marchand")
    (mail,) = outbox
    assert "Hors de notre domaine." in mail.body
    with pytest.raises(Refused, match="déjà décidée"):
        operations.decide(request, accepted=True, reason="Si", promises=["Cas"], **BY)


def test_without_reason_or_promise_nothing_is_decided(app: Flask, outbox: list) -> None:
    request = analysed()
    outbox.clear()
    for options, fields in (
        ({"accepted": False, "reason": " "}, ["reason"]),
        ({"accepted": True, "reason": "", "promises": [" "]}, ["reason", "promises"]),
        ({"accepted": True, "reason": "Oui", "promises": ["x" * 301]}, ["promises"]),
        ({"accepted": True, "reason": "Oui", "promises": ["Cas", "cas"]}, ["promises"]),
    ):
        with pytest.raises(Refused) as refused:
            operations.decide(request, **options, **BY)
        assert [one.field for one in refused.value.problems] == fields
    assert (request.state, outbox, _valid("adaptation-decision")) == ("analysed", [], [])


@given(st.lists(st.text(min_size=1, max_size=320), max_size=40))
def test_a_list_of_promises_holds_or_is_explained(labels: list[str]) -> None:
    holds = (
        len(labels) <= 30
        and all(len(one) <= 300 for one in labels)
        and len({one.casefold() for one in labels}) == len(labels)
    )
    assert (promise_problems(labels) == []) is holds


def test_a_decision_can_be_taken_back_with_its_trace(app: Flask) -> None:
    request = accepted()
    operations.reopen(request, why="Budget revu.", **BY)
    assert (request.state, request.decided_at) == ("analysed", None)
    assert db.session.scalar(select(Adaptation)) is None
    (piece,) = db.session.scalars(select(Evidence).where(Evidence.piece == "adaptation-decision"))
    assert "Budget revu" in piece.withdrawn_why
    operations.decide(request, accepted=False, reason="Budget", **BY)
    assert len(_valid("adaptation-decision")) == 1


def test_a_decision_whose_programme_is_begun_stands(app: Flask) -> None:
    request = accepted()
    operations.make_adapted(request, **BY)
    with pytest.raises(Refused, match="en préparation"):
        operations.reopen(request, why="Budget", **BY)


def test_the_adapted_programme_is_a_copy_that_keeps_the_difference(
    app: Flask, outbox: list
) -> None:
    request = accepted()
    version = operations.make_adapted(request, **BY)
    base = queries.dossier(request).version
    assert text_of(version) == text_of(base)
    assert (version.programme.is_public, version.programme.adapted_from_id) == (False, base.id)
    with pytest.raises(Refused, match="existe déjà"):
        operations.make_adapted(request, **BY)
    outbox.clear()
    programmes.save_draft(version, full_text(audience="Élus et cadres."), **BY)
    programmes.publish(version, in_force_from=BY["at"].date(), **BY)
    (piece,) = _valid("adapted-programme")
    assert (piece.scope_kind, piece.scope_id) == ("adaptation", request.id)
    assert piece.facts["differences"] == ["Public concerné"]
    assert [one.subject for one in outbox] == [
        f"Votre programme adapté est prêt ({request.reference})"
    ]


def test_a_second_adapted_version_takes_the_place_of_the_first(app: Flask) -> None:
    request = accepted()
    first = _adapt(request, audience="Élus.")
    second = programmes.new_version(first.programme, note="Durée", **BY)
    programmes.publish(second, in_force_from=BY["at"].date(), **BY)
    assert request.adapted_version_id == second.id
    assert [one.source_id for one in _valid("adapted-programme")] == [second.id]


def test_only_an_accepted_request_has_an_adapted_programme(app: Flask) -> None:
    with pytest.raises(Refused, match="acceptée"):
        operations.make_adapted(analysed(), **BY)


def test_a_request_joins_its_cohort_with_its_pieces_as_they_were_recorded(app: Flask) -> None:
    request = accepted()
    adapted = _adapt(request, audience="Élus.")
    cohort = cohort_for(request)
    later = A_DAY + timedelta(days=40)
    operations.attach_to_cohort(request, cohort, by=OFFICE, at=later)
    assert cohort.version_id == adapted.id
    assert cohort.standard_version_id == request.version_id
    pieces = {
        one.piece: one
        for one in db.session.scalars(select(Evidence).where(Evidence.cohort_id == cohort.id))
    }
    pieces.pop("room-and-trainer")  # the other programme asks for skills: looked at that day
    assert pieces.keys() == {"needs-analysis", "adaptation-decision", "adapted-programme"}
    needs = pieces["needs-analysis"]
    assert (needs.scope_kind, needs.scope_id) == ("client", cohort.clients[0].id)
    assert all(one.recorded_at <= BY["at"] for one in pieces.values())


def test_the_adapted_programme_published_later_reaches_the_cohort(app: Flask) -> None:
    request = accepted()
    cohort = cohort_for(request)
    operations.attach_to_cohort(request, cohort, **BY)
    adapted = _adapt(request, audience="Élus.")
    assert cohort.version_id == adapted.id
    assert _valid("adapted-programme")[0].cohort_id == cohort.id


def test_a_request_joins_only_a_cohort_of_its_client(app: Flask) -> None:
    request = accepted()
    with pytest.raises(Refused, match="Ajoutez d’abord"):
        operations.attach_to_cohort(request, cohort_with(), **BY)
    cohort = cohort_for(request)
    operations.attach_to_cohort(request, cohort, **BY)
    operations.attach_to_cohort(request, cohort, **BY)
    with pytest.raises(Refused, match="autre session"):
        operations.attach_to_cohort(request, CohortFactory(), **BY)
    with pytest.raises(Refused, match="ne change plus"):
        operations.attach_client(request, cohort_with().clients[0].client_id, **BY)


def _in_room(days: int = 0):
    request = accepted()
    cohort = cohort_for(request)
    operations.attach_to_cohort(request, cohort, **BY)
    return request, cohort.half_days, queries.adaptations_of(cohort.id)


def test_what_was_promised_is_proved_once_every_change_is_located(app: Flask) -> None:
    request, half_days, promised = _in_room()
    assert [one.adaptation.label for one in promised] == [
        "Étude de cas locale au jour 2",
        "Public ouvert aux élus",
    ]
    operations.mark_applied(
        promised[0].adaptation, half_days[3], note="Cas", by=TRAINER, at=half_days[3].starts_at
    )
    assert _valid("adaptation-applied") == []
    operations.mark_applied(
        promised[1].adaptation, half_days[0], by=TRAINER, at=half_days[3].starts_at
    )
    (piece,) = _valid("adaptation-applied")
    assert (piece.scope_kind, piece.scope_id) == ("adaptation", request.id)
    assert piece.occurred_on == half_days[3].day
    assert [one.half_day.id for one in queries.adaptations_of(request.cohort_id)] == [
        half_days[3].id,
        half_days[0].id,
    ]


def test_a_mistake_is_corrected_with_its_trace(app: Flask) -> None:
    _, half_days, promised = _in_room()
    late = half_days[3].ends_at
    for one in promised:
        operations.mark_applied(one.adaptation, half_days[0], by=TRAINER, at=late)
    operations.mark_applied(promised[0].adaptation, half_days[1], by=TRAINER, at=late)
    assert len(_valid("adaptation-applied")) == 1
    operations.unmark_applied(promised[0].adaptation, by=TRAINER, at=late)
    assert _valid("adaptation-applied") == []
    with pytest.raises(Refused):
        operations.unmark_applied(promised[0].adaptation, by=TRAINER, at=late)
    all_pieces = db.session.scalars(select(Evidence).where(Evidence.piece == "adaptation-applied"))
    assert all(one.withdrawn_why for one in all_pieces)


def test_nothing_is_applied_before_its_half_day_nor_elsewhere(app: Flask) -> None:
    _, half_days, promised = _in_room()
    other = cohort_with(starts_on=date(2026, 10, 1)).half_days[0]
    with pytest.raises(Refused, match="commence le"):
        operations.mark_applied(
            promised[0].adaptation,
            half_days[0],
            by=TRAINER,
            at=half_days[0].starts_at - timedelta(minutes=1),
        )
    with pytest.raises(Refused, match="n’est pas de la session"):
        operations.mark_applied(promised[0].adaptation, other, by=TRAINER, at=other.ends_at)


def test_the_list_of_promises_is_made_precise_but_keeps_what_was_done(app: Flask) -> None:
    request, half_days, promised = _in_room()
    operations.mark_applied(
        promised[0].adaptation, half_days[0], by=TRAINER, at=half_days[0].ends_at
    )
    with pytest.raises(Refused, match="déjà appliquée"):
        operations.set_promises(request, ["Autre chose"], **BY)
    with pytest.raises(Refused):
        operations.set_promises(request, [" "], **BY)
    kept = operations.set_promises(request, ["Étude de cas locale au jour 2"], **BY)
    assert [one.label for one in kept] == ["Étude de cas locale au jour 2"]
    assert len(_valid("adaptation-applied")) == 1
