"""How commands answer: JSON alone on standard output, words on standard error, exit codes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, NoReturn

import click
from flask import current_app

from admin_app.core.errors import Refused


def print_json(value: Any) -> None:
    """The answer, for programs."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def say(message: str) -> None:
    """Words for people, on standard error."""
    click.echo(message, err=True)


def refuse(message: str) -> NoReturn:
    """End the command with its reason (exit code 1)."""
    say(message)
    raise SystemExit(1)


@contextmanager
def refusals_said() -> Iterator[None]:
    """End the command with the reasons of a refused act (exit code 1)."""
    try:
        yield
    except Refused as refused:
        for problem in refused.problems:
            say(problem.message)
        raise SystemExit(1) from refused


@contextmanager
def addresses() -> Iterator[None]:
    """Within this block, pages have the addresses that people outside use."""
    with current_app.test_request_context(base_url=current_app.config["PUBLIC_URL"]):
        yield


class Day(click.ParamType[date]):
    """A day written YYYY-MM-DD."""

    name = "AAAA-MM-JJ"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day, or a refusal that says how to write it (exit code 2)."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"« {value} » n’est pas un jour : écrivez-le ainsi, 2026-11-24.", param, ctx)


DAY = Day()
