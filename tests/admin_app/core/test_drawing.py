"""What is drawn or typed as a signature."""

import pytest

from admin_app.core.drawing import ink_of
from admin_app.core.errors import Refused


@pytest.mark.parametrize("typed", ["anne", "La Tour", "TOUR", "Anne de La Tour"])
def test_a_name_typed_in_part_is_the_signers(typed: str) -> None:
    assert (
        ink_of(way="typed", strokes=[], typed_name=typed, name="Anne de La Tour").typed_name
        == typed
    )


@pytest.mark.parametrize("typed", ["de", "La", "de la", "Durand", "-", "x"])
def test_a_particle_alone_is_nobodys_name(typed: str) -> None:
    with pytest.raises(Refused):
        ink_of(way="typed", strokes=[], typed_name=typed, name="Anne de La Tour")


def test_a_name_of_particles_is_a_name() -> None:
    assert ink_of(way="typed", strokes=[], typed_name="Le", name="Le Van").typed_name == "Le"
