"""System checks, run by `manage.py check --database default` and by `manage.py migrate`.

A warning and not an error: `migrate` must be able to run, because it is what installs the triggers. /readyz keeps a
server without them out of service.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connections

from . import triggers
from .checkpoints import public_key_of


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


def check_checkpoint_settings(app_configs: Any, **_kwargs: Any) -> Iterator[checks.CheckMessage]:
    """What is set has to work: else the worker would say so in its log, a day later."""
    if settings.CHECKPOINT_KEY:
        try:
            public_key_of(settings.CHECKPOINT_KEY)
        except ValueError:
            yield checks.Error(
                "CHECKPOINT_KEY is not a key.", hint="manage.py make_checkpoint_key makes one.", id="editions.E001"
            )
    for address in settings.CHECKPOINT_AUDITORS:
        try:
            validate_email(address)
        except ValidationError:
            yield checks.Error(f"CHECKPOINT_AUDITORS: {address} is not an email address.", id="editions.E002")


def check_checkpoints_leave(app_configs: Any, **_kwargs: Any) -> Iterator[checks.CheckMessage]:
    """Of a site that patients read: somebody outside has to be able to contradict a rewritten database."""
    if not settings.CHECKPOINT_KEY:
        yield checks.Warning(
            "CHECKPOINT_KEY is not set, so no checkpoint of the records is made. Whoever owns the database can rewrite "
            "what was signed.",
            hint="manage.py make_checkpoint_key makes one. See docs/operating.md.",
            id="editions.W002",
        )
    elif not settings.CHECKPOINT_AUDITORS:
        yield checks.Warning(
            "CHECKPOINT_AUDITORS names nobody, so checkpoints of the records stay on this server.",
            hint="Name the addresses of people who do not run this server.",
            id="editions.W003",
        )
