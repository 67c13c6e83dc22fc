"""Remarking on a place of an edition, answering, settling and reopening. Nothing that is said is ever changed."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import reason_blockers, refuse_if
from editorial.editions.labels import isolate
from editorial.editions.models import Edition
from editorial.editions.tree.nodes import Node
from editorial.editions.validity import valid_base
from editorial.editions.working.copies import lock_document, refreshed_user
from editorial.text_hygiene import is_blank

from .. import rules
from ..colleagues import mentioned_users, unknown_names
from ..mail import notifications
from ..models import LONGEST_REMARK, Act, Mention, Remark
from ..threads import SETTLING, Thread, block_text


def add_remark(edition: Edition, *, user: User, text: str, node_id: str = "") -> Remark:
    """Begin a thread about one block of an edition, or with "" about the page as a whole. Raises Blocked.

    It may be about a block that the edition lacks and the one that it is compared with had.
    """
    with transaction.atomic():
        lock_document(edition.document)
        user = refreshed_user(user)
        block = _block(edition, node_id)
        refuse_if([*_blockers(user), *_text_blockers(text), *_place_blockers(node_id, block)])
        return _write(edition, user, None, text, node_id=node_id, quote=block_text(block) if block else "")


def _block(edition: Edition, node_id: str) -> Node | None:
    if not node_id:
        return None
    compared = (version for version in (edition, valid_base(edition)) if version)
    return next((node for version in compared for node in version.tree.walk() if node.id == node_id), None)


def answer_remark(edition: Edition, thread: Remark, *, user: User, text: str, act: str = Act.SAID) -> Remark:
    """Answer a thread of the page that `edition` is of, call it done, resolve it, set it aside or reopen it.

    Only who opened it resolves it. Whoever may sign the newest edition sets aside what somebody else opened, with a
    reason in `text`; an answer needs words too. Raises Blocked.
    """
    with transaction.atomic():
        lock_document(edition.document)
        user = refreshed_user(user)
        page = (edition.document_id, edition.language, None)
        is_here = (thread.document_id, thread.language, thread.thread_id) == page
        known = Thread(thread, tuple(thread.answers.order_by("pk")), thread.node_id, None) if is_here else None
        refuse_if(
            [
                *_blockers(user),
                *(_text_blockers(text) if act == Act.SAID or not is_blank(text) else ()),
                *_thread_blockers(known, act),
                *(_act_blockers(edition, known, user, act, text) if known and known.is_open else ()),
            ]
        )
        return _write(edition, user, thread, text, act=act)


def _write(edition: Edition, user: User, thread: Remark | None, text: str, **fields: str) -> Remark:
    remark = Remark.objects.create(
        document=edition.document,
        language=edition.language,
        edition=edition,
        thread=thread,
        text=text.strip(),
        **Remark.attribution(user),
        **fields,
    )
    for mentioned in mentioned_users(remark.text):
        Mention.objects.create(remark=remark, user=mentioned)
    notifications.notify_remark(remark)
    return remark


def _blockers(user: User) -> Iterator[str]:
    if not user.is_active or not user.can(Permission.REMARK):
        yield _("You can view remarks but not write them.")


def _text_blockers(text: str) -> Iterator[str]:
    if is_blank(text):
        yield _("Write your remark first.")
    if len(text) > LONGEST_REMARK:
        yield _("A remark can have at most %(number)s characters. Split it in two.") % {"number": LONGEST_REMARK}
    for name in unknown_names(text):
        yield _("There is no user named %(name)s. Choose a colleague from the list, or write it without the @.") % {
            "name": isolate(f"@{name}")
        }


def _place_blockers(node_id: str, block: Node | None) -> Iterator[str]:
    if node_id and block is None:
        yield _("This edition does not have that passage. Reload the page.")


def _thread_blockers(thread: Thread | None, act: str) -> Iterator[str]:
    if thread is None:
        yield _("This edition does not have that remark. Reload the page.")
    elif act in (Act.DONE, *SETTLING) and not thread.is_open:
        yield _("This thread is already resolved.")
    elif act == Act.REOPENED and thread.is_open:
        yield _("This thread is already open.")


def _act_blockers(edition: Edition, thread: Thread, user: User, act: str, text: str) -> Iterator[str]:
    """Why this person may not settle an open thread so."""
    is_opener = thread.opening.made_by_id == user.pk
    if act == Act.RESOLVED and not is_opener:
        yield _(
            "Only %(name)s, who opened this thread, can resolve it. Answer it, or, if you may sign this page, set it "
            "aside with a reason."
        ) % {"name": isolate(thread.opening.made_by_name)}
    if act == Act.SET_ASIDE:
        if is_opener:
            yield _("You opened this thread, so resolve it.")
        else:
            yield from rules.setting_aside_blockers(edition, user)
        if is_blank(text):
            yield from reason_blockers(text)
