"""What the pages about people share."""

from werkzeug.wrappers import Response

from admin_app.core.access import Pages, Permission

pages = Pages("people", "office")
MANAGE, FOLLOW = Permission.PEOPLE_MANAGE, Permission.TRAINERS_FOLLOW
Reply = str | tuple[str, int] | Response
