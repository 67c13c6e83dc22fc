"""Bringing back what was taken down: which edition may come back, why it came down, and what stands in the way."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import rfc8785
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions import freezing
from editorial.editions.models import ChainHead, Document, Edition, Release, Revocation, SignOff, Withdrawal
from editorial.editions.tree import diff
from editorial.editions.tree.nodes import Tree
from editorial.editions.validity import Validity, is_valid

from . import checklist, rules
from .models import Cause, Recheck
from .wordings import find_critical_parts


@dataclass(frozen=True, slots=True)
class TakeDown:
    """Why an edition is not read any more: the withdrawal, and the revocations that it followed from, if any did."""

    withdrawal: Withdrawal
    revocations: list[Revocation]


def find_returnable(document: Document, language: str) -> Edition | None:
    """The edition that was live last in a language, where nothing is live or scheduled in it now."""
    now = timezone.now()
    releases = Release.objects.filter(document=document, language=language)
    if releases.open_after(now).exists():
        return None
    release = releases.taken_down(now).select_related("edition__document", "edition__source_edition").first()
    return release.edition if release else None


def returnable_languages(document: Document) -> dict[str, int]:
    """{language: key of the edition that may come back}. Two queries."""
    now = timezone.now()
    releases = Release.objects.filter(document=document)
    opened = set(releases.open_after(now).values_list("language", flat=True))
    down = releases.taken_down(now).exclude(language__in=opened)
    return dict(down.values_list("language", "edition_id"))


def find_take_down(edition: Edition) -> TakeDown | None:
    """Of the newest withdrawal that covers the edition. Two queries."""
    covering = Withdrawal.objects.filter(document=edition.document_id, language__in=("", edition.language))
    withdrawal = covering.order_by("-sequence").first()
    if withdrawal is None:
        return None
    at_once = Revocation.objects.filter(document=edition.document_id, recorded_at=withdrawal.recorded_at)
    return TakeDown(withdrawal, list(at_once.select_related("sign_off").order_by("sequence")))


def reinstatement_blockers(edition: Edition, user: User) -> Iterator[str]:
    """Why this person cannot bring this edition back now."""
    yield from rules.signer_blockers(edition, user)
    yield from state_blockers(edition)
    yield from _signed_already_blockers(edition, user)
    yield from rules.remark_blockers(edition, user)
    if count := _open_safety_rechecks(edition).count():
        yield _("Safety rechecks of this edition that are still open: %(number)s. Settle them first.") % {
            "number": count
        }


def _open_safety_rechecks(edition: Edition) -> QuerySet[Recheck]:
    """But for a revocation on its own page: that is why it came down, and the signature is the answer to it."""
    safety = [cause for cause in Cause if cause.is_about_safety]
    rechecks = Recheck.objects.open().filter(edition=edition, cause__in=safety)
    return rechecks.exclude(cause=Cause.REVOKED, document=edition.document_id)


def state_blockers(edition: Edition) -> Iterator[str]:
    """Why nobody can bring this edition back now."""
    document, language = edition.document, edition.language
    opened = Release.objects.filter(document=document, language=language).open_after(timezone.now()).first()
    if opened:
        yield _("Edition %(number)s is live or scheduled in this language. There is nothing to bring back.") % {
            "number": opened.number
        }
        return
    returnable = find_returnable(document, language)
    if Validity([edition.pk]).count_missing(edition.pk)[1]:
        yield _("The back-check of this edition was revoked. It must be submitted again.")
    if returnable is None or returnable.pk != edition.pk:
        yield _("Only the edition that readers saw last in this language can be brought back.")
    source = edition.source_edition
    if source is None:
        return
    if not is_valid(source):
        yield _("The source edition of this translation is no longer signed. Translate the signed one.")
    live_source = freezing.find_signed_source(document)
    if live_source is None:
        yield _("The source is not live. Bring it back, or have a new edition signed, before its translations.")
    elif live_source.pk != source.pk and has_safety_change(document, source.tree, live_source.tree):
        yield _(
            "Advice, facts or numbers have changed in the source since edition %(number)s, which this translates. "
            "Translate the signed source instead."
        ) % {"number": source.number}


def _signed_already_blockers(edition: Edition, user: User) -> Iterator[str]:
    """Signing once more brings nothing where it is another's signature that is missing."""
    take_down = find_take_down(edition)
    if take_down is None or is_valid(edition):
        return
    since = SignOff.objects.filter(edition=edition, recorded_by=user, sequence__gt=take_down.withdrawal.sequence)
    if since.filter(revocation__isnull=True).exists():
        missing = missing_sign_offs(edition)
        yield _("You have signed it again. It still lacks sign-offs by others: %(number)s.") % {"number": missing}


def missing_sign_offs(edition: Edition) -> int:
    """How many people still have to sign it before it may be read."""
    return sum(Validity([edition.pk]).count_missing(edition.pk))


def has_safety_change(document: Document, old: Tree, new: Tree) -> bool:
    """Whether a reader of the older words could be harmed by what changed: advice on when to get help, facts about
    drugs, or what is never a minor change (numbers, names, negations, links and the like), in the text that changed.

    Typography, the note about the change and the list of sources are not what a translation says.
    """
    return bool(find_critical_parts(document, old, new, diff.compare_trees(old, new)))


def seen_digest(edition: Edition) -> str:
    """A digest of all that whoever brings an edition back is shown: what a signature rests on, and the page's records
    until now. Whatever happens to the page in any language meanwhile has to be looked at before signing.
    """
    head = ChainHead.objects.get(pk=edition.document_id)
    context = checklist.context_digest(edition, checklist.current_questions(edition))
    return hashlib.sha256(rfc8785.dumps([context, head.count, head.digest])).hexdigest()


def seen_blockers(edition: Edition, seen: str | None) -> Iterator[str]:
    """`seen` is the digest that the form was opened with; None is a program that reads and signs at once."""
    if seen is not None and seen != seen_digest(edition):
        yield _("Something about this page has changed since you opened this form. Read what it shows now, then sign.")
