"""The difference between two texts of a programme."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from admin_app.programmes.diff import changed, compare, compare_texts, segments
from admin_app.programmes.text import Part
from tests.factories.programmes import full_text

words = st.lists(st.sampled_from(["un", "deux", "trois", "métier,", "demain.", "\n"])).map(" ".join)


def _side(cut: list[tuple[str, str]], kept: str) -> str:
    return "".join(text for op, text in cut if op in {"same", kept})


@given(before=words, after=words)
def test_each_side_can_be_read_back_whole(before: str, after: str) -> None:
    left, right = segments(before, after)
    assert _side(left, "removed") == before
    assert _side(right, "added") == after
    assert "".join(t for op, t in left if op == "same") == "".join(
        t for op, t in right if op == "same"
    )


@given(before=words, after=words)
def test_the_kind_says_what_happened(before: str, after: str) -> None:
    kind = compare_texts("Méthodes", before, after).kind
    expected = {
        "same": before == after,
        "added": not before and bool(after),
        "removed": bool(before) and not after,
        "changed": bool(before) and bool(after) and before != after,
    }
    assert expected[kind]


def test_equal_texts_do_not_differ() -> None:
    assert changed(compare(full_text(), full_text())) == []


def test_each_changed_rubric_is_told_and_no_other() -> None:
    before = full_text()
    after = replace(
        before,
        audience="Chargés de coopération et élus d’un département.",
        objectives=(*before.objectives, "Formuler un défi"),
        contents=(before.contents[0], Part(2, "Étude de cas locale", ("La Charente",))),
        price=Decimal("5200.00"),
        prerequisites="",
    )
    rows = changed(compare(before, after))
    assert [(row.label, row.kind) for row in rows] == [
        ("Public concerné", "changed"),
        ("Prérequis", "removed"),
        ("Objectif 3", "added"),
        ("Contenu, jour 2", "changed"),
        ("Tarif", "changed"),
    ]


def test_a_word_changed_in_a_sentence_leaves_the_rest_alone() -> None:
    row = compare_texts("Méthodes", "Une étude de cas écrite.", "Une étude de cas locale.")
    assert row.before == [("same", "Une étude de cas "), ("removed", "écrite"), ("same", ".")]
    assert row.after == [("same", "Une étude de cas "), ("added", "locale"), ("same", ".")]


def test_a_text_wholly_rewritten_is_not_cut_in_crumbs() -> None:
    left, right = segments("Émargement.", "Quiz et exercices en ligne")
    assert (left, right) == (
        [("removed", "Émargement.")],
        [("added", "Quiz et exercices en ligne")],
    )


def test_trainers_are_compared_by_name() -> None:
    rows = changed(compare(full_text(), full_text(), (("Claire Vasseur",), ("Samir Kader",))))
    assert [row.label for row in rows] == ["Formateurs"]
