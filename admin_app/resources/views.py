"""What other rooms' pages show of resources."""

from typing import Any

from admin_app.core.access import way_to


def half_day_panel(_half_day_id: int, cohort_id: int) -> tuple[str, dict[str, Any]] | None:
    """The way to a cohort's resources, beside one of its half-days (trainers only)."""
    url = way_to("resources_trainer.index", cohort_id=cohort_id)
    return ("resources/panel.html", {"url": url}) if url is not None else None
