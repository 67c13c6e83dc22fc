"""Keeping what somebody types, and giving it back to them alone.

A row is its owner's: whoever else asks for it is told that there is none. Keeping makes nobody a contributor and takes
no lock of a document; only saving does, as though the words had just been typed.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import refuse_if

from .models import KeptText

LIFETIME = timedelta(days=30)
LONGEST_PLACE = 200  # characters, as its column has
LONGEST = 2_000_000  # characters of one form: four times the words of the longest page
MOST = 60  # of one person; the oldest give way
OFFERED = 3  # of one page at a time, the newest first

WINDOW = re.compile(r"[0-9a-f]{32}")

Fields = Mapping[str, Sequence[str]]  # as a form sends them: {name: [value, …]}


def keep_text(place: str, fields: Fields, *, window: str, user: User) -> KeptText | None:
    """Keep these fields of the form at `place`, instead of what was kept of the same window; without fields, nothing.

    The caller has asked whether `user` may write there. Raises Blocked.
    """
    content = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)
    refuse_if(_blockers(place, window, content, user))
    if not fields:
        delete_kept_text(place, window=window, user=user)
        return None
    kept = KeptText(user=user, place=place, window=window, content=content, kept_at=timezone.now())
    with transaction.atomic():
        # One statement, so that two requests of one window cannot both insert.
        KeptText.objects.bulk_create(
            [kept],
            update_conflicts=True,
            unique_fields=["user", "place", "window"],
            update_fields=["content", "kept_at"],
        )
        newest = KeptText.objects.filter(user=user).values("pk")[:MOST]
        KeptText.objects.filter(user=user).exclude(pk__in=newest).delete()
    return kept


def _blockers(place: str, window: str, content: str, user: User) -> list[str]:
    if not user.can(Permission.READ_DESK):
        return [_("Your role can't edit this. Ask an author or a drug admin.")]
    if len(place) > LONGEST_PLACE or not WINDOW.fullmatch(window):
        return [_("This page is out of date. Copy what you typed, and open the page again.")]
    if len(content) > LONGEST:
        return [_("This is too long to be kept while you type. Save it.")]
    return []


def list_kept_texts(place: str, *, user: User) -> list[KeptText]:
    """What is kept of this person's at this place, the newest first; [] where nothing is."""
    since = timezone.now() - LIFETIME
    return list(KeptText.objects.filter(user=user, place=place, kept_at__gt=since)[:OFFERED])


def find_kept_text(key: int, *, user: User) -> KeptText | None:
    """One kept text by its key; None where there is none, or none of this person's."""
    return KeptText.objects.filter(pk=key, user=user, kept_at__gt=timezone.now() - LIFETIME).first()


def read_fields(kept: KeptText) -> QueryDict:
    """The fields as the form sent them."""
    data = QueryDict(mutable=True)
    for name, values in json.loads(kept.content).items():
        data.setlist(name, values)
    return data


def delete_kept_text(place: str, *, window: str, user: User) -> None:
    """What was typed in this window is saved."""
    KeptText.objects.filter(user=user, place=place, window=window).delete()


def delete_expired() -> int:
    """Delete what is older than LIFETIME; returns how many texts that were."""
    return KeptText.objects.filter(kept_at__lte=timezone.now() - LIFETIME).delete()[0]
