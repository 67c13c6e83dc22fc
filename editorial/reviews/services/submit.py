"""Submitting a working copy for review, and sending an edition back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.checks.checked_pages import read_candidate
from editorial.checks.dismissals import unanswered_blockers
from editorial.checks.registry import check_blockers
from editorial.editions import freezing
from editorial.editions.assertions import record_assertions
from editorial.editions.blockers import length_blockers, refuse_if
from editorial.editions.compiled_questions import DOCUMENT, LANGUAGE, find_rows
from editorial.editions.kinds import kind_of
from editorial.editions.models import Document, Edition, Review, Verdict, append_record
from editorial.editions.tree import diff
from editorial.editions.tree.nodes import NOTE
from editorial.editions.validity import find_base
from editorial.editions.working.contributors import find_contributors
from editorial.editions.working.copies import (
    discarded_blockers,
    lock_document,
    refreshed_user,
    refuse_if_changed,
    write_blockers,
)
from editorial.editions.working.pages import save_page
from editorial.text_hygiene import clean_text

from .. import checklist, rules
from ..back_checks import find_back_checked, list_back_check_units
from ..change_claims import minor_blockers, note_blockers
from ..grave_rechecks import answers_grave_change
from ..mail import notifications
from ..models import LONGEST_REMARK, is_back_check_required, record_extent, required_sign_offs
from ..queue_rows import refresh_queue_rows
from ..reason_givers import add_reason_givers
from ..remark_places import keep_remark_places
from ..subjects import is_critical_change
from ..threads import Thread, load_threads
from ..wordings import find_wordings, record_wording
from .rechecks import open_scheduled_rechecks

_followers: list[Callable[[Edition], None]] = []


def follow_submissions(follower: Callable[[Edition], None]) -> None:
    """Let an app above keep rows of its own of an edition: called with each when it was frozen, in its transaction."""
    _followers.append(follower)


def submit(
    document: Document,
    language: str,
    *,
    user: User,
    note: str | None = None,
    has_no_note: bool = False,
    token: int | None = None,
) -> Edition:
    """Freeze the working copy in one language as its next edition, with its contributors and requirement.

    `note` is a note for readers that is written into the draft first, None to leave what stands there; `has_no_note`
    says that readers need none about a change that they could notice. `token` is the version of the draft that was
    looked at, None for a program that looks at none. Raises Blocked, or WorkingCopyChanged. Racing an edit, it freezes
    the state before it or after it, whole: both lock the document.
    """
    with transaction.atomic():
        document, user = lock_document(document), refreshed_user(user)
        if token is not None:
            refuse_if_changed(document, language, token, user)
        if note is not None:
            save_page(document, user=user, token=None, reason=_("note for readers"), fields={NOTE: note})
        # Before the words are read, and the contributors after them: a topic that is named meanwhile, without this
        # document's lock, can then only make the list of contributors longer.
        last_contribution = freezing.last_contribution_id(document, language)
        kind = kind_of(document)
        copy = kind.read_copy(document)
        candidate = freezing.build_candidate(document, language, copy)
        base = find_base(document, language)
        newest = _find_newest(document, language, base)
        changes = _find_changes(candidate, base)
        refuse_if(_blockers(document, language, candidate, user, base, newest, changes, has_no_note=has_no_note))
        tree = candidate.tree
        assert tree is not None  # noqa: S101 (what has none has blockers)
        is_grave = is_critical_change(document, base.tree if base else None, changes)
        is_grave = is_grave or answers_grave_change(document, language)
        edition = append_record(
            Edition(
                document=document,
                language=language,
                number=newest.number + 1 if newest else 1,
                title=tree.root.plain("title")[:300],
                content=candidate.content,
                content_digest=candidate.digest,
                content_base=freezing.choose_content_base(candidate.content, newest),
                source_edition=candidate.source_edition,
                required_sign_offs=required_sign_offs(document.kind, language, grave=is_grave),
                needs_back_check=_needs_back_check(document, language, candidate),
                base_edition=base,
                contributors=add_reason_givers(
                    find_contributors(document, tree, base, copy), document, candidate, base
                ),
                last_contribution=last_contribution,
                review_interval_months=candidate.source_edition.review_interval_months
                if candidate.source_edition
                else kind.review_interval_months(copy),
            ),
            user=user,
        )
        freezing.record_dependencies(edition, tree)
        record_assertions(edition, tree)
        record_extent(edition, changes)
        record_wording(edition, changes)
        refresh_queue_rows([document.pk], edition.recorded_at)
        for follower in _followers:
            follower(edition)
        keep_remark_places(edition)
        open_scheduled_rechecks(edition, user=user)
        notifications.notify_reviewers(edition)
        return edition


def _needs_back_check(document: Document, language: str, candidate: freezing.Candidate) -> bool:
    """Whether policy asks for one, and there is anything in it that is safety-critical and was not back-checked."""
    if candidate.source_edition is None or not is_back_check_required(document.kind, language):
        return False
    assert candidate.tree is not None  # noqa: S101 (what has none has blockers)
    before = find_back_checked(document.pk, language)
    return bool(list_back_check_units(candidate.tree, candidate.source_edition.tree, before))


def submission_blockers(
    document: Document, language: str, candidate: freezing.Candidate, user: User, *, asks_note: bool = False
) -> list[str]:
    """Why this person cannot submit these words: what the page for it lists beforehand, and what submitting refuses by.

    What a check finds may stand in the way of freezing too: it is told once. `asks_note` says that another note for
    readers will come with the submission.
    """
    base = find_base(document, language)
    newest = _find_newest(document, language, base)
    changes = _find_changes(candidate, base)
    return _blockers(document, language, candidate, user, base, newest, changes, asks_note=asks_note)


def _blockers(
    document: Document,
    language: str,
    candidate: freezing.Candidate,
    user: User,
    base: Edition | None,
    newest: Edition | None,
    changes: list[diff.Change],
    *,
    asks_note: bool = False,
    has_no_note: bool = False,
) -> list[str]:
    blockers = [
        *discarded_blockers(document),
        *write_blockers(user, language, document.kind),
        *candidate.blockers,
        *_found_blockers(document, candidate),
        *_claim_blockers(document, candidate, base, changes, asks_note=asks_note, has_no_note=has_no_note),
        *_same_blockers(candidate, newest),
    ]
    return list(dict.fromkeys(blockers))


def _find_newest(document: Document, language: str, base: Edition | None) -> Edition | None:
    """The newest edition: mostly the base itself, whose content and tree are then read once."""
    rows = find_rows(_ask_newest, document=document.pk, language=language)
    if base and rows == [[base.pk]]:
        return base
    return Edition.objects.get(pk=rows[0][0]) if rows else None


def _ask_newest() -> QuerySet[Edition, Any]:
    editions = Edition.objects.filter(document=DOCUMENT, language=LANGUAGE)
    return editions.order_by("-number").values_list("pk")[:1]


def _find_changes(candidate: freezing.Candidate, base: Edition | None) -> list[diff.Change]:
    """Compared once: several questions are asked of it. Empty where there is nothing to submit."""
    return diff.compare_trees(base.tree if base else None, candidate.tree) if candidate.tree else []


def _claim_blockers(
    document: Document,
    candidate: freezing.Candidate,
    base: Edition | None,
    changes: list[diff.Change],
    *,
    asks_note: bool,
    has_no_note: bool,
) -> Iterator[str]:
    """Why what its author says of a change does not fit it. (A translation has the source's word on that.)"""
    if base is None or candidate.tree is None or candidate.source_edition:
        return
    yield from minor_blockers(document, candidate.tree, base, changes)
    if not asks_note:
        yield from note_blockers(document, candidate.tree, base, changes, has_no_note=has_no_note)


def _found_blockers(document: Document, candidate: freezing.Candidate) -> Iterator[str]:
    """What the checks that are blockers find, and what those find that need a reason, where none was written.

    They look at the words, and at the source of a translation, not at what was signed before.
    """
    if page := read_candidate(document, candidate, None):
        yield from check_blockers(page)
        yield from unanswered_blockers(page)


def _same_blockers(candidate: freezing.Candidate, newest: Edition | None) -> Iterator[str]:
    """Submitting the same words twice would only make reviewers read them twice.

    A translation may still be right for a source that says something else now: then somebody has to sign just that.
    """
    if newest is None or candidate.tree is None or not candidate.is_frozen_in(newest):
        return
    if candidate.source_edition and newest.source_edition_id:
        wordings = find_wordings({candidate.source_edition.pk, newest.source_edition_id})
        if len(set(wordings.values())) > 1:
            return
    if not list(rules.state_blockers(newest)):
        yield _("Edition %(number)s, with exactly the same text, is already pending review.") % {
            "number": newest.number
        }
    elif newest.releases.exists() and not rules.is_down(newest):
        yield _("Nothing has changed since edition %(number)s.") % {"number": newest.number}


def send_back(
    edition: Edition, *, user: User, remarks: str, answers: Mapping[int, str] = MappingProxyType({})
) -> Review:
    """Send an edition back with the reason; without one, the open remarks of this user on it are the reason.

    `answers` are those that were given to its checklist, of which none is needed. Raises Blocked. (Accepting is
    signing: see `sign_off`.)
    """
    with transaction.atomic():
        lock_document(edition.document)
        user = refreshed_user(user)
        typed = length_blockers(remarks, limit=LONGEST_REMARK)
        remarks = clean_text(remarks).strip() or own_remarks(edition, load_threads(edition), user)
        missing = [] if remarks else [_("Say what needs to change so that the author can act on it.")]
        refuse_if([*rules.signer_blockers(edition, user), *rules.state_blockers(edition), *missing, *typed])
        review = append_record(
            Review(
                document=edition.document,
                edition=edition,
                verdict=Verdict.SENT_BACK,
                remarks=remarks,
                answers=checklist.recorded_answers(checklist.current_questions(edition), answers),
            ),
            user=user,
        )
        refresh_queue_rows([edition.document_id], review.recorded_at)
        notifications.notify_sent_back(review)
        return review


def own_remarks(edition: Edition, threads: Iterable[Thread], user: User) -> str:
    """This user's open remarks on the edition among `threads`, each after the passage that it quotes."""
    remarks = [thread.first for thread in threads if thread.is_open and thread.first.edition_id == edition.pk]
    words = [(remark.quote, remark.text) for remark in remarks if remark.made_by_id == user.pk]
    return "\n\n".join(f"“{quote}”\n{text}" if quote else text for quote, text in words)
