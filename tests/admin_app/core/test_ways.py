"""What the reader may open, asked by templates; and the components that show no closed door."""

from flask import Flask, g, render_template_string
from flask_login import login_user

from admin_app.core.access import Role, may_open, way_to
from admin_app.core.links import Purpose
from tests.factories import UserFactory
from tests.support.ways import closed_ways


class ALink:
    """A personal link, as the guards leave it in `g`."""

    purpose = Purpose.SIGNING.value


def test_a_visitor_may_open_what_is_public(app: Flask) -> None:
    with app.test_request_context():
        assert may_open("programmes_public.catalogue")
        assert not may_open("accounts_public.account")
        assert not may_open("cohorts_office.index")
        assert not may_open("attendance_trainee.nothing_of_the_kind")


def test_someone_may_open_what_they_hold_the_permission_of(app: Flask) -> None:
    with app.test_request_context():
        login_user(UserFactory(roles=(Role.QUALITY_MANAGER,)))
        assert way_to("cohorts_office.show", cohort_id=3) == "/sessions/3"
        assert way_to("cohorts_office.edit", cohort_id=3) is None
        assert may_open("accounts_public.account")


def test_the_holder_of_a_link_may_open_what_it_is_for(app: Flask) -> None:
    signing, file = "attendance_trainee.home", "resources_trainee.index"
    assert {signing, file} <= set(app.view_functions)
    with app.test_request_context():
        assert not may_open(signing)
        g.link = ALink()
        assert may_open(signing)
        assert not may_open(file)


def test_components_show_nothing_where_there_is_no_way(app: Flask) -> None:
    shown = """
    {% from "components/page.html" import button, post_button, confirm, tabs, breadcrumb %}
    {{ button("Un", none) }}{{ post_button("Deux", none) }}
    {% call confirm("Trois", none, "Titre", "Texte") %}{% endcall %}
    {{ tabs([("Quatre", none, False), ("Cinq", "/cinq", False)]) }}
    {{ breadcrumb([("Six", none), ("Sept", "/sept"), "Huit"]) }}"""
    with app.test_request_context():
        page = render_template_string(shown)
    for word in ("Un", "Deux", "Trois", "Quatre"):
        assert word not in page
    assert '<a href="/cinq">Cinq</a>' in page
    assert "<li>Six</li>" in page


def test_the_tests_themselves_see_a_closed_door(app: Flask) -> None:
    page = """<a href="/sessions/nouvelle">a</a> <a href="/sessions/">b</a>
    <a href="/nulle-part">c</a>
    <form method="post" action="/sessions/1/modifier"></form>"""
    with app.test_request_context("/aujourdhui"):
        login_user(UserFactory(roles=(Role.QUALITY_MANAGER,)))
        assert closed_ways(page) == [
            "GET /nulle-part",
            "GET /sessions/nouvelle",
            "POST /sessions/1/modifier",
        ]
