"""What other rooms' pages show of resources."""

from typing import Any

from flask import url_for
from flask_login import current_user

from admin_app.core.access import Permission


def half_day_panel(_half_day_id: int, cohort_id: int) -> tuple[str, dict[str, Any]] | None:
    """The way to a cohort's resources, beside one of its half-days (trainers only)."""
    if Permission.TRAINER_SPACE not in getattr(current_user, "permissions", ()):
        return None
    url = url_for("resources_trainer.index", cohort_id=cohort_id)
    return "resources/panel.html", {"url": url}
