"""`flask referentiel`: the editions, what applies, what changed, what is to look at again."""

from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from flask.cli import AppGroup
from sqlalchemy.exc import SQLAlchemyError

from admin_app.cli.output import DAY, print_json, refuse, say
from admin_app.core import clock
from admin_app.practices.queries import chosen
from admin_app.referentiel import added, stale
from compliance.additions.trial import Tried, try_one
from compliance.citations import Citation
from compliance.errors import DataError, UnknownError
from compliance.expectations import load_catalogue
from compliance.facts import ActionFacts
from compliance.referentiel import Applicability, Change, Edition, Indicator, load, load_from
from compliance.referentiel import applicable as sort_indicators
from compliance.tables import data_root
from compliance.values import load_values
from compliance.vocabulary import ActionCategory
from compliance.wording import day_words

JSON = click.option("--json", "as_json", is_flag=True, help="Du JSON seul sur la sortie standard.")
ON = click.option("--on", type=DAY, help="Tel que lu pour un audit de ce jour (aujourd’hui).")

referentiel = AppGroup(
    "referentiel", help="Le référentiel national qualité : éditions, applicabilité, changements."
)
COMMANDS = (referentiel,)


@referentiel.command("list")
@JSON
def list_editions(as_json: bool) -> None:
    """Les éditions, et les audits auxquels chacune s’applique."""
    found: list[dict[str, Any]] = [
        {
            "edition": one.key,
            "title": one.title,
            "applies_from": one.applies_from,
            "applies_until": one.applies_until,
            "indicators": len(one.indicators),
            "reading": one.reading.title,
            "reading_status": one.reading.status,
        }
        for one in load().editions_on(_today())
    ]
    if as_json:
        print_json(found)
        return
    for one in found:
        until = (
            f"au {day_words(one['applies_until'])}"
            if one["applies_until"]
            else "jusqu’à nouvel ordre"
        )
        say(
            f"{one['edition']}  {one['title']} : {one['indicators']} indicateurs, "
            f"audits du {day_words(one['applies_from'])} {until} ({one['reading']})."
        )


@referentiel.command("show")
@click.argument("edition")
@ON
@JSON
def show(edition: str, on: date | None, as_json: bool) -> None:
    """Les critères et les indicateurs d’une édition."""
    found = _edition(edition, on)
    if as_json:
        print_json(
            {
                "edition": found.key,
                "title": found.title,
                "reading": found.reading.title,
                "reading_status": found.reading.status,
                "criteria": [{"number": one.number, "title": one.title} for one in found.criteria],
                "indicators": [_indicator(one) for one in found.indicators],
            }
        )
        return
    for criterion in found.criteria:
        say(f"Critère {criterion.number} – {criterion.title}")
        for one in found.indicators:
            if one.criterion == criterion.number:
                categories = " ".join(one.categories)
                say(f"{one.number:>4}  {one.title} [{categories}] – {one.gravity.label}")


@referentiel.command("applicable")
@click.option("--edition", required=True, help="La clé de l’édition (2019, 2026…).")
@click.option(
    "--category",
    required=True,
    type=click.Choice([one.value for one in ActionCategory]),
    help="La catégorie d’action.",
)
@click.option("--certifying", is_flag=True, help="La formation est certifiante (RNCP ou RS).")
@click.option("--alternance", is_flag=True, help="La formation est en alternance.")
@click.option("--work-placement", is_flag=True, help="Stage, alternance ou AFEST.")
@click.option("--subcontracting", is_flag=True, help="Sous-traitance, indépendants ou portage.")
@click.option("--subcontractor", is_flag=True, help="L’organisme est lui-même le sous-traitant.")
@click.option(
    "--no-missions-contract", is_flag=True, help="… sans contrat qui décrive ses missions."
)
@click.option("--new-entrant", is_flag=True, help="Nouvel entrant dans cette catégorie.")
@click.option("--days", type=click.IntRange(min=1), help="Le nombre de jours de formation.")
@click.option(
    "--remote-share", type=click.IntRange(0, 100), help="La part à distance, en pour cent."
)
@ON
@JSON
def applicable(
    edition: str,
    category: str,
    days: int | None,
    remote_share: int | None,
    on: date | None,
    as_json: bool,
    **flags: bool,
) -> None:
    """Les indicateurs qui s’appliquent à une action, et pourquoi les autres non."""
    action = ActionFacts(
        categories=(ActionCategory(category),),
        is_certifying=flags["certifying"],
        is_alternance=flags["alternance"],
        has_work_placement=flags["work_placement"] or flags["alternance"],
        has_subcontracting=flags["subcontracting"],
        is_subcontractor=flags["subcontractor"],
        has_missions_contract=False if flags["no_missions_contract"] else None,
        is_new_entrant=flags["new_entrant"],
        training_days=days,
        remote_share=remote_share,
    )
    found = sort_indicators(_edition(edition, on), action)
    if as_json:
        print_json(_applicability(found))
        return
    say("S’appliquent : " + ", ".join(str(one.number) for one in found.applicable))
    for aside in found.not_applicable:
        say(f"{aside.indicator.number:>4}  non applicable : {aside.reason} ({aside.layer.label})")
    for awaited in found.awaited:
        say(f"      texte attendu : {awaited.sentence}")


