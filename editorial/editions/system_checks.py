"""System checks, run by `manage.py check --database default` and by `manage.py migrate`.

A warning and not an error: `migrate` must be able to run, because it is what installs the triggers. /readyz keeps a
server without them out of service.
"""

from django.core import checks
from django.db import connections

from . import triggers


def check_triggers(app_configs, databases=None, **_kwargs):
    """The database keeps the records: without its triggers the promise rests on the code alone."""
    found = []
    for alias in databases or ():
        if missing := triggers.missing(connections[alias]):
            found.append(
                checks.Warning(
                    f"{len(missing)} of the triggers that guard the records are missing.",
                    hint="Run manage.py migrate: it installs them again.",
                    id="editions.W001",
                )
            )
    return found
