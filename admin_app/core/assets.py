"""The files of the front end."""

from flask import Flask, url_for


def init_assets(app: Flask) -> None:
    """Give `asset('liasse.css')` to templates."""
    app.jinja_env.globals["asset"] = lambda name: url_for("static", filename=f"dist/{name}")
