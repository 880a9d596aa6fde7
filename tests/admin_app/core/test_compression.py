"""Answers made of text travel in gzip, and their length tells nothing."""

import gzip
from typing import Any

import pytest
from flask import Flask, Response

from admin_app.core.compression import compressed, init_compression

LONG = "Une session de deux jours. " * 200


@pytest.fixture
def bare() -> Flask:
    app = Flask(__name__)
    init_compression(app)
    app.add_url_rule("/long", view_func=lambda: LONG, endpoint="long")
    app.add_url_rule("/short", view_func=lambda: "court", endpoint="short")
    app.add_url_rule(
        "/pdf", view_func=lambda: Response(LONG, mimetype="application/pdf"), endpoint="p"
    )
    app.add_url_rule("/stream", view_func=lambda: Response(iter([LONG, LONG])), endpoint="s")
    return app


def fetch(app: Flask, path: str, **headers: str) -> Any:
    return app.test_client().get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})


def test_a_page_is_compressed_for_who_can_read_it(bare: Flask) -> None:
    answer = fetch(bare, "/long", Accept_Encoding="gzip, br")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data) < len(LONG) / 6
    assert gzip.decompress(answer.data).decode() == LONG


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0"])
def test_a_page_is_left_alone_for_who_cannot(bare: Flask, accepted: str) -> None:
    answer = fetch(bare, "/long", Accept_Encoding=accepted)
    assert "Content-Encoding" not in answer.headers
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.text == LONG


@pytest.mark.parametrize("path", ["/short", "/pdf", "/stream"])
def test_what_gains_nothing_is_left_alone(bare: Flask, path: str) -> None:
    assert "Content-Encoding" not in fetch(bare, path, Accept_Encoding="gzip").headers


def test_the_length_of_a_page_is_left_to_chance() -> None:
    lengths = {len(compressed(LONG.encode())) for _ in range(200)}
    assert len(lengths) > 50
    assert max(lengths) - min(lengths) <= 101
