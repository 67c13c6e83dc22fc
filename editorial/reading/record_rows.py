"""Records as the database returns them, for readers' pages: the same columns and the same digests as the models'.

Making model instances takes longer than everything else that a page asks of its records. A row is read from all the
columns of its record, since its digest covers them, says whether they are intact, and names those that pages need.
"""

from collections.abc import Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import models

from editorial.editions.models import Edition, Meaning, Release, ReleaseEnd, Review, SignOff
from editorial.editions.models.editions import SignerWords
from editorial.editions.models.records import ChainedRecord, has_digest
from editorial.editions.tree.nodes import digest_of

Values = tuple[Any, ...]


class RecordColumns:
    """The columns of one table of records, in the order in which questions ask for them."""

    def __init__(self, model: type[ChainedRecord]) -> None:
        fields: Sequence[models.Field[Any, Any]] = model._meta.concrete_fields
        self.names = tuple(field.attname for field in fields)
        self._record, self._later = str(model._meta.model_name), model.LATER
        self._digested = [name for name in self.names if name not in model.UNDIGESTED]
        self._pick_digested = self.pick(self._digested)
        self._no_json = [field.attname for field in fields if isinstance(field, models.DateField | models.BinaryField)]
        self._digest = self.names.index("record_digest")

    def __len__(self) -> int:
        return len(self.names)

    def lookups(self, prefix: str = "") -> list[str]:
        """What `values_list` takes to ask for them; `prefix` leads to the table, as in "edition__"."""
        return [f"{prefix}{name}" for name in self.names]

    def pick(self, names: Sequence[str]) -> Any:
        """A function that takes these columns out of the values of all."""
        return itemgetter(*(self.names.index(name) for name in names))

    def is_intact(self, values: Values) -> bool:
        """Whether a row with these values holds what was written. A row that cannot be read does not."""
        columns = dict(zip(self._digested, self._pick_digested(values), strict=True))
        for name in self._later:
            if not columns[name]:
                del columns[name]
        return has_digest(self._record, columns, values[self._digest], no_json=self._no_json)


RELEASE, END = RecordColumns(Release), RecordColumns(ReleaseEnd)
EDITION, SIGN_OFF, REVIEW = RecordColumns(Edition), RecordColumns(SignOff), RecordColumns(Review)


class DocumentRow(NamedTuple):
    """What readers' pages need of a document."""

    pk: int
    kind: str
    slug: str
    key: str


class ReleaseRow(NamedTuple):
    """A live release, with its document and what tells whether its interval can be believed."""

    pk: int
    document_id: int
    edition_id: int
    language: str
    number: int
    content_digest: str
    released_from: datetime
    record_digest: str
    document: DocumentRow
    is_intact: bool  # whether it holds what was written
    has_ends: bool  # as `ReleaseQuerySet.with_records` has it, and the next
    is_withdrawn: bool
    withheld: frozenset[str]  # ids of blocks that readers see no more, whatever was signed
    notices: tuple[int, ...]  # keys of the urgent notices that stand on the page, oldest first
    says_as: int | None  # key of an edition of the source, see EditionWording; None where nobody has looked yet


LiveRelease = Release | ReleaseRow  # of a list, or of a page


class EditionRow(NamedTuple):
    """The edition behind a release, with its bytes."""

    pk: int
    document_id: int
    language: str
    number: int
    title: str
    content: bytes
    content_digest: str
    source_edition_id: int | None
    required_sign_offs: int
    needs_back_check: bool
    contributors: Any  # what the column holds, which must be [{"id": 3, …}] for the record to verify
    record_digest: str
    is_intact: bool  # whether it holds what was written, and the bytes that its digest, which is signed, was taken of


class _SignOffValues(NamedTuple):
    pk: int
    document_id: int
    edition_id: int
    language: str
    number: int
    content_digest: str
    review_digest: str
    recorded_at: datetime
    recorded_by_id: int
    record_digest: str
    signer_name: str
    signer_letters: str
    signer_specialty: str
    signer_slug: str
    signer_distinction: str
    meaning: str
    asks_back_check: bool
    review_due_on: date
    is_intact: bool  # whether it and its review hold what was written, and the review is the one that was signed
    is_revoked: bool


class SignOffRow(SignerWords, _SignOffValues):
    """A sign-off and the review that it rests on."""

    __slots__ = ()

    def get_meaning_display(self) -> str:
        return str(dict(Meaning.choices).get(self.meaning, self.meaning))


_read_release = RELEASE.pick(["id", *ReleaseRow._fields[1:8]])
_read_edition = EDITION.pick(["id", *EditionRow._fields[1:12]])
_read_sign_off = SIGN_OFF.pick(["id", *_SignOffValues._fields[1:18]])
_REVIEW_OF_SIGN_OFF, _DIGEST_OF_REVIEW = SIGN_OFF.names.index("review_digest"), REVIEW.names.index("record_digest")
_CONTENT, _CONTENT_DIGEST = EDITION.names.index("content"), EDITION.names.index("content_digest")


def read_release(
    values: Values,
    document: Sequence[Any],
    *,
    has_ends: bool,
    is_withdrawn: bool,
    withheld: str | None,
    notices: str | None,
    says_as: int | None,
) -> ReleaseRow:
    """`document` holds its kind, slug and key; `withheld` the ids of blocks, and `notices` keys, between spaces."""
    blocks = frozenset((withheld or "").split())
    keys = tuple(sorted(map(int, (notices or "").split())))
    own = _read_release(values)
    is_intact = RELEASE.is_intact(values)
    state = (is_intact, has_ends, is_withdrawn, blocks, keys, says_as)
    return ReleaseRow._make((*own, DocumentRow(own[1], *document), *state))


def read_edition(values: Values) -> EditionRow:
    is_intact = EDITION.is_intact(values) and digest_of(bytes(values[_CONTENT])) == values[_CONTENT_DIGEST]
    return EditionRow._make((*_read_edition(values), is_intact))


def read_sign_off(values: Values, review: Values, *, is_revoked: bool) -> SignOffRow:
    is_intact = (
        SIGN_OFF.is_intact(values)
        and REVIEW.is_intact(review)
        and values[_REVIEW_OF_SIGN_OFF] == review[_DIGEST_OF_REVIEW]
    )
    return SignOffRow._make((*_read_sign_off(values), is_intact, is_revoked))
