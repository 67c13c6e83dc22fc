"""Writing to working copies: the only way in.

`editing` locks the document's row, checks the version token of (document, language), records the contribution and
keeps what the desk's search finds. Inside it, rows are read fresh and one language is set. The obvious way (load,
change, save) loses another translator's work, because one row holds every language.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.text_hygiene import clean_line

from ..blockers import SavedMeanwhile, refuse_if
from ..kinds import kind_named, kind_of
from ..models import ChainHead, Contribution, Document, OldAddress, WorkingVersion
from ..working_copy import WorkingCopy
from .draft_links import keep_draft_links
from .row_history import SavedRow, lock_rows
from .search_texts import keep_search_text
from .text_writers import keep_writers
from .tracking import BEFORE, PAST

SLUG = r"[a-z0-9]+(?:[-_]+[a-z0-9]+)*"  # the last part of an address
LONGEST_SLUG = 100
ADDRESS_RULE = gettext_lazy(
    "An address has lower-case letters from a to z and digits, with hyphens between them, for example side-effects."
)


_followers: list[Callable[[Document, str], None]] = []


def follow_saves(follower: Callable[[Document, str], None]) -> None:
    """Let an app above keep rows that follow from drafts: called with each save's document and language, inside it."""
    _followers.append(follower)


class WorkingCopyChanged(SavedMeanwhile):
    """Somebody saved this working copy after the form was opened: `is_own` where `user` did, in another tab."""

    own = gettext_lazy(
        "You saved this page in another tab at %(time)s, after you opened this one. Nothing was overwritten: "
        "compare what you saved there with what you typed here, then save again."
    )
    theirs = gettext_lazy(
        "%(name)s saved this page while you were writing. Nothing was overwritten: compare your words "
        "with theirs, then save again."
    )

    def __init__(self, version: WorkingVersion, user: User | None = None):
        self.version = version
        writer = version.changed_by
        is_own = user is not None and writer == user
        super().__init__(is_own=is_own, name=writer.name if writer else "", at=version.changed_at)


def lock_document(document: Document) -> Document:
    """The document's row, locked until the transaction ends. Every service starts here."""
    return Document.objects.select_for_update().get(pk=document.pk)


def refreshed_user(user: User) -> User:
    """The user as they are now: after a wait for the lock somebody may have taken the account or a role away."""
    return User.objects.get(pk=user.pk)


def lock_user(user: User) -> User:
    """Let nobody sign in this person's name, or revoke all that they signed, until the transaction ends.

    Returns the user as they are until then; their roles are read when they are first asked about. Taken before
    documents are locked, by all who take it. Records that only name the person do not wait for it.
    """
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def write_blockers(user: User, language: str, kind: str = "") -> list[str]:
    """Why this user may not write pages of this kind in this language; empty when they may."""
    if language == settings.SOURCE_LANGUAGE:
        allowed = user.can(kind_named(kind).written_with if kind else Permission.WRITE)
        words = _("Your role can't edit pages of this kind. Ask someone whose role can.")
    else:
        allowed = user.can(Permission.TRANSLATE, language=language)
        words = _("Your role can't translate into this language. Ask one of its translators.")
    return [] if allowed else [words]


def cite_blockers(user: User) -> list[str]:
    """Why this user may not write what pages of all kinds share: references, figures. Empty when they may."""
    allowed = user.can(Permission.WRITE) or user.can(Permission.RECORD_FACTS)
    return [] if allowed else [_("Your role can't edit this. Ask an author or a drug admin.")]


def create_document(kind: str, slug: str, *, user: User) -> Document:
    """A new document with an empty chain. Raises Blocked when the address is none, or is or was another's.

    What the program may ask for is found by the address that it is made with, as its key, for good.
    """
    slug = slug.lower()
    with transaction.atomic():
        refuse_if([*write_blockers(user, settings.SOURCE_LANGUAGE, kind), *address_blockers(kind, slug)])
        has_key = kind_named(kind).has_keys or f"{kind}/{slug}" in settings.SITE_PAGES
        key = slug if has_key and not Document.objects.filter(kind=kind, key=slug).exists() else ""
        document = Document.objects.create(kind=kind, slug=slug, key=key)
        ChainHead.objects.create(document=document)
        return document


def discarded_blockers(document: Document) -> list[str]:
    """Why nobody can write in this page, share or submit it: it is a draft that somebody discarded."""
    discarded = [_("This draft was discarded. Ask a head of content to bring it back.")]
    return discarded if document.is_discarded else []


def address_blockers(kind: str, slug: str, document: Document | None = None) -> Iterator[str]:
    if not re.fullmatch(SLUG, slug) or len(slug) > LONGEST_SLUG:
        yield str(ADDRESS_RULE)
        return
    taken = Document.objects.filter(kind=kind, slug=slug)
    once = OldAddress.objects.filter(kind=kind, slug__iexact=slug)
    if document:
        taken, once = taken.exclude(pk=document.pk), once.exclude(document=document)
    if taken.exists() or once.exists():
        yield _("The address “%(slug)s” belongs to another page, or did once. Choose another.") % {"slug": slug}


def move_blockers(document: Document, user: User) -> Iterator[str]:
    """Why this user cannot give the document another address, whichever it is."""
    if not user.can(Permission.SET_POLICY):
        yield _("Only a head of content or a site admin can change a page's address.")
    yield from discarded_blockers(document)
    if document.key:
        yield _("The site finds this page by its key, so it stays where it is.")


