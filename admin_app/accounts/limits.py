"""The outer wall: how many requests one network address may make of a sensitive page."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)


def init_limits(app: Flask) -> None:
    """Count in Redis when the installation has one (several processes share it), else in memory."""
    queue = app.config["SETTINGS"].queue_url
    app.config.setdefault(
        "RATELIMIT_STORAGE_URI", queue if queue.startswith("redis") else "memory://"
    )
    limiter.init_app(app)
