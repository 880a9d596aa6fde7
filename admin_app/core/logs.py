"""The technical log: one line an event, without personal data."""

import logging
import sys

import structlog
from flask import Flask


def init_logs(app: Flask) -> None:
    """Send events to standard error, one line each."""
    level = getattr(logging, app.config["SETTINGS"].log_level)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    for noisy in ("weasyprint", "fontTools", "huey"):
        logging.getLogger(noisy).setLevel(logging.ERROR)
