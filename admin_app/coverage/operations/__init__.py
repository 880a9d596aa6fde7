"""Bringing expectations up to date: at the end of every act, for what it touched."""

from admin_app.coverage.operations.editions import applicable_requirements, editions_served
from admin_app.coverage.operations.rebuild import (
    rebuild_if_rules_changed,
    rebuild_when_needed,
    start_rebuild,
)
from admin_app.coverage.operations.refreshing import (
    refresh,
    refresh_cohort,
    refresh_cohorts,
    refresh_everything_else,
    refresh_provider,
    refresh_subjects,
)
from admin_app.coverage.operations.rows import COLUMNS, row_values

__all__ = [
    "COLUMNS",
    "applicable_requirements",
    "editions_served",
    "rebuild_if_rules_changed",
    "rebuild_when_needed",
    "refresh",
    "refresh_cohort",
    "refresh_cohorts",
    "refresh_everything_else",
    "refresh_provider",
    "refresh_subjects",
    "row_values",
    "start_rebuild",
]
