"""How large the measured organisations are."""

from dataclasses import dataclass

SEED = 20261101


@dataclass(frozen=True, slots=True)
class Size:
    """An organisation to measure. Ten trainees a cohort on average are new faces.

    `crowd`: how many trainees the first cohort has, instead of what chance gives it (0: chance).
    """

    name: str
    cohorts: int
    crowd: int = 0

    @property
    def trainees(self) -> int:
        """How many people are trained."""
        return max(10 * self.cohorts, self.crowd)

    @property
    def trainers(self) -> int:
        """Each teaches some twenty cohorts a year."""
        return max(4, self.cohorts // 60)

    @property
    def clients(self) -> int:
        """Each buys a few cohorts."""
        return max(8, self.cohorts // 4)

    @property
    def programmes(self) -> int:
        """A catalogue grows far slower than what is sold of it."""
        return min(120, max(12, self.cohorts // 50))

    @property
    def registers(self) -> int:
        """How many rows each register has: one for two cohorts."""
        return min(10_000, max(12, self.cohorts // 2))


SMALL = Size("small", 200)
SIZES = {
    size.name: size
    for size in (
        SMALL,
        Size("office", 2_000),
        Size("large", 20_000),
        Size("network", 100_000),
        Size("25", 25, crowd=25),
        Size("2000", 40, crowd=2_000),
    )
}
CHOICES = ("small", "office", "large", "network")
