"""The files that browsers fetch: built by script/frontend, served by WhiteNoise.

Their names on disk carry a hash of their content, so a browser keeps them for ever; `asset()` gives
today's address of `liasse.css`. Each is served as built: gzip or Brotli, made beforehand.
"""

import json
import re
from functools import lru_cache
from pathlib import Path
from wsgiref.headers import Headers

import structlog
from flask import Flask
from whitenoise import WhiteNoise

log = structlog.get_logger(__name__)
BUILT = Path(__file__).resolve().parents[1] / "static" / "dist"
MANIFEST = BUILT / "manifest.json"
PREFIX = "/static/dist/"
HASHED = re.compile(r"\.[0-9a-f]{10}\.")


def init_assets(app: Flask) -> None:
    """Serve the built files, and give `asset('liasse.css')` to templates."""
    app.jinja_env.globals["asset"] = asset_url
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=BUILT if BUILT.is_dir() else None,
        prefix=PREFIX,
        autorefresh=app.debug,
        allow_all_origins=False,
        immutable_file_test=lambda _path, url: bool(HASHED.search(url)),
        add_headers_function=_add_headers,
    )


def asset_url(name: str) -> str:
    """The address of a built file, by the name it has in the sources.

    A name that was not built is logged, and its address will answer 404: a page without a picture
    is better than no page. A test of the house looks at every name in the templates.
    """
    hashed = _manifest().get(name)
    if hashed is None:
        log.warning("asset.missing", name=name, remedy="script/bootstrap")
    return PREFIX + (hashed or name)


def asset_path(name: str) -> Path:
    """The same, as a file: the typefaces that the PDF documents embed.

    Raises:
        FileNotFoundError: the front end was not built, or has no such file.
    """
    hashed = _manifest().get(name)
    if hashed is None:
        raise FileNotFoundError(f"« {name} » n’est pas construit : lancez script/bootstrap.")
    return BUILT / hashed


def _manifest() -> dict[str, str]:
    try:
        written_at = MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    return _read(written_at)


@lru_cache(maxsize=1)
def _read(_written_at: int) -> dict[str, str]:
    names: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))
    return names


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
