"""What the acts of the registers check of what is typed."""

from admin_app.core.checks import LONG, SHORT, chosen, limited, needed, past_day

__all__ = ["LONG", "SHORT", "chosen", "limited", "needed", "past_day"]
