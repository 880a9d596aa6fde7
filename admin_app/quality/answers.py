"""What the pages of the registers answer."""

from admin_app.core.pages.answers import Reply, answer, did, filters

__all__ = ["Reply", "answer", "did", "filters"]
