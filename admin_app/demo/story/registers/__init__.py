"""The registers, month after month: what was watched, said, improved, feared, checked, published.

Each module plans one of them from `files/registers.toml`.
"""

from admin_app.demo.story.registers import (
    complaints,
    house,
    improvements,
    offer,
    partners,
    risks,
    safeguarding,
    team,
    trainers,
    watch,
)
from admin_app.demo.story.registers.book import Book
from admin_app.demo.world import World

REGISTERS = (
    house,
    team,
    safeguarding,
    watch,
    complaints,
    risks,
    improvements,
    trainers,
    partners,
    offer,
)


def plan(world: World) -> None:
    """Note all that is entered in the registers."""
    book = Book(world)
    for register in REGISTERS:
        register.plan(book)
