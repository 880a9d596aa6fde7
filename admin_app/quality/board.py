"""Where each register stands on a day, with a fixed number of statements."""

from dataclasses import dataclass
from datetime import date

from admin_app.quality.complaints import queries as complaints
from admin_app.quality.improvements.queries import actions
from admin_app.quality.pieces import YEAR, Rhythm, last_days, rhythm
from admin_app.quality.risks import queries as risks
from admin_app.quality.watch import queries as watch

YEARLY = ("feedback-analysis", "improvement-review", "risk-analysis")


@dataclass(frozen=True, slots=True)
class Board:
    """The registers: the domains of the watch, complaints, actions, risks, what comes each year."""

    domains: list[watch.Domain]
    complaints: complaints.Counts
    actions: actions.Counts
    risks: risks.Counts
    feedback: Rhythm
    review: Rhythm
    analysis: Rhythm


def board(today: date) -> Board:
    """Where each register stands on that day (seven statements)."""
    last = last_days(YEARLY)
    feedback, review, analysis = (rhythm(last.get(one), YEAR, today) for one in YEARLY)
    return Board(
        domains=watch.domains(today),
        complaints=complaints.counts(today),
        actions=actions.counts(today),
        risks=risks.counts(today),
        feedback=feedback,
        review=review,
        analysis=analysis,
    )
