"""Plays every story of ``tests/cases``: facts and evidence in, what must be said out."""

from pathlib import Path

import pytest

from compliance.coverage import Coverage, cover
from compliance.referentiel import load
from tests.compliance.stories import FILES, Story, read_story


def said_of(story: Story) -> Coverage:
    return cover(
        story.facts,
        story.expectations,
        story.evidence,
        edition=load().edition_on(story.audit_date),
        as_of=story.as_of,
        audit_date=story.audit_date,
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_story(path: Path) -> None:
    story = read_story(path)
    found = said_of(story)
    statuses = {one.key: one.status.value for one in found.indicators}
    statuses |= {one.key: "not-followed" for one in found.not_followed}
    assert {key: statuses.get(key) for key in story.statuses} == story.statuses
    if story.gaps is not None:
        gaps = sorted((gap.piece, gap.for_name, gap.status.value) for gap in found.gaps)
        assert gaps == story.gaps
    everything = [
        reason.replace("\u00a0", " ") for one in found.indicators for reason in one.reasons
    ]
    for sentence in story.sentences:
        assert any(sentence in reason for reason in everything), sentence
    assert story.statuses or story.gaps is not None, "a story must claim something"


def test_there_are_stories() -> None:
    assert len(FILES) >= 15
    assert len({read_story(path).name for path in FILES}) == len(FILES)
