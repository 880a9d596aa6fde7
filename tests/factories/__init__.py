"""Factories: rows as a test needs them, with believable French values."""

from tests.factories.base import Factory, committed
from tests.factories.house import (
    ClientContactFactory,
    ClientFactory,
    HouseDocumentFactory,
    PlaceFactory,
    ProviderFactory,
    TraineeFactory,
    TrainerFactory,
    UserFactory,
)
from tests.factories.training import (
    AssignmentFactory,
    CohortFactory,
    EnrolmentFactory,
    HalfDayFactory,
    ProgrammeFactory,
    ProgrammeVersionFactory,
    cohort_with,
)

__all__ = [
    "AssignmentFactory",
    "ClientContactFactory",
    "ClientFactory",
    "CohortFactory",
    "EnrolmentFactory",
    "Factory",
    "HalfDayFactory",
    "HouseDocumentFactory",
    "PlaceFactory",
    "ProgrammeFactory",
    "ProgrammeVersionFactory",
    "ProviderFactory",
    "TraineeFactory",
    "TrainerFactory",
    "UserFactory",
    "cohort_with",
    "committed",
]