def change_slug(document: Document, slug: str, *, user: User) -> Document:
    """Give the document another address; the old one redirects for good. Raises Blocked."""
    slug = slug.lower()
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if([*move_blockers(document, user), *address_blockers(document.kind, slug, document)])
        if slug != document.slug:
            OldAddress.objects.filter(document=document, slug=slug).delete()
            OldAddress.objects.create(document=document, kind=document.kind, slug=document.slug)
            document.slug = slug
            document.save(update_fields=["slug"])
        return document


def version_token(document: Document, language: str) -> int:
    """The token to put into a form; 0 before the first save."""
    row = WorkingVersion.objects.filter(document=document, language=language).first()
    return row.token if row else 0


def is_last_writer(document: Document, language: str, user: User) -> bool:
    """Whether the words that are saved in this language were last saved by `user`."""
    return WorkingVersion.objects.filter(document=document, language=language, changed_by=user).exists()


def refuse_if_changed(document: Document, language: str, token: int, user: User) -> None:
    """Raise WorkingCopyChanged when `user` opened a form with another version than is saved now. Takes no lock."""
    row = WorkingVersion.objects.filter(document=document, language=language).first()
    row = row or WorkingVersion(document=document, language=language)
    if token != row.token:
        raise WorkingCopyChanged(row, user)


@dataclass(slots=True)
class OpenCopy:
    """A working copy that is open for writing. Whoever finds that there was nothing to change sets `is_changed`.

    Otherwise the writer is a contributor: rather one too many than one who signs their own words. Whoever saved all of
    a working copy hands it over as `saved`, which spares reading it again.
    """

    document: Document
    is_changed: bool = True
    saved: WorkingCopy | None = None


@contextmanager
def editing(document: Document, language: str, *, user: User, token: int | None, note: str = "") -> Iterator[OpenCopy]:
    """A transaction in which one language of a working copy may be written.

    `token` is the version that the form was opened with; None only for a program that reads and writes in this
    same transaction. Yields the locked document. A save that changed nothing makes no contributor and no new version.
    Raises Blocked (not allowed) or WorkingCopyChanged; nothing was changed then.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        refuse_if([*discarded_blockers(document), *write_blockers(user, language, document.kind)])
        row, _made = WorkingVersion.objects.get_or_create(document=document, language=language)
        if token is not None and token != row.token:
            raise WorkingCopyChanged(row, user)
        opened = OpenCopy(document)
        yield opened
        if not opened.is_changed:
            return
        copy = opened.saved or kind_of(document).read_copy(document)
        keep_search_text(copy, language)
        keep_draft_links(copy, language)
        now = timezone.now()
        WorkingVersion.objects.filter(pk=row.pk).update(token=F("token") + 1, changed_at=now, changed_by=user)
        record_contribution(document, language, user, note)
        for follower in _followers:
            follower(document, language)


def record_contribution(document: Document, language: str, user: User, note: str = "") -> Contribution:
    """Note that somebody's words or choices went into the document in this language."""
    return Contribution.objects.create(
        document=document, language=language, note=note[:200], **Contribution.attribution(user)
    )


def save_row(row: models.Model, *, user: User, reason: str) -> bool:
    """Save a row as `save_rows` does. False when nothing had changed."""
    return save_rows([row], user=user, reason=reason) == 1


def save_rows(rows: Iterable[models.Model], *, user: User, reason: str) -> int:
    """Save rows of a working copy, each with its history: who, when and why. Returns how many had changed.

    They were read inside `editing`. A save that changes nothing would still write a history row, so it is not done.
    """
    rows = list(rows)
    stored = _lock_rows(row for row in rows if not row._state.adding)
    changed = [row for row in rows if row._state.adding or _differs(row, stored[type(row), row.pk])]
    keep_writers([
        _save_with_history(row, stored.get((type(row), row.pk)), user=user, reason=reason) for row in changed
    ])  # fmt: skip
    return len(changed)


def save_columns(changes: Iterable[tuple[models.Model, set[str]]], *, user: User, reason: str) -> int:
    """Save of each row only the columns that were set, laid over the row as it is now, locked.

    One document's lock does not cover rows that several share (topics). Otherwise as `save_rows`.
    """
    changes = list(changes)
    stored = _lock_rows(row for row, _columns in changes)
    saved = []
    for row, columns in changes:
        now = stored[type(row), row.pk]
        before = SimpleNamespace(**vars(now))
        changed = [name for name in columns if getattr(now, name) != getattr(row, name)]
        for name in changed:
            setattr(now, name, getattr(row, name))
        if changed:
            saved.append(_save_with_history(now, before, user=user, reason=reason))
    keep_writers(saved)
    return len(saved)


def _lock_rows(rows: Iterable[models.Model]) -> dict[tuple[type[models.Model], Any], models.Model]:
    """{(model, key): the row as it is now, locked}. One query a table, however many rows there are."""
    keys: dict[type[models.Model], list[Any]] = {}
    for row in rows:
        keys.setdefault(type(row), []).append(row.pk)
    return {(model, row.pk): row for model, pks in keys.items() for row in lock_rows(model, pks)}


def _differs(row: models.Model, stored: models.Model) -> bool:
    names = [field.attname for field in row._meta.concrete_fields]
    return any(getattr(stored, name) != getattr(row, name) for name in names)


def _save_with_history(row: models.Model, before: Any, *, user: User, reason: str) -> SavedRow:
    """`before` is the row as it is, of `lock_rows`; None where it is new."""
    row._history_user = user  # type: ignore[attr-defined]  # read by django-simple-history
    row._change_reason = clean_line(reason)  # type: ignore[attr-defined]  # likewise
    setattr(row, BEFORE, before)
    row.save()
    delattr(row, BEFORE)
    return SavedRow(row, before, row.__dict__.pop(PAST, None))
