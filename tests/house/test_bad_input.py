"""Every form of the house, field by field, with what no browser sends: never « 500 ».

They run after whoever reads the demonstration (`support.order`), which holds odd things then.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.links import PersonalLink
from admin_app.demo.load import dawn_of
from tests.support.demonstration import TODAY, signed_in
from tests.support.forms import Sent, forms_of
from tests.support.ways import crawl, endpoint_of

# a NUL, figures that are no number, more than a key holds, more than Python reads or a field takes
BAD = ("a\x00b", "²", "9" * 20, "9" * 20_000)
Kind = tuple[str, frozenset[str]]  # the page that receives a form, and its fields


@pytest.fixture(scope="module")
def known() -> dict[Kind, Sent]:
    """The forms that were met: each is tried once, whoever is shown it."""
    return {}


@pytest.fixture(autouse=True)
def the_day() -> Iterator[None]:
    with clock.frozen(dawn_of(TODAY)):
        yield


class Collector:
    """The forms of the pages that are opened, but those that are known already."""

    def __init__(self, app: Flask, known: dict[Kind, Sent]) -> None:
        self.app, self.known = app, known
        self.met: list[Sent] = []

    def look(self, html: str, base: str) -> None:
        for form in forms_of(html, base):
            endpoint = endpoint_of(self.app, (form.method, form.address))
            names = (name for name in form.names if not any(letter.isdigit() for letter in name))
            kind = (endpoint or "", frozenset(names))
            if kind not in self.known:
                self.known[kind] = form
                self.met.append(form)


def broken(client: FlaskClient, form: Sent) -> Iterator[str]:
    """The fields and the values that broke the page."""
    for name in form.names:
        for value in BAD:
            data, address = form.changed(name, value), form.address
            if form.method == "GET":
                reply = client.get(urlsplit(address).path, query_string=data)
            else:
                reply = client.post(address, data=data)
            if reply.status_code >= 500:
                yield f"{reply.status_code} {form.method} {address} {name}={value[:9]!a}"


def personal_addresses(app: Flask) -> list[str]:
    """Two links of each purpose that are open."""
    kept: dict[str, list[str]] = {}
    with app.app_context():
        rows = select(PersonalLink).where(
            PersonalLink.expires_at > clock.now(), PersonalLink.revoked_at.is_(None)
        )
        for link in db.session.scalars(rows.order_by(PersonalLink.id.desc())):
            kept.setdefault(link.purpose, []).append(urlsplit(links.url(link)).path)
        db.session.remove()
    return [address for addresses in kept.values() for address in addresses[:2]]


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_no_form_of_a_role_breaks(demo: Flask, known: dict[Kind, Sent], role: Role) -> None:
    collector = Collector(demo, known)
    crawl(demo, signed_in(demo, role), "/", 2, collector.look)
    found = [one for form in collector.met for one in broken(signed_in(demo, role), form)]
    assert found == []


@pytest.mark.slow
def test_no_form_without_account_breaks(demo: Flask, known: dict[Kind, Sent]) -> None:
    collector, visitor = Collector(demo, known), demo.test_client()
    for address in ("/catalogue/", "/connexion", *personal_addresses(demo)):
        crawl(demo, visitor, address, 1, collector.look)
    assert collector.met
    found = [one for form in collector.met for one in broken(visitor, form)]
    assert found == []
