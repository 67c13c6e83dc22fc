"""Keeping secrets out of the logs."""

import logging
import re

# Addresses that are keys: whoever has one sees a draft, or sets a new password. And what a reader searched for.
_SECRET_ADDRESSES = re.compile(r"((?:/preview|/admin/reset)/)[^\s?]+|(/search/(?:suggest)?\?)\S+")


class SecretAddressFilter(logging.Filter):
    """Cuts those addresses off where the key begins."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_hide_key(arg) if isinstance(arg, str) else arg for arg in record.args)
        return True


def _hide_key(text: str) -> str:
    return _SECRET_ADDRESSES.sub(lambda found: f"{found[1] or found[2]}…", text)
