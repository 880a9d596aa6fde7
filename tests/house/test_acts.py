"""What remains to be done always leads to the page where it is done."""

from flask import Flask

from admin_app.coverage.acts import PLACES
from compliance.expectations import catalogue


def test_every_act_of_the_catalogue_leads_to_a_page(app: Flask) -> None:
    acts = {piece.act for piece in catalogue().pieces}
    assert acts == set(PLACES)
    lost = {
        (act, endpoint)
        for act, place in PLACES.items()
        for endpoint in (place.endpoint, place.by or place.endpoint)
        if endpoint not in app.view_functions
    }
    assert lost == set()


def test_every_entry_of_the_navigation_leads_to_a_page(app: Flask) -> None:
    from admin_app.spaces.navigation import SECTIONS

    lost = [
        entry.endpoint
        for _, entries in SECTIONS
        for entry in entries
        if entry.endpoint not in app.view_functions
    ]
    assert lost == []
