"""`flask cohort`: the cohorts, and enrolling a list."""

from dataclasses import asdict
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import AppGroup

from admin_app.cli.output import print_json, say
from admin_app.cohorts import operations, queries
from admin_app.cohorts.imports import KINDS, Preview, Problem
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.uploads import sniff

cohort = AppGroup("cohort", help="Sessions et inscriptions.")
COMMANDS = (cohort,)


@cohort.command("list")
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
def list_cohorts(as_json: bool) -> None:
    """Toutes les sessions, par premier jour."""
    lines = queries.all_lines(clock.today())
    found = [
        {
            "reference": line.cohort.reference,
            "title": line.cohort.title,
            "starts_on": line.cohort.starts_on,
            "ends_on": line.cohort.ends_on,
            "trainees": line.trainees,
            "half_days": line.half_days,
            "status": line.state.value,
        }
        for line in lines
    ]
    if as_json:
        print_json(found)
        return
    for line in lines:
        one = line.cohort
        click.echo(
            f"{one.reference:<16} {one.starts_on} {one.ends_on} {line.trainees:>4} "
            f"{line.half_days:>4}  {line.state.label:<9} {one.title}"
        )


@cohort.command("import")
@click.argument("reference")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Vérifie sans rien inscrire.")
@click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
def import_list(reference: str, file: Path, dry_run: bool, as_json: bool) -> None:
    """Inscrit tous les stagiaires d’une liste CSV ou XLSX, ou aucun."""
    try:
        data = file.read_bytes()
    except OSError as error:
        say(f"Le fichier « {file} » ne peut pas être lu : {error.strerror or error}.")
        raise SystemExit(2) from error
    found = queries.by_reference(reference)
    if found is None:
        _answer(as_json, 0, [_whole(f"Aucune session ne porte la référence « {reference} ».")])
    try:
        preview = _import(found, data, file.name, dry_run)
    except operations.ImportRefused as refused:
        preview = refused.preview
    except Refused as refused:
        _answer(as_json, 0, [_whole(problem.message) for problem in refused.problems])
    if not preview.problems:
        one, several = ("à inscrire", "à inscrire") if dry_run else ("inscrite", "inscrites")
        people = plural(preview.accepted, f"personne {one}", f"personnes {several}")
        say(f"{people} dans {found.reference}.")
    _answer(as_json, preview.accepted, preview.problems)


def _import(found: Cohort, data: bytes, name: str, dry_run: bool) -> Preview:
    kind = sniff(data) if data else "csv"
    if kind not in KINDS:
        raise Refused("Ce fichier n’est ni un CSV ni un classeur Excel (.xlsx).")
    preview = operations.preview_import(found, data, kind, at=clock.now())
    if not dry_run and not preview.problems:
        operations.import_trainees(found, data, kind, name=name, by=SYSTEM, at=clock.now())
    return preview


def _whole(message: str) -> Problem:
    """A problem of the whole file, of no line and no column."""
    return Problem(0, "", message)


def _answer(as_json: bool, accepted: int, problems: list[Problem]) -> NoReturn:
    """Say what was done and what is to be mended; exit code 1 when something is."""
    if as_json:
        print_json({"accepted": accepted, "problems": [asdict(one) for one in problems]})
    for one in problems:
        column = f", « {one.column} »" if one.column else ""
        where = f"Ligne {one.line}{column} : " if one.line else ""
        say(f"{where}{one.message}")
    raise SystemExit(1 if problems else 0)
