"""Where the pages of risks are declared."""

from admin_app.core.access import Pages, Permission

pages = Pages("risks", "office", prefix="/qualite/risques")
READ, ENTER, MANAGE = Permission.QUALITY_READ, Permission.QUALITY_ENTER, Permission.QUALITY_MANAGE
