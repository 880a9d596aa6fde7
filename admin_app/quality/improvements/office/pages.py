"""Where the pages of improvements are declared."""

from admin_app.core.access import Pages, Permission

pages = Pages("improvements", "office", prefix="/qualite/ameliorations")
READ, ENTER, MANAGE = Permission.QUALITY_READ, Permission.QUALITY_ENTER, Permission.QUALITY_MANAGE
