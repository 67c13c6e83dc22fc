"""What is kept out of the logs."""

import logging
import re

# Addresses that are keys: whoever has one sees a draft, or sets a new password.
_KEYS = re.compile(r"(/preview|/admin/reset)/[^\s?]+")


class WithoutKeys(logging.Filter):
    """Cuts such addresses off where the key begins."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_KEYS.sub(r"\1/…", each) if isinstance(each, str) else each for each in record.args)
        return True
