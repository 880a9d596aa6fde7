from datetime import date

import pytest

from compliance.errors import UnknownError
from compliance.referentiel import Edition, load
from compliance.vocabulary import ActionCategory, ChangeKind, Gravity, Publication

BOTH = ("2019", "2026")
MAJOR = {4, 5, 6, 7, 10, 11, 14, 15, 16, 20, 21, 22, 26, 27, 29, 31, 32}
NEW_ENTRANT = {2, 3, 11, 13, 14, 19, 22, 24, 25, 26, 32}


@pytest.fixture(params=BOTH)
def edition(request: pytest.FixtureRequest) -> Edition:
    return load().edition(request.param)


def test_it_is_read_once() -> None:
    assert load() is load()


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2019, 6, 9), "2019"),
        (date(2024, 1, 8), "2019"),
        (date(2026, 10, 31), "2019"),
        (date(2026, 11, 1), "2026"),
        (date(2040, 1, 1), "2026"),
    ],
)
def test_the_date_of_the_audit_chooses_the_edition(day: date, key: str) -> None:
    assert load().edition_on(day).key == key


def test_before_the_first_edition_nothing_applies() -> None:
    with pytest.raises(UnknownError, match="8 juin 2019"):
        load().edition_on(date(2019, 6, 8))


def test_unknown_names_are_told() -> None:
    with pytest.raises(UnknownError, match="2019, 2026"):
        load().edition("2030")
    with pytest.raises(UnknownError):
        load().edition("2019").by_key("teaching-review")
    with pytest.raises(UnknownError):
        load().edition("2019").by_number(33)
    with pytest.raises(UnknownError):
        load().edition("2019").criterion(8)
    with pytest.raises(UnknownError):
        load().diff("2026", "2019")


def test_seven_criteria_and_all_the_indicators(edition: Edition) -> None:
    assert [criterion.number for criterion in edition.criteria] == list(range(1, 8))
    count = {"2019": 32, "2026": 33}[edition.key]
    assert [indicator.number for indicator in edition.indicators] == list(range(1, count + 1))
    assert {indicator.criterion for indicator in edition.indicators} == set(range(1, 8))
    for indicator in edition.indicators:
        assert edition.by_key(indicator.key) is indicator
        assert edition.by_number(indicator.number) is indicator


def test_numbers_are_stable_for_the_first_thirty_two() -> None:
    old, new = (load().edition(key) for key in BOTH)
    assert [i.key for i in old.indicators] == [i.key for i in new.indicators][:32]
    assert new.by_key("teaching-review").number == 33


def test_gravity(edition: Edition) -> None:
    found = {i.number for i in edition.indicators if i.gravity is Gravity.MAJOR}
    assert found == MAJOR
    awaited = [i.key for i in edition.indicators if i.gravity is Gravity.AWAITED]
    assert awaited == ([] if edition.key == "2019" else ["teaching-review"])


def test_gravity_and_new_entrants_of_2026_are_provisional() -> None:
    for indicator in load().edition("2026").indicators:
        assert all(citation.provisional for citation in indicator.gravity_citations)
        assert all(citation.provisional for citation in indicator.new_entrant_citations)


def test_new_entrants(edition: Edition) -> None:
    assert {i.number for i in edition.indicators if i.new_entrant} == NEW_ENTRANT


def test_common_and_specific_indicators(edition: Edition) -> None:
    specific = {i.number for i in edition.indicators if not i.is_common}
    expected = {3, 7, 8, 13, 14, 15, 16, 20, 28, 29}
    assert specific == (expected if edition.key == "2019" else expected | {33})
    only_cfa = {
        i.number for i in edition.indicators if i.categories == (ActionCategory.APPRENTICESHIP,)
    }
    assert only_cfa == ({14, 15, 20, 29} if edition.key == "2019" else {14, 15, 20, 29, 33})


def test_the_guides() -> None:
    old, new = (load().edition(key) for key in BOTH)
    assert old.reading.status is Publication.PUBLISHED
    assert old.by_key("needs-analysis").expected
    assert new.reading.status is Publication.AWAITED
    assert not any(indicator.expected for indicator in new.indicators)


def test_the_concordance_is_whole() -> None:
    changes = {change.key: change for change in load().diff("2019", "2026")}
    assert len(changes) == 33
    substance = {
        change.number_after for change in changes.values() if change.kind is ChangeKind.SUBSTANCE
    }
    assert substance == {1, 2, 3, 7, 12, 14, 15, 19, 20, 27, 30, 32}
    assert {c.number_after for c in changes.values() if c.kind is ChangeKind.WORDING} == {9, 31}
    new = changes["teaching-review"]
    assert (new.kind, new.number_before, new.number_after) == (ChangeKind.NEW, None, 33)
    assert all(change.citations and change.sentence for change in changes.values())


def test_citations_read_as_one_line() -> None:
    citation = load().edition("2026").by_number(12).citations[0]
    assert citation.sentence == "Décret n° 2026-728 du 1er août 2026, annexe, indicateur 12"
    gravity = load().edition("2026").by_number(4).gravity_citations[0]
    assert gravity.sentence.endswith("(provisoire)")
