"""A complaint goes its way: received, acknowledged, answered, closed; an incident is solved."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.quality.complaints import operations, queries, standing
from admin_app.quality.complaints.models import Complaint, ComplaintExchange
from tests.factories import ProviderFactory, UserFactory, cohort_with
from tests.factories.base import A_DAY
from tests.factories.complaints import (
    QUALITY,
    THE_DAY,
    VISITOR,
    WORDS,
    answered,
    closed,
    complaint,
    incident,
    received_values,
)

LATER = {"by": QUALITY, "at": A_DAY + timedelta(days=3)}


@pytest.fixture(autouse=True)
def _provider(app: Flask) -> None:
    ProviderFactory()


def _pieces() -> list[tuple[str, date]]:
    found = db.session.scalars(
        select(Evidence).where(Evidence.withdrawn_at.is_(None)).order_by(Evidence.id)
    )
    return [(one.piece, one.occurred_on) for one in found]


def _actions() -> list[str]:
    return list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


def test_a_complaint_entered_by_the_office_is_numbered_and_sends_nothing(
    app: Flask, outbox: list
) -> None:
    row = complaint()
    assert row.reference == "REC-2026-0001"
    assert standing.state_of(row) == "to-acknowledge"
    assert outbox == []
    assert _actions() == ["complaints.receive"]
    assert incident().reference == "ALEA-2026-0001"


def test_a_complaint_by_our_pages_sends_a_receipt_and_tells_the_house(
    app: Flask, outbox: list
) -> None:
    complaint(by=VISITOR)
    house, receipt = outbox
    assert house.recipients() == ["Atelier des Territoires <contact@atelier.example.org>"]
    assert receipt.recipients() == ["Sophie Delorme <sophie.delorme@caf.example.org>"]
    body = receipt.body.replace("\u00a0", " ")
    assert "lundi 8 juin 2026" in body
    assert "mercredi 1er juillet 2026" in body
    assert WORDS not in house.body
    (entry,) = db.session.scalars(select(JournalEntry))
    assert entry.actor_label == "Sophie Delorme (site public)"
    assert WORDS not in entry.summary + str(entry.details)


def test_the_journal_and_the_evidence_name_the_matter_by_its_reference_alone(app: Flask) -> None:
    closed()
    for entry in db.session.scalars(select(JournalEntry)):
        assert WORDS not in entry.summary
        assert "Delorme" not in entry.summary
    for piece in db.session.scalars(select(Evidence)):
        assert piece.label.startswith("Réclamation REC-2026-0001 : ")
        assert set(piece.facts) == {"received_on", "done_on"}


def test_the_whole_way_leaves_a_piece_at_each_step(app: Flask, outbox: list) -> None:
    row = closed()
    assert _pieces() == [
        ("complaint-acknowledged", THE_DAY + timedelta(days=2)),
        ("complaint-answered", THE_DAY + timedelta(days=10)),
        ("complaint-closed", THE_DAY + timedelta(days=12)),
    ]
    assert [mail.subject for mail in outbox] == [
        "Nous avons lu votre réclamation (REC-2026-0001)",
        "Notre réponse à votre réclamation (REC-2026-0001)",
    ]
    assert "La salle est changée." in outbox[1].body
    assert (row.satisfied, row.closed_by, standing.next_step(row)) == ("yes", "Inès Calvet", None)
    said = db.session.scalars(select(ComplaintExchange.text).order_by(ComplaintExchange.id)).all()
    assert said == ["Accusé de réception.", "La salle est changée."]


def test_an_answer_before_any_acknowledgement_is_one_too(app: Flask) -> None:
    row = complaint()
    operations.answer(row, "Nous avons changé de salle.", how="mail", **LATER)
    assert [piece for piece, _ in _pieces()] == ["complaint-acknowledged", "complaint-answered"]
    assert row.acknowledged_on == row.answered_on


def test_what_was_told_otherwise_is_noted_with_its_day(app: Flask, outbox: list) -> None:
    row = complaint()
    operations.acknowledge(row, how="noted", on=THE_DAY, message="Au téléphone.", **LATER)
    assert (row.acknowledged_on, row.acknowledged_how, outbox) == (THE_DAY, "noted", [])
    assert _pieces() == [("complaint-acknowledged", THE_DAY)]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (None, "Indiquez le jour"),
        (THE_DAY + timedelta(days=4), "pas encore venu"),
        (THE_DAY - timedelta(days=1), "avant la réception"),
    ],
)
def test_a_day_that_cannot_be_is_refused(app: Flask, on: date | None, words: str) -> None:
    row = complaint()
    for act in (
        lambda: operations.acknowledge(row, how="noted", on=on, **LATER),
        lambda: operations.answer(row, "Oui.", how="noted", on=on, **LATER),
        lambda: operations.add_exchange(
            row, "Oui.", on=on, direction="in", channel="phone", **LATER
        ),
    ):
        with pytest.raises(Refused, match=words) as refused:
            act()
        assert refused.value.field == "on"
    db.session.refresh(row)
    assert (row.acknowledged_on, row.answered_on) == (None, None)
    assert _pieces() == []


def test_a_mail_needs_an_address(app: Flask) -> None:
    row = complaint(author_email="")
    with pytest.raises(Refused) as refused:
        operations.acknowledge(row, how="mail", **LATER)
    assert refused.value.field == "how"
    with pytest.raises(Refused, match="Dites comment"):
        operations.answer(row, "Oui.", how="pigeon", **LATER)


def test_nothing_is_closed_before_its_answer_or_its_solution(app: Flask) -> None:
    for row, words in ((complaint(), "Répondez"), (incident(), "solution")):
        with pytest.raises(Refused, match=words):
            operations.close(row, "Rien.", satisfied="yes", on=THE_DAY, **LATER)
        assert row.closed_on is None


def test_closing_says_what_was_decided_and_whether_the_person_is_satisfied(app: Flask) -> None:
    row = answered()
    soon = {"by": QUALITY, "at": A_DAY + timedelta(days=20)}
    day = THE_DAY + timedelta(days=20)
    for decision, satisfied, on, field in (
        (" ", "yes", day, "decision"),
        ("Une remise.", "", day, "satisfied"),
        ("Une remise.", "yes", day + timedelta(days=1), "on"),
        ("Une remise.", "yes", THE_DAY + timedelta(days=5), "on"),
    ):
        with pytest.raises(Refused) as refused:
            operations.close(row, decision, satisfied=satisfied, on=on, **soon)
        assert refused.value.field == field
    operations.close(row, "Une remise.", satisfied="unknown", on=day, **soon)
    with pytest.raises(Refused, match="déjà clos"):
        operations.close(row, "Une remise.", satisfied="unknown", on=day, **soon)
    for act in (
        lambda: operations.add_exchange(
            row, "Oui.", on=day, direction="in", channel="phone", **soon
        ),
        lambda: operations.assign(row, 1, **soon),
    ):
        with pytest.raises(Refused, match="clos"):
            act()


def test_a_file_that_is_reopened_withdraws_its_closing_and_keeps_it(app: Flask) -> None:
    row = closed()
    late = {"by": QUALITY, "at": A_DAY + timedelta(days=30)}
    with pytest.raises(Refused) as refused:
        operations.reopen(row, " ", **late)
    assert refused.value.field == "why"
    operations.reopen(row, "La remise n’est pas arrivée.", **late)
    assert (row.closed_on, standing.state_of(row)) == (None, "to-close")
    kept = db.session.scalars(select(Evidence).where(Evidence.piece == "complaint-closed")).one()
    assert kept.withdrawn_why == "Dossier rouvert."
    with pytest.raises(Refused, match="déjà ouvert"):
        operations.reopen(row, "Encore.", **late)


def test_an_incident_is_solved_with_what_it_changed(app: Flask) -> None:
    cohort = cohort_with()
    row = incident(cohort_id=cohort.id)
    halves = [one.id for one in cohort.half_days[:2]]
    operations.solve(
        row, "Un autre appareil.", effect="Une heure.", half_day_ids=halves, on=THE_DAY, **LATER
    )
    assert _pieces() == [("incident-solved", THE_DAY)]
    assert [one.id for one in queries.touched_half_days(row.id)] == halves
    day = THE_DAY + timedelta(days=1)
    operations.solve(row, "Un autre appareil.", half_day_ids=halves[1:], on=day, **LATER)
    assert [one.id for one in queries.touched_half_days(row.id)] == halves[1:]
    assert _pieces() == [("incident-solved", day)]
    operations.close(row, "Un appareil de secours.", on=day, **LATER)
    assert (row.satisfied, [piece for piece, _ in _pieces()]) == ("", ["incident-solved"])


def test_a_half_day_of_another_cohort_is_refused(app: Flask) -> None:
    row, other = incident(cohort_id=cohort_with().id), cohort_with()
    with pytest.raises(Refused) as refused:
        operations.solve(row, "Oui.", half_day_ids=[other.half_days[0].id], on=THE_DAY, **LATER)
    assert refused.value.field == "half_days"
    db.session.refresh(row)
    assert (row.solution, row.solved_on) == ("", None)


def test_a_complaint_is_not_solved_nor_an_incident_answered(app: Flask) -> None:
    with pytest.raises(Refused, match="réponse"):
        operations.solve(complaint(), "Oui.", on=THE_DAY, **LATER)
    row = incident()
    for act in (
        lambda: operations.acknowledge(row, how="noted", on=THE_DAY, **LATER),
        lambda: operations.answer(row, "Oui.", how="noted", on=THE_DAY, **LATER),
    ):
        with pytest.raises(Refused, match="solution"):
            act()


def test_who_handles_it_is_told_unless_they_say_so_themselves(app: Flask, outbox: list) -> None:
    row, user = complaint(), UserFactory(roles=(Role.QUALITY_MANAGER,), name="Inès Calvet")
    operations.assign(row, user.id, **LATER)
    assert (row.assigned_id, row.assigned_name) == (user.id, "Inès Calvet")
    (mail,) = outbox
    assert WORDS not in mail.body
    outbox.clear()
    operations.assign(row, user.id, by=Actor(ActorKind.USER, user.name, user.id), at=LATER["at"])
    assert outbox == []
    trainer = UserFactory(roles=(Role.TRAINER,))
    for key in (trainer.id, 999):
        with pytest.raises(Refused) as refused:
            operations.assign(row, key, **LATER)
        assert refused.value.field == "user_id"


def test_the_words_received_never_change(app: Flask) -> None:
    row, cohort = complaint(), cohort_with()
    known = received_values(words="Autre chose.", cohort_id=cohort.id, author_name="S. Delorme")
    operations.correct(row, known, **LATER)
    assert (row.words, row.cohort_id, row.author_name) == (WORDS, cohort.id, "S. Delorme")


def test_a_reception_is_not_moved_after_what_was_done(app: Flask) -> None:
    row = answered()
    late = {"by": QUALITY, "at": A_DAY + timedelta(days=20)}
    with pytest.raises(Refused) as refused:
        operations.correct(row, received_values(received_on=THE_DAY + timedelta(days=5)), **late)
    assert refused.value.field == "received_on"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"words": " "}, "words"),
        ({"words": "x" * 5001}, "words"),
        ({"received_on": THE_DAY + timedelta(days=1)}, "received_on"),
        ({"received_on": date(2015, 1, 1)}, "received_on"),
        ({"author_email": "sophie"}, "author_email"),
        ({"author_phone": "abc"}, "author_phone"),
        ({"topic": "météo"}, "topic"),
        ({"kind": "x"}, "kind"),
        ({"cohort_id": 999}, "cohort"),
        ({"label_short": "x" * 121}, "label_short"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    app: Flask, changes: dict, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        complaint(**changes)
    assert field in {one.field for one in refused.value.problems}
    assert db.session.scalar(select(Complaint.id)) is None
    assert _actions() == []


def test_a_flood_from_one_address_is_stopped(app: Flask) -> None:
    here = Origin("192.0.2.1", "robot")
    for _ in range(5):
        operations.receive(received_values(), by=VISITOR, at=A_DAY, origin=here)
    with pytest.raises(operations.TooMany):
        operations.receive(received_values(), by=VISITOR, at=A_DAY, origin=here)
    operations.receive(received_values(), by=VISITOR, at=A_DAY + timedelta(minutes=61), origin=here)
    operations.receive(received_values(), by=QUALITY, at=A_DAY, origin=here)


@pytest.mark.parametrize(("days", "is_late"), [(7, False), (8, True), (30, True)])
def test_the_list_and_the_steps_agree_on_what_is_late(app: Flask, days: int, is_late: bool) -> None:
    row, today = complaint(), THE_DAY + timedelta(days=days)
    assert standing.steps(row)[0].is_late(today) is is_late
    late = queries.lines(queries.Wanted(state="late"), today, 1)
    assert (len(late.items) == 1) is is_late
    assert queries.counts(today).late == int(is_late)
    assert queries.late_count(today) == int(is_late)


def test_an_answer_after_its_delay_says_by_how_much(app: Flask) -> None:
    row = complaint()
    operations.answer(row, "Voici.", how="mail", by=QUALITY, at=A_DAY + timedelta(days=33))
    assert [step.days_over for step in standing.steps(row)] == [26, 3, 0]


def test_half_days_touched_by_an_incident_may_still_move(app: Flask) -> None:
    """It merely points at them: what is moved because of it must not be stuck by it."""
    from admin_app.cohorts.queries.ledger import attached_half_days, proved_half_days

    cohort = cohort_with()
    row, half = incident(cohort_id=cohort.id), cohort.half_days[0]
    operations.solve(row, "Déplacée.", half_day_ids=[half.id], on=THE_DAY, **LATER)
    assert proved_half_days([half.id]) == frozenset()
    assert attached_half_days([half.id]) == {half.id}


def test_a_client_reads_its_own_complaints_alone(app: Flask) -> None:
    cohort = cohort_with()
    client_id = cohort.clients[0].client_id
    row = complaint(client_id=client_id)
    other = complaint()
    assert queries.one_of_client(row.id, client_id) is row
    assert queries.one_of_client(other.id, client_id) is None
    assert queries.one_of_client(row.id, None) is None
