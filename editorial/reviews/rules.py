"""The rules of signing, each written once. Services refuse by them; pages show them beside a disabled button."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from editorial.accounts.languages import own_name
from editorial.accounts.models import Reviewer, User
from editorial.accounts.roles import Permission
from editorial.editions.blockers import reason_blockers
from editorial.editions.compiled_questions import AT, EDITION, find_rows, has_rows
from editorial.editions.labels import isolate
from editorial.editions.models import (
    Contribution,
    Edition,
    EndCause,
    Release,
    Review,
    Revocation,
    Verdict,
    Withdrawal,
)
from editorial.editions.validity import Validity, contributor_ids, is_valid, unrevoked_signer_ids

from .threads import Thread, open_threads


def find_credentials(user: User) -> Reviewer | None:
    return Reviewer.objects.filter(user=user).prefetch_related("languages").first()


def signer_blockers(edition: Edition, user: User, validity: Validity | None = None) -> Iterator[str]:
    """Why this person may not put their name to this edition.

    `validity` is one that was made with this edition, where a page has asked already.
    """
    wrote = validity.contributor_ids(edition.pk) if validity else contributor_ids(edition)
    return _signer_blockers(edition, user, find_credentials(user), wrote)


def find_signer_blockers(editions: Iterable[Edition], user: User) -> dict[int, list[str]]:
    """{edition's key: the same}, of many editions in as many queries as of one."""
    editions = list(editions)
    validity, reviewer = Validity([edition.pk for edition in editions]), find_credentials(user)
    return {
        edition.pk: list(_signer_blockers(edition, user, reviewer, validity.contributor_ids(edition.pk)))
        for edition in editions
    }


def _signer_blockers(edition: Edition, user: User, reviewer: Reviewer | None, wrote: Collection[int]) -> Iterator[str]:
    if not user.is_active or not user.can(Permission.REVIEW):
        yield _("Only medical reviewers can sign.")
    if reviewer is None:
        yield _("You have no reviewer credentials here. Ask a site admin to add them.")
    else:
        if not reviewer.is_valid_on(timezone.localdate()):
            yield _("Your registration was valid until %(day)s. Ask a site admin to renew it.") % {
                "day": date_format(reviewer.valid_until, "DATE_FORMAT")
            }
        if not reviewer.has_language(edition.language):
            yield _("You may not sign pages in %(language)s.") % {"language": own_name(edition.language)}
    if user.pk in wrote:
        yield _("You contributed to this edition, so someone else must sign it.")


def signing_blockers(edition: Edition, user: User) -> Iterator[str]:
    """Why this edition cannot be signed by this person now."""
    yield from signer_blockers(edition, user)
    yield from state_blockers(edition)
    yield from second_signature_blockers(edition, user)
    yield from full_number_blockers(edition)
    yield from remark_blockers(edition, user)


def full_number_blockers(edition: Edition, validity: Validity | None = None) -> Iterator[str]:
    """Why nobody signs an edition that only lacks its back-check; `validity` as above."""
    if (validity or Validity([edition.pk])).count_missing(edition.pk) == (0, 1):
        yield _("This edition has its sign-offs. It still needs a back-check.")


def back_check_blockers(edition: Edition, user: User, validity: Validity | None = None) -> Iterator[str]:
    """Why this person cannot back-check this edition now: they hold both languages, and neither wrote nor signed it."""
    validity = validity or Validity([edition.pk])
    reviewer = find_credentials(user)
    yield from _signer_blockers(edition, user, reviewer, validity.contributor_ids(edition.pk))
    if reviewer and not reviewer.has_language(settings.SOURCE_LANGUAGE):
        yield _("A back-check needs somebody who may sign pages in %(language)s too.") % {
            "language": own_name(settings.SOURCE_LANGUAGE)
        }
    yield from state_blockers(edition)
    if not validity.needs_back_check(edition.pk):
        yield _("Nobody asked for a back-check of this edition.")
    elif not validity.count_missing(edition.pk)[1]:
        yield _("This edition was back-checked already.")
    if user.pk in validity.signer_ids(edition.pk):
        yield _("You signed this edition, so someone else must back-check it.")
    yield from remark_blockers(edition, user)


def second_signature_blockers(edition: Edition, user: User) -> Iterator[str]:
    """Why this person cannot sign this edition once more."""
    if user.pk in unrevoked_signer_ids(edition):
        yield _("You have already signed or back-checked this edition.")


def state_blockers(edition: Edition, validity: Validity | None = None) -> Iterator[str]:
    """Why this edition cannot be signed by anyone now; `validity` as above."""
    [[newest, was_sent_back, is_taken_down, is_revoked, is_released]] = find_rows(_ask_state, edition=edition.pk)
    if newest > edition.number:
        yield _("Edition %(number)s has since been submitted. Review that one.") % {"number": newest}
    if was_sent_back:
        yield _("This edition was sent back. It must be submitted again.")
    if is_taken_down:
        yield _("This page was withdrawn after this edition was submitted. It must be submitted again.")
    if is_released and not (is_revoked and not _is_valid(edition, validity)):
        yield _("This edition already has all its sign-offs.")
    elif is_revoked:
        yield _("A sign-off of this edition was revoked. It must be submitted again.")
    if edition.source_edition and not _is_still_signed(edition.source_edition, validity):
        yield _("The source edition of this translation is no longer signed. Translate the signed one.")


def _ask_state() -> QuerySet[Edition, Any]:
    """Of one edition: the number of the newest of its page in its language, and what became of it itself."""
    newest = Edition.objects.filter(document=OuterRef("document"), language=OuterRef("language")).order_by("-number")
    return Edition.objects.filter(pk=EDITION).values_list(
        Subquery(newest.values("number")[:1]),
        Exists(Review.objects.filter(edition=OuterRef("pk"), verdict=Verdict.SENT_BACK)),
        Exists(Withdrawal.objects.keeping_down()),
        Exists(Revocation.objects.filter(sign_off__edition=OuterRef("pk"))),
        Exists(Release.objects.filter(edition=OuterRef("pk"))),
    )


def remark_blockers(edition: Edition, user: User, threads: Iterable[Thread] | None = None) -> Iterator[str]:
    """Why nobody signs this page in this language yet: each remark on it that is open, whichever edition it began on.

    `threads` are those open, where they were loaded already.
    """
    if threads is None:
        threads = open_threads(edition.document_id, edition.language, edition.tree)
    for thread in threads:
        opening = thread.opening
        values = {
            "name": isolate(opening.made_by_name),
            "place": thread.place or _("The whole page"),
            "text": isolate(Truncator(opening.text or thread.first.text).chars(100)),
        }
        if opening.made_by_id == user.pk:
            message = _("%(place)s: your remark is still open: “%(text)s” Resolve it before you sign.")
        else:
            message = _(
                "%(place)s: a remark by %(name)s is still open: “%(text)s” Ask them to resolve it, or set it aside "
                "with a reason."
            )
        yield message % values


def setting_aside_blockers(edition: Edition, user: User) -> Iterator[str]:
    """Why this person may not set aside a remark that somebody else opened on this page in this language: they could
    not sign its newest edition, or have written in it since.
    """
    page = {"document": edition.document_id, "language": edition.language}
    newest = Edition.objects.filter(**page).order_by("-number")[0]
    yield from signer_blockers(newest, user)
    since = Contribution.objects.filter(**page, pk__gt=newest.last_contribution)
    if since.filter(user=user).exists():
        yield _("You have edited this page since edition %(number)s, so someone else must set the remark aside.") % {
            "number": newest.number
        }


def _is_still_signed(source: Edition, validity: Validity | None) -> bool:
    return _is_valid(source, validity) and not is_withdrawn(source)


def _is_valid(edition: Edition, validity: Validity | None) -> bool:
    return validity.is_valid(edition.pk) if validity else is_valid(edition)


def is_withdrawn(edition: Edition) -> bool:
    """Whether its page was withdrawn in its language after it was frozen, and it was not brought back since."""
    return has_rows(_ask_withdrawn, edition=edition.pk)


def _ask_withdrawn() -> QuerySet[Edition, Any]:
    return Edition.objects.filter(Exists(Withdrawal.objects.keeping_down()), pk=EDITION).values_list("pk")


def is_down(edition: Edition) -> bool:
    """Whether the edition is neither live nor scheduled any more."""
    return not has_rows(_ask_open_release, edition=edition.pk, at=timezone.now())


def _ask_open_release() -> QuerySet[Release, Any]:
    return Release.objects.filter(edition=EDITION).open_after(AT).values_list("pk")[:1]


def is_held(edition: Edition) -> bool:
    """Whether it has its sign-offs and was to be read, and waits until nothing about its safety is open."""
    was_held = edition.releases.filter(ends__cause=EndCause.HELD).exists()
    return was_held and is_down(edition) and is_valid(edition) and not is_withdrawn(edition)


def reaffirmation_blockers(edition: Edition, user: User) -> Iterator[str]:
    """Why this person cannot confirm that the live edition still holds."""
    yield from signer_blockers(edition, user)
    yield from live_blockers(edition)
    yield from remark_blockers(edition, user)


def live_blockers(edition: Edition) -> Iterator[str]:
    """Why this edition cannot be reaffirmed by anyone now."""
    if not Release.objects.live(timezone.now()).filter(edition=edition).exists():
        yield _("Only the edition that readers see now can be reaffirmed.")


def withdrawer_blockers(user: User, *, reason: str) -> Iterator[str]:
    """Why this person cannot take the page down. Hiding is always safe: nothing about the page stands in the way."""
    if not user.can(Permission.HIDE):
        reviewer = find_credentials(user) if user.can(Permission.WITHDRAW) else None
        if not user.can(Permission.WITHDRAW):
            yield _("Only a medical reviewer or a duty operator can take a page down.")
        elif reviewer is None or not reviewer.is_valid_on(timezone.localdate()):
            yield _("Your registration is not valid now. Ask a duty operator to take the page down.")
    yield from reason_blockers(reason)


def can_take_down(user: User) -> bool:
    """Whether to offer it to this person at all."""
    return not any(withdrawer_blockers(user, reason="-"))
