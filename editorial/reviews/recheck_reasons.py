"""What happened there: the records behind the lines of rechecks, and the editions between which a page changed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q

from editorial.editions.kind_answers import EarlierWords
from editorial.editions.kinds import kind_named
from editorial.editions.models import Document, Edition, Record, Release, record_models

from .models import Cause
from .recheck_lines import RecheckLine
from .shown_changes import compare_shown

NOTHING_EARLIER = EarlierWords()


@dataclass(frozen=True, slots=True)
class RecheckReason:
    """`before` and `after` are the editions between which readers of the changed page went; None where nobody did."""

    record: Record | None  # the newest record of the line
    before: Edition | None = None
    after: Edition | None = None
    earlier: EarlierWords = NOTHING_EARLIER  # what was so before the record
    is_same_again: bool = False  # whether the edition shows of it, after several changes, what it showed before them

    @property
    def subject(self) -> str:
        """What of the page the record is about, in the source language; "" where that is all of it."""
        return self.record.subject_words if self.record else ""

    @property
    def words(self) -> str:
        """The reason that somebody gave for it; of a regulator's decision, what was decided; else ""."""
        if self.record is None or isinstance(self.record, Release):
            return ""
        return str(getattr(self.record, "reason", "") or self.record)


def find_reasons(lines: Iterable[RecheckLine]) -> list[tuple[RecheckLine, RecheckReason]]:
    """Each of these lines with what happened. A query for each table of records, and two more for each line."""
    lines = list(lines)
    records = load_records({recheck.because for line in lines for recheck in (line.rechecks[0], line.newest)})
    earlier = _find_earlier_words([(line.document, records.get(line.newest.because)) for line in lines])
    return [(line, _reason(line, records, words)) for line, words in zip(lines, earlier, strict=True)]


def find_all_reasons(lines: Iterable[RecheckLine]) -> list[RecheckReason]:
    """Everything that happened for which these lines are open, the oldest first, where no two editions tell of it."""
    documents = {recheck.because: line.document for line in lines for recheck in line.rechecks}
    records = sorted(load_records({*documents}).values(), key=lambda record: record.recorded_at)
    earlier = _find_earlier_words([(documents[record.record_digest], record) for record in records])
    return [RecheckReason(record, earlier=words) for record, words in zip(records, earlier, strict=True)]


def _find_earlier_words(records: list[tuple[Document, Record | None]]) -> list[EarlierWords]:
    """What was so before each of these records of documents, by the word of their kinds."""
    of_kinds: dict[str, list[Record]] = {}
    for document, record in records:
        if record is not None and not isinstance(record, Release):
            of_kinds.setdefault(document.kind, []).append(record)
    found = {
        record.record_digest: words
        for kind, of_kind in of_kinds.items()
        for record, words in zip(of_kind, kind_named(kind).earlier_words(of_kind), strict=True)
    }
    return [found.get(record.record_digest, NOTHING_EARLIER) if record else NOTHING_EARLIER for _of, record in records]


def find_record(digest: str) -> Record | None:
    """The record of a document with this digest. A query for each table of records."""
    return load_records({digest}).get(digest)


def load_records(digests: set[str]) -> dict[str, Record]:
    """{digest: record}, a query for each table of records, or none."""
    records: dict[str, Record] = {}
    for model in record_models() if digests else ():
        records |= {record.record_digest: record for record in model._base_manager.filter(record_digest__in=digests)}
    return records


def _reason(line: RecheckLine, records: dict[str, Record], earlier: EarlierWords) -> RecheckReason:
    first, newest = records.get(line.rechecks[0].because), records.get(line.newest.because)
    if not isinstance(newest, Release) or not isinstance(first, Release):
        return RecheckReason(newest, earlier=earlier)
    if line.newest.cause == Cause.SOURCE:
        before = line.edition.source_edition
    else:
        before = _released_before(first)
    is_same = before is not None and _is_same_again(line, before, newest.edition)
    return RecheckReason(newest, before, newest.edition, is_same_again=is_same)


def _is_same_again(line: RecheckLine, before: Edition, after: Edition) -> bool:
    if len(line.rechecks) == 1 or line.newest.cause != Cause.RELEASED:
        return False
    return not compare_shown(line.document, before, after).is_shown_in(line.edition)


def _released_before(release: Release) -> Edition | None:
    """The edition that readers had before this one, in its language."""
    cancelled = Q(ends__released_until__lte=F("released_from"))
    earlier = Release.objects.filter(document=release.document_id, language=release.language)
    earlier = earlier.filter(released_from__lt=release.released_from).exclude(cancelled).exclude(pk=release.pk)
    previous = earlier.select_related("edition__document").order_by("-released_from", "-sequence").first()
    return previous.edition if previous else None
