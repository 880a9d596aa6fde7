"""Which tests a run holds, and which of them start first when several processes share them."""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# The rules alone, scripts, and what always runs on SQLite, are not run again on PostgreSQL.
WANTS_THE_DATABASE = "database_kind"

# What takes minutes starts first, or one process would end long after the other.
FIRST = (
    "tests/journeys/test_story.py",
    "demonstration",
    "tests/journeys/test_demonstration.py",
    "tests/house/test_bench.py",
)
# One process loads the demonstration for all of these.
DEMONSTRATION = (
    "tests/admin_app/demo/",
    "tests/house/test_bad_input.py",
    "tests/house/test_ways.py",
)


# These leave odd things in the demonstration: whoever reads it comes before.
LAST = "tests/house/test_bad_input.py"
# What pages say is read on one database; both are tried with what is sent (`test_bad_input`).
READ_ONCE = "tests/house/test_ways.py"


def group_of(nodeid: str) -> str:
    """Tests of one group run in one process, one after the other."""
    return "demonstration" if nodeid.startswith(DEMONSTRATION) else nodeid.partition("::")[0]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what this run must run, the longest groups first."""
    if config.getoption("--database") == "postgresql":
        kept, rest = [], []
        for one in items:
            asks = WANTS_THE_DATABASE in getattr(one, "fixturenames", ())
            asks = asks and not one.nodeid.startswith(READ_ONCE)
            (kept if asks else rest).append(one)
        config.hook.pytest_deselected(items=rest)
        items[:] = kept
    items.sort(key=lambda one: one.nodeid.startswith(LAST))
    if hasattr(config, "workerinput"):  # one of several processes
        items.sort(key=_rank)


def _rank(item: pytest.Item) -> int:
    group = group_of(item.nodeid)
    return FIRST.index(group) if group in FIRST else len(FIRST)


class Groups(LoadScopeScheduling):
    """Gives whole groups to the processes, in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Groups | None:
    """The meaning of `--dist loadscope` here."""
    if config.getvalue("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False  # by number of tests: the longest have few
    return Groups(config, log)
