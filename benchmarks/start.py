"""Cold start: from the order to start until the first answer."""

from benchmarks.doors import FLOOR, FLOOR_APPLICATION, SIGN_IN
from benchmarks.figures import Figure, median
from benchmarks.instance import Instance
from benchmarks.server import served

TRIES = 5
MOST = 1.0  # seconds


def measure(instance: Instance) -> list[Figure]:
    """New processes each time; the system has read the files already."""
    ours, bare = [], []
    for _ in range(TRIES):
        with served(instance.environment, path=SIGN_IN) as server:
            ours.append(server.started_in)
        with served(instance.environment, application=FLOOR_APPLICATION, path=FLOOR) as server:
            bare.append(server.started_in)
    value = median(ours)
    return [Figure("start.first_answer_s", value, "s", median(bare), f"≤ {MOST:g}", value <= MOST)]
