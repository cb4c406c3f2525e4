"""Accounts and their kinds (ACC)."""

from __future__ import annotations

from alms._alms import Account
from alms._operation import Declared, Document, operation


@operation("accounts.convert", take="account")
def convert_account(account: Account | Document) -> Account:
    """Converts a free tier account to a customer account; systems, users and configuration stay.

    Args:
        account: A free tier account.
    """
    raise Declared
