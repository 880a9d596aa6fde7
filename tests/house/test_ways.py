"""No page offers its reader a closed door: the demonstration, walked through as every role.

Besides, every page that any test opens is looked at (`look_at`, in the application of the tests).
"""

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.demo.load import dawn_of
from tests.support.demonstration import TODAY, signed_in
from tests.support.typography import slips
from tests.support.ways import crawl, ways_of

REDIRECTION = "<!doctype html>\n<html lang=en>\n<title>Redirecting"
MOST = 3  # of each kind of page: the demonstration holds a thousand of them


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_whoever_follows_what_they_are_shown_meets_no_closed_door(demo: Flask, role: Role) -> None:
    """Nor a slip of typography: titles and labels made in Python are read here too."""
    seen: dict[str, str] = {}

    def read(html: str, address: str) -> None:
        for slip in () if html.startswith(REDIRECTION) else slips(html):
            seen.setdefault(slip, address)

    with clock.frozen(dawn_of(TODAY)):
        assert crawl(demo, signed_in(demo, role), "/", MOST, read) == []
    assert seen == {}


def test_every_way_of_a_page_is_seen() -> None:
    page = """<a class="x" href="/sessions/1?a=1&amp;b=2#haut">a</a> <a href="#bas">b</a>
    <a href="mailto:x@example.org">c</a> <a href="https://ailleurs.example.net/">d</a>
    <form method="post" action="/sessions/1/annuler"></form> <form method="get"></form>
    <button formaction="/sessions/2/annuler">e</button> <img src="/logo"> <div hx-get="suite">"""
    assert list(ways_of(page, "/ici/page")) == [
        ("GET", "/sessions/1?a=1&b=2"),
        ("POST", "/sessions/1/annuler"),
        ("GET", "/ici/page"),
        ("POST", "/sessions/2/annuler"),
        ("GET", "/logo"),
        ("GET", "/ici/suite"),
    ]


def test_every_slip_of_typography_is_seen() -> None:
    page = """<title>L'avis</title><p>Vraiment ? <b>Oui</b> : non</p><p>Objet: rien</p>
    <td>« mot »</td><a title="l'auteur" href="/d'ici">de Anne</a><li>au – </li>
    <p>Attestation de Marc établi le 3</p><textarea>l'avis</textarea>"""
    assert [one.partition(":")[0] for one in slips(page)] == [
        "a straight apostrophe",
        "a plain space before a sign",
        "a plain space before a sign",
        "no space before a sign",
        "a plain space before a sign",
        "a plain space within guillemets",
        "no elision",
        "a day that is not there",
        "no agreement",
        "a straight apostrophe",
    ]
    assert slips("<p>L’avis\u00a0: «\u00a0d’Anne\u00a0», à 9:30, http://x.fr/?a=1</p>") == []
