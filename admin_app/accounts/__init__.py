"""Accounts: invitations, sign-in, passwords, roles."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Know who is signed in, where visitors are sent, and what personal links open here."""
    from admin_app.accounts.limits import init_limits
    from admin_app.accounts.operations import init_reset
    from admin_app.accounts.signed_in import init_signed_in
    from admin_app.core.links import Purpose

    init_signed_in(app)
    init_limits(app)
    init_reset(app)
    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.INVITATION] = "accounts_public.accept"
    homes[Purpose.PASSWORD_RESET] = "accounts_public.reset"
