"""What is still open in a cohort when its certificates are issued or sent."""

from dataclasses import dataclass

from admin_app.attendance.queries import scenes
from admin_app.evaluations.queries import assessed


@dataclass(frozen=True, slots=True)
class Opened:
    """Half-days not closed, signatures missing (half-day, who), trainees without assessment."""

    half_days: tuple[str, ...]
    signatures: tuple[tuple[str, tuple[str, ...]], ...]
    assessments: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.half_days or self.signatures or self.assessments)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, for the journal: no name."""
        return {
            "half_days": len(self.half_days),
            "signatures": sum(len(who) for _, who in self.signatures),
            "assessments": len(self.assessments),
        }


def opened(cohort_id: int) -> Opened:
    """What is open (five statements or so, whatever the number of trainees)."""
    held = scenes(cohort_id)
    return Opened(
        half_days=tuple(one.label for one in held if one.closing is None),
        signatures=tuple(
            (one.label, tuple(person.name for person in one.unsigned))
            for one in held
            if one.unsigned
        ),
        assessments=tuple(
            one.trainee.name
            for one in assessed(cohort_id)
            if one.assessment is None and (one.attended or not one.enrolment.departure)
        ),
    )
