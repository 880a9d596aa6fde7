"""Programmes: drafts, versions, publication."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.programmes import operations, queries
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.programmes.text import Part, ProgrammeText, text_of
from tests.factories import TrainerFactory
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE, draft, full_text, published

BY = {"by": OFFICE, "at": A_DAY}
LATER = A_DAY + timedelta(days=30)


def _evidence(piece: str = "published-programme") -> list[Evidence]:
    statement = select(Evidence).where(Evidence.piece == piece).order_by(Evidence.id)
    return list(db.session.scalars(statement))


def _actions() -> list[str]:
    return list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


def test_a_new_programme_is_a_draft_with_a_readable_address(app: Flask) -> None:
    made = draft("ctg-1", title="Œuvrer à l’évaluation : où, quand ?")
    assert made.is_draft
    assert made.programme.reference == "CTG-1"
    assert made.programme.slug == "oeuvrer-a-l-evaluation-ou-quand"
    assert _actions() == ["programmes.create"]


def test_two_programmes_of_one_title_have_two_addresses(app: Flask) -> None:
    draft("A")
    draft("B")
    assert [one.slug for one in db.session.scalars(select(Programme).order_by(Programme.id))] == [
        "reseau-departemental-des-charges-de-cooperation-ctg",
        "reseau-departemental-des-charges-de-cooperation-ctg-2",
    ]


@pytest.mark.parametrize("reference", ["", "É", "avec espace", "A" * 31])
def test_a_reference_that_cannot_be_used_is_refused(app: Flask, reference: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.create_programme(reference, full_text(), **BY)
    assert refused.value.field == "reference"
    assert db.session.scalar(select(Programme)) is None


def test_a_reference_that_is_taken_is_refused(app: Flask) -> None:
    draft("CTG")
    with pytest.raises(Refused, match="déjà prise"):
        draft("ctg")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"duration_minutes": 0}, "duration_minutes"),
        ({"days": 0}, "days"),
        ({"modality": "by-pigeon"}, "modality"),
        ({"recognition": "master"}, "recognition"),
        ({"price_basis": "hour"}, "price_basis"),
        ({"days": 1}, "contents"),
        ({"contents": (Part(0, "Accueil"),)}, "contents"),
    ],
)
def test_what_does_not_hold_is_refused_next_to_its_field(
    app: Flask, changes: dict, field: str
) -> None:
    made = draft()
    before = text_of(made)
    with pytest.raises(Refused) as refused:
        operations.save_draft(made, full_text(**changes), **BY)
    assert [one.field for one in refused.value.problems] == [field]
    db.session.expire_all()
    assert text_of(made) == before


def test_a_draft_keeps_what_was_written(app: Flask) -> None:
    claire, samir = TrainerFactory(), TrainerFactory()
    made = operations.create_programme("CTG", ProgrammeText(title="Essai"), **BY)
    operations.save_draft(made, full_text(), trainers=[claire.id, samir.id], **BY)
    operations.save_draft(made, full_text(), trainers=[samir.id], **BY)
    db.session.expire_all()
    found = queries.version(made.id)
    assert found is not None
    assert text_of(found) == full_text()
    assert [one.name for one in queries.trainers_of(made.id)] == [samir.name]
    assert found.programme.title == full_text().title


def test_a_trainer_who_is_gone_cannot_be_named(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        operations.save_draft(draft(), full_text(), trainers=[999], **BY)
    assert refused.value.field == "trainers"


def test_two_people_writing_at_once_do_not_erase_one_another(app: Flask) -> None:
    made = draft()
    seen = made.saved_at
    operations.save_draft(made, full_text(summary="Un"), seen=seen, by=OFFICE, at=LATER)
    with pytest.raises(Refused, match="pendant que vous écriviez"):
        operations.save_draft(made, full_text(summary="Deux"), seen=seen, by=OFFICE, at=LATER)
    assert made.summary == "Un"


def test_publishing_dates_the_version_and_leaves_evidence(app: Flask) -> None:
    made = published()
    (piece,) = _evidence()
    assert made.in_force_from == A_DAY.date()
    assert (piece.piece, piece.scope_kind, piece.scope_id) == (
        "published-programme",
        "programme",
        made.id,
    )
    assert piece.occurred_on == A_DAY.date()
    assert _actions() == ["programmes.create", "programmes.publish"]


def test_publishing_is_refused_with_each_missing_mention_and_its_text(app: Flask) -> None:
    made = draft(prerequisites="", price=None, objectives=())
    with pytest.raises(operations.MentionsMissing) as refused:
        operations.publish(made, in_force_from=A_DAY.date(), **BY)
    assert [gap.field for gap in refused.value.gaps] == ["objectives", "prerequisites", "price"]
    assert all(gap.citations for gap in refused.value.gaps)
    assert made.is_draft
    assert db.session.scalars(select(Evidence)).all() == []


def test_recognition_and_financing_are_asked_for_since_the_new_edition(app: Flask) -> None:
    made = draft(recognition="", financing="")
    with clock.frozen(A_DAY):
        operations.publish(made, in_force_from=date(2026, 10, 31), **BY)
    other = draft("CTG2", recognition="", financing="")
    with pytest.raises(operations.MentionsMissing) as refused:
        operations.publish(other, in_force_from=date(2026, 11, 1), **BY)
    assert [gap.field for gap in refused.value.gaps] == ["recognition", "financing"]


def test_a_free_training_has_a_price(app: Flask) -> None:
    assert published(price=Decimal(0)).published_at is not None


def test_a_published_version_never_changes(app: Flask) -> None:
    made = published()
    for change in (
        lambda: operations.save_draft(made, full_text(title="Autre"), **BY),
        lambda: operations.publish(made, in_force_from=A_DAY.date(), **BY),
        lambda: operations.discard_draft(made, **BY),
    ):
        with pytest.raises(Refused, match="publiée"):
            change()
    assert made.title == full_text().title


def test_a_version_cannot_have_been_in_force_before_it_was_published(app: Flask) -> None:
    with pytest.raises(Refused) as refused:
        operations.publish(draft(), in_force_from=A_DAY.date() - timedelta(days=1), **BY)
    assert refused.value.field == "in_force_from"


def test_a_new_version_copies_the_last_and_replaces_it_on_its_day(app: Flask) -> None:
    first = published(trainers=[TrainerFactory().id])
    second = operations.new_version(first.programme, note="Cas local", by=OFFICE, at=LATER)
    assert text_of(second) == text_of(first)
    assert [one.trainer_id for one in second.trainers] == [first.trainers[0].trainer_id]
    operations.save_draft(
        second, full_text(title="Réseau, nouvelle version"), change_note="Cas", by=OFFICE, at=LATER
    )
    assert first.programme.title == first.title
    day = LATER.date() + timedelta(days=10)
    operations.publish(second, in_force_from=day, by=OFFICE, at=LATER)
    assert first.superseded_at is not None
    assert clock.day_of(first.superseded_at) == day
    assert queries.in_force(first.programme_id, day - timedelta(days=1)) is first
    assert queries.in_force(first.programme_id, day) is second
    assert [(one.scope_id, one.withdrawn_at) for one in _evidence()] == [
        (first.id, None),
        (second.id, None),
    ]


def test_one_draft_at_a_time(app: Flask) -> None:
    first = published()
    operations.new_version(first.programme, note="Cas", **BY)
    with pytest.raises(Refused, match="déjà en préparation"):
        operations.new_version(first.programme, note="Cas", **BY)


def test_a_new_version_says_what_changes(app: Flask) -> None:
    second = operations.new_version(published().programme, **BY)
    with pytest.raises(Refused) as refused:
        operations.publish(second, in_force_from=A_DAY.date(), **BY)
    assert refused.value.field == "change_note"


def test_a_version_does_not_start_before_the_one_it_replaces(app: Flask) -> None:
    first = published(in_force_from=A_DAY.date() + timedelta(days=20))
    second = operations.new_version(first.programme, note="Cas", **BY)
    with pytest.raises(Refused) as refused:
        operations.publish(second, in_force_from=A_DAY.date(), **BY)
    assert refused.value.field == "in_force_from"


def test_a_draft_that_is_given_up_leaves_its_trace(app: Flask) -> None:
    first = published()
    second = operations.new_version(first.programme, note="Cas", **BY)
    operations.discard_draft(second, **BY)
    db.session.expire_all()
    assert [one.number for one in first.programme.versions] == [1]
    assert _actions()[-1] == "programmes.discard-draft"
    assert operations.new_version(first.programme, note="Cas", **BY).number == 2


def test_the_only_version_is_not_given_up(app: Flask) -> None:
    with pytest.raises(Refused, match="archivez"):
        operations.discard_draft(draft(), **BY)


def test_a_draft_that_something_relies_on_stays(app: Flask) -> None:
    from tests.factories import CohortFactory

    second = operations.new_version(published().programme, note="Cas", **BY)
    CohortFactory(version_id=second.id)
    with pytest.raises(Refused, match="s’appuie déjà"):
        operations.discard_draft(second, **BY)
    assert db.session.get(ProgrammeVersion, second.id) is not None


def test_an_archived_programme_leaves_the_catalogue_and_comes_back(app: Flask) -> None:
    first = published()
    operations.archive(first.programme, **BY)
    assert queries.public_version(first.programme.slug, A_DAY.date()) is None
    with pytest.raises(Refused):
        operations.archive(first.programme, **BY)
    operations.restore(first.programme, **BY)
    assert queries.public_version(first.programme.slug, A_DAY.date()) is first


def test_a_copy_for_a_client_stays_out_of_the_catalogue_and_knows_its_origin(app: Flask) -> None:
    first = published()
    copy = operations.copy_programme(first, reference="CTG-A1", **BY)
    assert text_of(copy) == text_of(first)
    assert copy.programme.adapted_from_id == first.id
    operations.publish(copy, in_force_from=A_DAY.date(), **BY)
    assert queries.public_version(copy.programme.slug, A_DAY.date()) is None
    assert [one.scope_id for one in _evidence()] == [first.id]
    assert queries.former_of(copy) is first


def test_other_rooms_hear_of_a_publication_within_its_act(app: Flask) -> None:
    heard: list[int] = []

    def listener(version: ProgrammeVersion, **_: object) -> None:
        heard.append(version.id)
        if version.number == 2:
            raise Refused("Non.")

    operations.on_publication(app, listener)
    try:
        first = published()
        second = operations.new_version(first.programme, note="Cas", **BY)
        with pytest.raises(Refused):
            operations.publish(second, in_force_from=A_DAY.date(), **BY)
    finally:
        app.extensions["liasse.programme_published"].remove(listener)
    db.session.expire_all()
    assert heard == [first.id, second.id]
    assert second.is_draft
    assert len(_evidence()) == 1
