"""Documents: checked for their mandatory mentions, rendered once, stored by their hash.

`operations.issue` makes one, `queries` reads them, `replies.reply` hands one out,
`engines.working_paper` makes sheets to write upon. `templates/layouts/document.html` says how a
kind of document is made.
"""

from flask import Flask

from admin_app.core import clock


def init_room(app: Flask) -> None:
    """Give templates the civil day of an instant (`| civil_day | day`)."""
    app.jinja_env.filters["civil_day"] = clock.day_of