@referentiel.command("diff")
@click.argument("before")
@click.argument("after")
@JSON
def diff(before: str, after: str, as_json: bool) -> None:
    """Ce qui a changé d’une édition à la suivante."""
    try:
        found = load().diff(before, after)
    except UnknownError as problem:
        refuse(str(problem))
    if as_json:
        print_json([_change(one) for one in found])
        return
    for one in found:
        number = one.number_after or one.number_before
        say(f"{number:>4}  {one.kind.label:<20} {one.sentence}")


@referentiel.command("check")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True))
@JSON
def check(file: Path | None, as_json: bool) -> None:
    """Les données sont en ordre ; ou un FICHIER que l’on veut ajouter l’est."""
    found = _tried_file(file) if file else added.read_now()
    problems = [*([] if file else _shipped_problems()), *found.refused]
    if as_json:
        print_json(
            {
                "ok": not problems,
                "files": [_added(one) for one in found.accepted],
                "problems": [
                    {"file": p.file, "key": p.key, "message": p.message, "remedy": p.remedy}
                    for p in problems
                ],
            }
        )
    for problem in problems:
        say(f"{problem.file} [{problem.key}] : {problem.message}. Remède : {problem.remedy}.")
    if problems:
        raise SystemExit(1)
    names = ", ".join(one.file for one in found.accepted)
    say("Les données sont en ordre." + (f" Fichiers ajoutés : {names}." if names else ""))


@referentiel.command("stale")
@click.option("--as-of", type=DAY, help="Comme si l’on était ce jour-là.")
@JSON
def show_stale(as_of: date | None, as_json: bool) -> None:
    """Ce que personne n’a relu depuis longtemps. Sort avec 1 s’il y a à relire."""
    found = stale.to_look_at(as_of or _today(), _own_values())
    if as_json:
        print_json([one.as_json() for one in found])
    for one in found:
        if not as_json or one.is_stale:
            say(f"{'! à relire' if one.is_stale else '  vu récemment'}  {one.sentence}")
    if any(one.is_stale for one in found):
        raise SystemExit(1)
    say("Rien n’attend d’être relu.")


def _today() -> date:
    """Today for the organisation; the rules can be asked before there is one."""
    try:
        return clock.today()
    except SQLAlchemyError:
        return clock.now().astimezone(ZoneInfo(clock.DEFAULT_ZONE)).date()


def _own_values() -> dict[str, int]:
    try:
        return chosen()
    except SQLAlchemyError:
        return {}


def _edition(key: str, on: date | None) -> Edition:
    try:
        return load().edition(key, on or _today())
    except UnknownError as problem:
        refuse(str(problem))


def _tried_file(file: Path) -> Tried:
    try:
        return Tried((try_one(file.parent, file.name),), ())
    except DataError as problem:
        return Tried((), (problem,))


def _shipped_problems() -> list[DataError]:
    try:
        load_from(data_root())
        load_values(data_root())
        load_catalogue(data_root())
    except DataError as problem:
        return [problem]
    return []


def _citation(one: Citation) -> dict[str, Any]:
    return {
        "sentence": one.sentence,
        "text": one.text,
        "locator": one.locator,
        "url": one.url,
        "consulted_on": one.consulted_on,
        "provisional": one.provisional,
        "why": one.why,
    }


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "number": one.number,
        "key": one.key,
        "criterion": one.criterion,
        "title": one.title,
        "summary": one.summary,
        "categories": list(one.categories),
        "conditions": {category.value: list(names) for category, names in one.conditions.items()},
        "gravity": one.gravity,
        "grading": one.grading,
        "new_entrant": one.new_entrant,
        "expected": one.expected,
        "provisional": one.is_provisional,
        "citations": [_citation(text) for text in one.citations],
    }


def _applicability(found: Applicability) -> dict[str, Any]:
    return {
        "applicable": [one.number for one in found.applicable],
        "not_applicable": [
            {
                "number": one.indicator.number,
                "key": one.indicator.key,
                "reason": one.reason,
                "layer": one.layer,
                "citations": [text.sentence for text in one.citations],
            }
            for one in found.not_applicable
        ],
        "formalised_only": [one.number for one in found.formalised_only],
        "awaited": [
            {"requirement": one.requirement, "sentence": one.sentence} for one in found.awaited
        ],
        "notes": [
            {"requirement": one.requirement, "layer": one.says.layer, "sentence": one.says.sentence}
            for one in found.notes
        ],
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "key": one.key,
        "kind": one.kind,
        "number_before": one.number_before,
        "number_after": one.number_after,
        "sentence": one.sentence,
        "citations": [_citation(text) for text in one.citations],
    }


def _added(one: Any) -> dict[str, Any]:
    return {
        "file": one.file,
        "title": one.title,
        "published_on": one.published_on,
        "applies_from": one.applies_from,
    }
