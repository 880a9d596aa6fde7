"""What the organisation's pages share."""

from werkzeug.wrappers import Response

from admin_app.core.access import Pages, Permission

pages = Pages("organisation", "office", "/organisme")
MANAGE = Permission.ORGANISATION_MANAGE
Reply = str | tuple[str, int] | Response
