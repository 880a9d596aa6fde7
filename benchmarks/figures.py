"""Figures, and how they are shown: `{"name", "value", "unit", "floor", "ratio"}`."""

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `floor` is the bare limit measured in the same run, `ratio` value / floor.

    `bar` is what the project promises, `holds` whether the figure keeps it; None without a promise.
    """

    name: str
    value: float
    unit: str
    floor: float | None = None
    bar: str = ""
    holds: bool | None = None

    @property
    def ratio(self) -> float | None:
        """The value against the floor."""
        return self.value / self.floor if self.floor else None

    def shown(self) -> dict[str, Any]:
        """The figure as it is printed."""
        shown = {**asdict(self), "ratio": self.ratio}
        return {key: round(one, 4) if isinstance(one, float) else one for key, one in shown.items()}


def at_most(name: str, value: float, unit: str, most: float, floor: float | None = None) -> Figure:
    """A figure that must not go over its bar."""
    return Figure(name, value, unit, floor, f"≤ {most:g}", value <= most)


def median(values: Iterable[float]) -> float:
    """The middle one."""
    return percentile(values, 0.5)


def percentile(values: Iterable[float], share: float) -> float:
    """The value under which that share of them falls.

    Raises:
        ValueError: there are none.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> str:
    """« 2 processors, Intel…, 23 GB, Debian…, Python 3.11.7 », and how busy it was."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return (
        f"{os.cpu_count()} × {_processor()}, {memory:.0f} GB, {_system()}, "
        f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
    )


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _system() -> str:
    for line in _lines("/etc/os-release"):
        if line.startswith("PRETTY_NAME="):
            return line.partition("=")[2].strip().strip('"')
    return platform.system()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def as_json(size: str, figures: Sequence[Figure]) -> str:
    """The report that programs read."""
    report = {"machine": machine(), "size": size, "figures": [one.shown() for one in figures]}
    return json.dumps(report, ensure_ascii=False, indent=2)


def as_table(size: str, figures: Sequence[Figure]) -> str:
    """The report that people read."""
    lines = [f"{machine()}\nTaille : {size}\n"]
    width = max((len(one.name) for one in figures), default=0)
    for one in figures:
        against = f"  × {one.ratio:.2f} du plancher" if one.ratio is not None else ""
        kept = {None: "", True: f"  (seuil {one.bar})", False: f"  SEUIL MANQUÉ ({one.bar})"}
        lines.append(
            f"{one.name:<{width}}  {one.value:>10.6g} {one.unit}{against}{kept[one.holds]}"
        )
    return "\n".join(lines)


def say(words: str) -> None:
    """Tell whoever reads the console; the report alone goes to standard output."""
    sys.stderr.write(f"Liasse : {words}\n")
    sys.stderr.flush()
