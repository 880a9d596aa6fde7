"""`flask documents`: issuing documents for a whole cohort."""

import json
from dataclasses import dataclass
from pathlib import Path

import click
from flask.cli import AppGroup

from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.errors import Refused
from admin_app.documents import kinds, operations, queries
from admin_app.documents.models import Document
from admin_app.documents.replies import file_name

documents = AppGroup("documents", help="Documents établis.")
COMMANDS = (documents,)


@dataclass(frozen=True, slots=True)
class Issued:
    """A document and for whom it is."""

    document: Document
    label: str


@documents.command("issue", help="Établit les documents de ce type pour une session.")
@click.argument("kind")
@click.argument("reference")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="dossier où copier les PDF"
)
@click.option("--json", "as_json", is_flag=True, help="résultat en JSON")
def issue(kind: str, reference: str, out: Path | None, as_json: bool) -> None:
    """Issue what is not issued yet; what is, is given back as it was."""
    issued, problems = issue_for(kind, reference)
    found = [_line(one, out) for one in issued]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in found:
            click.echo(f"{line['number']}  {line['for']}  {line['path'] or line['sha256']}")
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise SystemExit(1)


def issue_for(kind: str, reference: str) -> tuple[list[Issued], list[str]]:
    """The documents of that kind for the cohort, and why some could not be issued."""
    issued: list[Issued] = []
    problems: list[str] = []
    try:
        cohort_id = kinds.cohort_key(reference)
        gather, act = kinds.gathering(kind)
        gathered = list(gather(cohort_id))
    except Refused as refused:
        return [], [problem.message for problem in refused.problems]
    for one in gathered:
        try:
            document = queries.latest(kind, one.subject) or (
                act(one, SYSTEM, clock.now()) if act else _plain_issue(kind, cohort_id, one)
            )
        except Refused as refused:
            problems += [f"{one.label} : {problem.message}" for problem in refused.problems]
        else:
            issued.append(Issued(document, one.label))
    return issued, problems


def _plain_issue(kind: str, cohort_id: int, one: kinds.Gathered) -> Document:
    return operations.issue(
        kind, subject=one.subject, cohort_id=cohort_id, data=one.data, by=SYSTEM, at=clock.now()
    )


def _line(issued: Issued, out: Path | None) -> dict[str, str | None]:
    document = issued.document
    path: str | None = None
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        copy = out / file_name(document)
        copy.write_bytes(queries.read(document))
        path = str(copy)
    return {
        "number": document.number,
        "kind": document.kind,
        "for": issued.label,
        "sha256": document.sha256,
        "path": path,
    }
