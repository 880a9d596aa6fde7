"""What every page shares: forms, paged lists, refusals, navigation."""

from admin_app.core.pages.forms import Form, fail, keep
from admin_app.core.pages.listing import Page, page_number, paginate
from admin_app.core.pages.replies import done, download, go, invalid, or_404, refused_at, render

__all__ = [
    "Form",
    "Page",
    "done",
    "download",
    "fail",
    "go",
    "invalid",
    "keep",
    "or_404",
    "page_number",
    "paginate",
    "refused_at",
    "render",
]
