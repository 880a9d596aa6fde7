"""Measures the engine on a cohort of twelve trainees; not a test (nothing here is collected).

Run: ``PYTHONPATH=. .venv/bin/python tests/compliance/bench_coverage.py``. The bar for ``cover``
is 2 ms.
"""

import sys
import timeit
from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from compliance.coverage import cover
from compliance.expectations import expectations_of
from compliance.referentiel import load
from tests.compliance.builders import cohort, complete

ROUNDS = 200


def measure(name: str, work: Callable[[], object]) -> None:
    work()
    times = sorted(seconds / ROUNDS for seconds in timeit.repeat(work, number=ROUNDS, repeat=9))
    sys.stdout.write(f"{name}: median {times[4] * 1000:.3f} ms, best {times[0] * 1000:.3f} ms\n")


def main() -> None:
    facts = cohort(12)
    expected = expectations_of(facts)
    whole = complete(expected)
    holes = [one for one in whole if one.key % 7]
    edition, zone = load().edition("2026"), ZoneInfo("Europe/Paris")
    measure("expectations_of", lambda: expectations_of(facts))
    for name, evidence in (("cover, all there", whole), ("cover, a seventh missing", holes)):
        measure(
            name,
            lambda evidence=evidence: cover(  # type: ignore[misc]
                facts, expected, evidence, edition=edition, as_of=date(2027, 4, 1), zone=zone
            ),
        )


if __name__ == "__main__":
    main()
