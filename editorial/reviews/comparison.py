"""Which edition an edition is compared with while somebody reviews it.

What a person looked at is told by the verdicts that they gave: the edition that they last signed or sent back is one
whose words they know. Opening a page is not recorded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from editorial.accounts.models import User
from editorial.editions.models import Document, Edition, Review, Verdict
from editorial.editions.validity import Validity, find_base, valid_base

LISTED = 12  # editions that are offered by name; each other one by its number


@dataclass(frozen=True, slots=True)
class ComparisonOption:
    """One edition to compare with, and the key that chooses it."""

    edition: Edition
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The edition that is compared with (`base`, None where all is new), and what else there is to choose.

    `signed` is the last one signed and released, `seen` the last one before this that the reader of the page gave a
    verdict on, `others` the newest of the rest. `unknown` is a number that was asked for and is none of the page's.
    """

    base: Edition | None
    signed: Edition | None
    seen: Edition | None
    options: tuple[ComparisonOption, ...]
    others: tuple[Edition, ...]
    is_chosen: bool = False
    unknown: str = ""

    @property
    def is_with_signed(self) -> bool:
        return self.base == self.signed

    @property
    def query(self) -> str:
        """What an address carries so that the next page compares with the same edition."""
        return f"?with={self.base.number}" if self.is_chosen and self.base else ""


def choose_comparison(
    edition: Edition, user: User, wanted: str = "", *, validity: Validity | None = None
) -> Comparison:
    """The comparison that somebody asked for by the number of an edition; else the one that serves them best.

    That is the edition that they last sent back or signed, where the last one signed is older, and else the last one
    signed. At most six queries, however many editions there are; one tree's bytes for each of two editions.
    `validity` is one that was made with this edition, where a page has asked already.
    """
    signed, seen = valid_base(edition, validity), _find_seen(edition, user)
    siblings = _page(edition.document, edition.language).exclude(pk=edition.pk)
    before = siblings.filter(number__lt=edition.number).defer("content").order_by("-number").first()
    options = tuple(_options(seen, signed, before, user))
    return _choose(siblings, signed, seen, _newer(seen, signed), options, wanted)


def choose_draft_comparison(document: Document, language: str, wanted: str = "") -> Comparison:
    """The same for a draft that nobody submitted yet: with the edition submitted last, or the last signed one."""
    page = _page(document, language)
    signed, newest = find_base(document, language), page.order_by("-number").first()
    options = []
    if newest and newest != signed:
        label = _("Edition %(number)d, last submitted") % {"number": newest.number}
        options.append(ComparisonOption(newest, label, "l"))
    options += _options(None, signed, None, None)
    return _choose(page, signed, None, _newer(newest, signed), tuple(options), wanted)


def _newer(one: Edition | None, other: Edition | None) -> Edition | None:
    return one if one and (other is None or one.number > other.number) else other


def _choose(
    siblings: QuerySet[Edition],
    signed: Edition | None,
    seen: Edition | None,
    default: Edition | None,
    options: tuple[ComparisonOption, ...],
    wanted: str,
) -> Comparison:
    chosen = siblings.filter(number=int(wanted)).first() if _is_number(wanted) else None
    listed = {option.edition.pk for option in options}
    newest = siblings.defer("content").order_by("-number")[: LISTED + len(options)]
    return Comparison(
        base=chosen or default,
        signed=signed,
        seen=seen,
        options=options,
        others=tuple(other for other in newest if other.pk not in listed)[:LISTED],
        is_chosen=chosen is not None,
        unknown=wanted if wanted and chosen is None else "",
    )


def _is_number(wanted: str) -> bool:
    return wanted.isascii() and wanted.isdigit() and len(wanted) < 10


def _page(document: Document, language: str) -> QuerySet[Edition]:
    """All editions of a page in one language."""
    return Edition.objects.filter(document=document, language=language)


def _find_seen(edition: Edition, user: User) -> Edition | None:
    verdicts = Review.objects.filter(edition=OuterRef("pk"), recorded_by=user)
    earlier = _page(edition.document, edition.language).filter(Exists(verdicts), number__lt=edition.number)
    return earlier.order_by("-number").first()


def _options(
    seen: Edition | None, signed: Edition | None, before: Edition | None, user: User | None
) -> Iterator[ComparisonOption]:
    """Each edition once, as what matters most of it calls it."""
    if seen and user:
        yield ComparisonOption(seen, _seen_label(seen, user), "l")
    if signed and signed != seen:
        yield ComparisonOption(signed, _("Edition %(number)d, last signed") % {"number": signed.number}, "s")
    if before and before not in (seen, signed):
        yield ComparisonOption(before, _("Edition %(number)d, the one before") % {"number": before.number}, "p")


def _seen_label(seen: Edition, user: User) -> str:
    review = seen.reviews.filter(recorded_by=user).order_by("-sequence").first()
    is_back = review is not None and review.verdict == Verdict.SENT_BACK
    label = _("Edition %(number)d, which you sent back") if is_back else _("Edition %(number)d, which you signed")
    return label % {"number": seen.number}
