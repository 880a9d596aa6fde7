"""`script/bench`: what is measured, at which size, on which database."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import coverage, start, statements, visit
from benchmarks.figures import Figure, as_json, as_table, say
from benchmarks.instance import Instance, NoRoom, instance
from benchmarks.pages import addresses
from benchmarks.sizes import CHOICES, SIZES
from benchmarks.speed import Effort
from benchmarks.speed import measure as measure_speed

PARTS = ("pages", "coverage")
TO_COME = ("documents", "signing", "pack", "bpf")
ROWS = ("25", "2000")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; 0 done, 1 something asked for could not be measured, 2 refused."""
    options = _parser().parse_args(arguments)
    if options.part in TO_COME:
        say(
            f"« {options.part} » ne se mesure pas encore : cette partie de Liasse n’est pas faite. "
            f"Ce qui se mesure : {', '.join(PARTS)}."
        )
        return 2
    parts = PARTS if options.part == "all" else (options.part,)
    try:
        with instance(SIZES[options.size], options.database, options.keep) as made:
            figures = [one for part in parts for one in MEASURES[part](made, options)]
    except (NoRoom, visit.NoBrowser, RuntimeError) as refused:
        say(str(refused))
        return 1
    if options.part == "all":
        say(f"ne se mesurent pas encore : {', '.join(TO_COME)}.")
    sys.stdout.write((as_json if options.json else as_table)(options.size, figures) + "\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="script/bench", description="Mesure Liasse : pages, couverture, démarrage, mémoire."
    )
    parser.add_argument("part", nargs="?", default="all", choices=(*PARTS, *TO_COME, "all"))
    parser.add_argument("--size", default="small", choices=CHOICES, help="taille de l’organisme")
    parser.add_argument("--database", default="sqlite", choices=("sqlite", "postgresql"))
    parser.add_argument("--json", action="store_true", help="le rapport en JSON")
    parser.add_argument("--only", nargs="*", default=(), metavar="PAGE", help="ces pages seulement")
    parser.add_argument("--quick", action="store_true", help="des mesures courtes, moins sûres")
    parser.add_argument(
        "--keep", type=Path, metavar="DOSSIER", help="garder les données pour la fois suivante"
    )
    return parser


def _pages(made: Instance, options: argparse.Namespace) -> list[Figure]:
    app = made.application()
    pages = addresses(app, made.targets, options.only)
    elsewhere = {rows: _statements_at(rows, options) for rows in ROWS}
    effort = Effort(1, 20, 1.0, 0.5) if options.quick else Effort()
    counts = statements.statements(made, pages)
    return [
        *statements.figures(counts, elsewhere),
        *measure_speed(made, pages, effort),
        *start.measure(made),
        *visit.measure(made, pages),
    ]


def _statements_at(rows: str, options: argparse.Namespace) -> dict[str, int]:
    with instance(SIZES[rows], "sqlite", options.keep) as made:
        pages = addresses(made.application(), made.targets, options.only)
        return statements.statements(made, pages)


def _coverage(made: Instance, _options: argparse.Namespace) -> list[Figure]:
    return coverage.measure(made)


MEASURES = {"pages": _pages, "coverage": _coverage}

if __name__ == "__main__":
    raise SystemExit(main())
