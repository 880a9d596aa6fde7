"""How many SQL statements each page runs, whatever the rows."""

from collections.abc import Iterable, Mapping

from benchmarks import signing_in
from benchmarks.doors import COUNTING_APPLICATION, SIGN_IN
from benchmarks.figures import Figure, say
from benchmarks.instance import Instance
from benchmarks.load import Visitor
from benchmarks.pages import Address
from benchmarks.server import served

MOST = 10
HEADER = "x-liasse-statements"  # what benchmarks.counting answers


def statements(instance: Instance, pages: Iterable[Address]) -> dict[str, int]:
    """The number of statements of each page, asked a second time (the first fills caches)."""
    found = {}
    with served(
        instance.environment,
        application=COUNTING_APPLICATION,
        path=SIGN_IN,
        workers=1,
    ) as server:
        cookies: dict[str, str] = {}
        for one in pages:
            reader = one.page.reader
            if reader not in cookies:
                cookies[reader] = signing_in.cookie_of(server.address, reader)
            visitor = Visitor(server.address, cookies[reader])
            answers = [visitor.get(one.path) for _ in range(2)]
            visitor.close()
            if answers[1].status == 200:
                found[one.page.name] = int(answers[1].headers[HEADER])
            else:
                say(f"la page « {one.page.name} » répond {answers[1].status} ({one.path}).")
    return found


def figures(counts: Mapping[str, int], elsewhere: Mapping[str, Mapping[str, int]]) -> list[Figure]:
    """The counts at this size; those of other installations must be the same."""
    found = []
    for page, count in counts.items():
        found.append(
            Figure(f"{page}.statements", count, "statements", bar=f"≤ {MOST}", holds=count <= MOST)
        )
        for rows, others in elsewhere.items():
            if page in others:
                found.append(
                    Figure(
                        f"{page}.statements_at_{rows}",
                        others[page],
                        "statements",
                        bar=f"= {count}",
                        holds=others[page] == count,
                    )
                )
    return found
