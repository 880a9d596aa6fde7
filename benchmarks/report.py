"""Tables for docs/performance.md, from the JSON reports of several sizes.

.venv/bin/python -m benchmarks.report small.json office.json large.json
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SLOWER = 1.5  # how much slower the largest may be than the smallest
_PAGE_FIGURES = (".p50_ms", ".p95_ms", ".cpu_ms", ".per_second")
Figures = dict[str, dict[str, Any]]


def main(paths: Sequence[str]) -> int:
    """Print the tables."""
    reports = [json.loads(Path(path).read_text(encoding="utf-8")) for path in paths]
    named = {one["size"]: {each["name"]: each for each in one["figures"]} for one in reports}
    for one in reports:
        sys.stdout.write(f"{one['size']}: {one['machine']}\n")
    sys.stdout.write("\n".join(["", *_pages(named), "", *_others(named), ""]))
    return 0


def _pages(named: dict[str, Figures]) -> list[str]:
    first, last = next(iter(named.values())), list(named.values())[-1]
    heads = ["page", "SQL", *(f"p50/p95 {size}, ms" for size in named)]
    heads += ["p95 last/first", *(f"answers/s {size} (of the floor)" for size in named)]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for name in first:
        page, _, what = name.rpartition(".")
        if what != "p95_ms" or name not in last:
            continue
        growth = last[name]["value"] / first[name]["value"]
        cells = [page, _counts(page, named)]
        cells += [_times(page, found) for found in named.values()]
        cells.append(f"{growth:.2f}{' ✗' if growth > SLOWER else ''}")
        cells += [_rate(page, found) for found in named.values()]
        lines.append(_row(cells))
    return lines


def _counts(page: str, named: dict[str, Figures]) -> str:
    """One number when it is the same everywhere."""
    counts = {
        int(figure["value"])
        for found in named.values()
        for name, figure in found.items()
        if name.startswith(f"{page}.statements")
    }
    missed = " ✗" if len(counts) > 1 or max(counts, default=0) > 10 else ""
    return "/".join(map(str, sorted(counts))) + missed


def _times(page: str, found: Figures) -> str:
    if f"{page}.p50_ms" not in found:
        return ""
    return f"{found[f'{page}.p50_ms']['value']:.1f} / {found[f'{page}.p95_ms']['value']:.1f}"


def _rate(page: str, found: Figures) -> str:
    figure = found.get(f"{page}.per_second")
    if figure is None:
        return ""
    return f"{figure['value']:.0f} ({figure['ratio']:.2f}{'' if figure['holds'] else ' ✗'})"


def _others(named: dict[str, Figures]) -> list[str]:
    heads = ["figure", "unit", *named, "floor", "bar"]
    lines = [_row(heads), _row(["---"] * len(heads))]
    names = [name for found in named.values() for name in found]
    for name in dict.fromkeys(names):
        if name.partition(".")[0] not in {"worker", "start", "visit", "coverage"}:
            continue
        figures = [found.get(name) for found in named.values()]
        one = next(figure for figure in figures if figure)
        if name.endswith(_PAGE_FIGURES) or ".statements" in name:
            continue
        cells = [name, one["unit"], *(_value(figure) for figure in figures)]
        cells += [f"{one['floor']:.3g}" if one["floor"] else "", one["bar"]]
        lines.append(_row(cells))
    return lines


def _value(figure: dict[str, Any] | None) -> str:
    if figure is None:
        return ""
    return f"{figure['value']:.3g}{' ✗' if figure['holds'] is False else ''}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
