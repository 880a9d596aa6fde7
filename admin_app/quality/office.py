"""Quality: what is due in each register, on one page."""

from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import render
from admin_app.quality import board

pages = Pages("quality", "office", prefix="/qualite")


@pages.get("/", allow=Permission.QUALITY_READ)
def index() -> str:
    """What is due in each register, the latest first."""
    return render("quality/index.html", board=board.board(clock.today()))
