"""Every route declares who may open it, and gives each role what the table of permissions says."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from admin_app.core.access import GRANTS, Permission, Role, declared_access
from admin_app.core.access.rules import Linked, Open
from tests.factories import ProviderFactory

# files and macros of libraries: no page of ours
FOREIGN = frozenset({"static", "bootstrap.static"})
VALUES = {"int": "424242", "string": "inconnu", "default": "inconnu", "path": "inconnu"}


def pages(app: Flask) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in FOREIGN:
            yield rule


def address(rule: Rule) -> str:
    """An address of that rule, for things that do not exist."""
    parts = []
    for is_dynamic, text in rule._trace:
        if text == "|":
            continue
        parts.append(_value(rule, text) if is_dynamic else text)
    return "".join(parts)


def _value(rule: Rule, argument: str) -> str:
    is_key = isinstance(rule._converters[argument], IntegerConverter)
    return "424242" if is_key else "inconnu"


def test_every_page_declares_who_may_open_it(app: Flask) -> None:
    silent = [rule.endpoint for rule in pages(app) if declared_access(app, rule.endpoint) is None]
    assert silent == []


def test_every_permission_is_used_and_granted(app: Flask) -> None:
    granted = frozenset().union(*GRANTS.values())
    assert granted == frozenset(Permission)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_what_its_permissions_say(
    app: Flask, sign_in: Callable[..., FlaskClient], role: Role
) -> None:
    ProviderFactory()
    client = sign_in(role)
    wrong = []
    for rule in pages(app):
        access = declared_access(app, rule.endpoint)
        if not isinstance(access, Permission):
            continue
        allowed = access in GRANTS[role]
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            status = client.open(address(rule), method=method).status_code
            if (status == 403) is allowed or status >= 500:
                wrong.append((method, rule.rule, access.value, status))
    assert wrong == []


def test_a_visitor_is_sent_to_the_sign_in_page(app: Flask, browse: FlaskClient) -> None:
    ProviderFactory()
    for rule in pages(app):
        access = declared_access(app, rule.endpoint)
        if not isinstance(access, Permission) and access is not Open.SIGNED_IN:
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            reply = browse.open(address(rule), method=method)
            assert reply.status_code in {302, 303}, (method, rule.rule)
            assert reply.location.startswith("/connexion"), (method, rule.rule)


def test_a_false_link_opens_nothing(app: Flask, browse: FlaskClient) -> None:
    ProviderFactory()
    for rule in pages(app):
        if not isinstance(declared_access(app, rule.endpoint), Linked):
            continue
        assert rule.rule.startswith("/l/<token>"), rule.rule
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            reply = browse.open(address(rule), method=method)
            assert reply.status_code == 404, (method, rule.rule)
