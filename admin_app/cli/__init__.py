"""The commands that outside scripts rely on: one module a group, each with `COMMANDS`."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Flask


def init_cli(app: Flask) -> None:
    """Add every command group of this folder to `flask`."""
    for module in iter_modules(__path__):
        for command in getattr(import_module(f"{__name__}.{module.name}"), "COMMANDS", ()):
            app.cli.add_command(command)
