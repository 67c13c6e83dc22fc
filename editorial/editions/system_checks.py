"""System checks, run by `manage.py check --database default` and by `manage.py migrate`.

A warning and not an error: `migrate` must be able to run, because it is what installs the triggers. /readyz keeps a
server without them out of service.
"""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections

from . import triggers


def check_triggers(
    app_configs: Any, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """The database keeps the records: without its triggers the promise rests on the code alone."""
    warnings: list[checks.CheckMessage] = []
    for alias in databases or ():
        if missing := triggers.missing(connections[alias]):
            warnings.append(
                checks.Warning(
                    f"{len(missing)} of the triggers that guard the records are missing.",
                    hint="Run manage.py migrate: it installs them again.",
                    id="editions.W001",
                )
            )
    return warnings
