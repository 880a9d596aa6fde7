"""Who speaks in a citation: the text, the guide, or Liasse."""

import pytest

from admin_app.coverage.views import citations
from compliance.expectations import catalogue
from compliance.vocabulary import Layer


@pytest.mark.parametrize("piece", list(catalogue().pieces), ids=lambda one: one.key)
def test_a_practice_of_ours_is_never_said_to_be_the_law(piece) -> None:
    for cited, shown in zip(piece.citations, citations(piece.layer, piece.citations), strict=True):
        if cited.source == "pratique" or piece.layer is Layer.OURS:
            assert shown["layer"] is Layer.OURS
        elif cited.source.startswith("guide"):
            assert shown["layer"] is Layer.READING
        else:
            assert shown["layer"] is Layer.LAW


def test_the_follow_up_survey_is_asked_by_the_guide_and_its_delay_is_ours() -> None:
    piece = catalogue().piece("follow-up-survey")
    shown = [one["layer"] for one in citations(piece.layer, piece.citations)]
    assert shown == [Layer.READING, Layer.OURS]
