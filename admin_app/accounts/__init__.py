"""Accounts: invitations, sign-in, passwords, roles."""
