"""`flask worker`: does long work, sends the post, and runs what is periodic."""

import click
from flask import current_app
from flask.cli import with_appcontext

from admin_app.core import jobs

LONGEST_PAUSE = 1.0  # seconds between two looks at an empty queue


@click.command("worker")
@click.option("--threads", default=1, show_default=True, help="Travaux menés de front.")
@click.option(
    "--periodic/--no-periodic",
    default=True,
    help="Se charge aussi des tâches périodiques : un seul travailleur le doit.",
)
@with_appcontext
def worker(threads: int, periodic: bool) -> None:
    """Fait les travaux en attente, jusqu’à ce qu’on l’arrête (SIGTERM : il finit le sien)."""
    from huey.consumer import Consumer  # for the worker alone

    consumer = Consumer(
        jobs.queue(),
        workers=threads,
        periodic=periodic,
        max_delay=LONGEST_PAUSE,
        worker_type="thread",
        graceful_signal="TERM",
    )
    if periodic:
        jobs.do_starts(current_app._get_current_object())  # type: ignore[attr-defined]
    consumer.run()


COMMANDS = (worker,)
