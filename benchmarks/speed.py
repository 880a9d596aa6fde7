"""How fast the main pages are, signed in, over HTTP, against the floor.

A page is measured in turns with the floor, so that a neighbour on the machine slows both. Processor
time is noted too: a busy machine stretches the clock, and hardly the work.
"""

from dataclasses import dataclass, field

from benchmarks import signing_in
from benchmarks.doors import FLOOR, FLOOR_APPLICATION, SIGN_IN
from benchmarks.figures import Figure, at_most, median, percentile, say
from benchmarks.instance import Instance
from benchmarks.load import Broken, Visitor, one_by_one, rush
from benchmarks.pages import Address
from benchmarks.server import Server, served

LEAST_SHARE = 0.25  # of the floor's answers a second
LEAST_SHARE_WORDS = f"≥ {LEAST_SHARE:g} × plancher"
MOST_MEMORY = 150  # MB


@dataclass(frozen=True, slots=True)
class Effort:
    """How long each page is measured."""

    rounds: int = 3
    times: int = 90
    seconds: float = 2.5
    rush_seconds: float = 1.8
    visitors: int = 8


@dataclass(slots=True)
class Side:
    """One page of one server, and what was measured of it."""

    server: Server
    path: str
    cookie: str = ""
    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    def warm(self) -> None:
        """Have every worker answer once before anything counts: each visit is a new connection."""
        for _ in range(6):
            visitor = Visitor(self.server.address, self.cookie)
            one_by_one(visitor, self.path, times=1, at_most=10)
            visitor.close()

    def walk(self, effort: Effort) -> None:
        """One visitor, one question after the other."""
        visitor = Visitor(self.server.address, self.cookie)
        self.seconds += one_by_one(
            visitor,
            self.path,
            times=effort.times // effort.rounds,
            at_most=effort.seconds / effort.rounds,
        )
        visitor.close()

    def run(self, effort: Effort) -> None:
        """Many visitors at once."""
        before = self.server.processor_seconds()
        many = rush(
            self.server.address,
            self.cookie,
            self.path,
            visitors=effort.visitors,
            during=effort.rush_seconds / effort.rounds,
        )
        self.rates.append(many.per_second)
        self.work.append((self.server.processor_seconds() - before) / len(many.seconds))


def measure(instance: Instance, pages: list[Address], effort: Effort) -> list[Figure]:
    """The speed of each page, then what a worker weighs after all were visited."""
    found: list[Figure] = []
    with (
        served(instance.environment, path=SIGN_IN) as server,
        served(instance.environment, application=FLOOR_APPLICATION, path=FLOOR) as bare,
    ):
        cookies = {
            reader: signing_in.cookie_of(server.address, reader)
            for reader in {one.page.reader for one in pages}
        }
        for one in pages:
            say(f"page « {one.page.name} »")
            ours = Side(server, one.path, cookies[one.page.reader])
            try:
                found += _figures(one.page.name, ours, _against(ours, bare, effort))
            except Broken as broken:
                say(f"la page « {one.page.name} » ne se mesure pas : {broken}")
        memory, least = server.memory_mb(), bare.memory_mb()
    found.append(at_most("worker.memory_mb", memory, "MB", MOST_MEMORY, least))
    return found


def _against(ours: Side, bare: Server, effort: Effort) -> Side:
    floor = Side(bare, FLOOR)
    ours.warm()
    floor.warm()
    for _ in range(effort.rounds):
        for side in (floor, ours):
            side.walk(effort)
        for side in (floor, ours):
            side.run(effort)
    return floor


def _figures(name: str, ours: Side, floor: Side) -> list[Figure]:
    rate, best = median(ours.rates), median(floor.rates)
    kept = rate >= LEAST_SHARE * best
    return [
        Figure(f"{name}.p50_ms", 1000 * median(ours.seconds), "ms", 1000 * median(floor.seconds)),
        Figure(f"{name}.p95_ms", 1000 * percentile(ours.seconds, 0.95), "ms",
               1000 * percentile(floor.seconds, 0.95)),
        Figure(f"{name}.cpu_ms", 1000 * median(ours.work), "ms", 1000 * median(floor.work)),
        Figure(f"{name}.per_second", rate, "answers/s", best, LEAST_SHARE_WORDS, kept),
    ]  # fmt: skip
