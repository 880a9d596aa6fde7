"""Acts on accounts: inviting, signing in, passwords, roles."""

from admin_app.accounts.operations.access import (
    NewAccount,
    change_account,
    create_user,
    disable,
    enable,
)
from admin_app.accounts.operations.invitations import accept, invite, invite_again, invite_auditor
from admin_app.accounts.operations.resets import ask_reset, change_password, init_reset, reset
from admin_app.accounts.operations.signing_in import sign_in, sign_out, sign_out_everywhere

__all__ = [
    "NewAccount",
    "accept",
    "ask_reset",
    "change_account",
    "change_password",
    "create_user",
    "disable",
    "enable",
    "init_reset",
    "invite",
    "invite_again",
    "invite_auditor",
    "reset",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
]
