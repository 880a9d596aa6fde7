"""The outer wall: how many requests one network address may make of a sensitive page."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


class Wall(Limiter):
    """Asks of the pages that declare a limit: they ask themselves, no limit holds for all."""

    def _check_request_limit(
        self, callable_name: str | None = None, in_middleware: bool = True
    ) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = Wall(get_remote_address, headers_enabled=False)


def init_limits(app: Flask) -> None:
    """Count in Redis when the installation has one (several processes share it), else in memory."""
    queue = app.config["SETTINGS"].queue_url
    app.config.setdefault(
        "RATELIMIT_STORAGE_URI", queue if queue.startswith("redis") else "memory://"
    )
    limiter.init_app(app)
