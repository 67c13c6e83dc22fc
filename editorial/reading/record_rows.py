"""Records as the database returns them, for readers' pages: the same columns and the same digests as the models'.

Making model instances takes longer than everything else that a page asks of its records. A row keeps all the columns of
its record, `values`, because its digest covers them, and names those that pages need.
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
    values: Values
    document: DocumentRow
    has_ends: bool  # as `ReleaseQuerySet.with_records` has it, and the next
    is_withdrawn: bool

    @property
    def is_intact(self) -> bool:
        return RELEASE.is_intact(self.values)


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
    contributors: Any  # what the column holds, which must be [{"id": 3, …}] for the record to verify
    record_digest: str
    values: Values

    @property
    def is_intact(self) -> bool:
        return EDITION.is_intact(self.values)

    @property
    def has_its_bytes(self) -> bool:
        """Whether the bytes are those that its digest, which is signed, was taken of."""
        return digest_of(bytes(self.content or b"")) == self.content_digest


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
    review_due_on: date
    values: Values
    review_values: Values
    is_revoked: bool


class SignOffRow(SignerWords, _SignOffValues):
    """A sign-off and the review that it rests on."""

    __slots__ = ()

    @property
    def is_intact(self) -> bool:
        return SIGN_OFF.is_intact(self.values)

    @property
    def has_intact_review(self) -> bool:
        """Whether its review holds what was written, and is the one that was signed."""
        return REVIEW.is_intact(self.review_values) and self.review_digest == self.review_values[_REVIEW_DIGEST]

    def get_meaning_display(self) -> str:
        return str(dict(Meaning.choices).get(self.meaning, self.meaning))


_REVIEW_DIGEST = REVIEW.names.index("record_digest")
_read_release = RELEASE.pick(["id", *ReleaseRow._fields[1:8]])
_read_edition = EDITION.pick(["id", *EditionRow._fields[1:11]])
_read_sign_off = SIGN_OFF.pick(["id", *_SignOffValues._fields[1:17]])


def read_release(values: Values, document: Sequence[Any], *, has_ends: bool, is_withdrawn: bool) -> ReleaseRow:
    """`document` holds its kind, slug and key."""
    own = _read_release(values)
    return ReleaseRow._make((*own, values, DocumentRow(own[1], *document), has_ends, is_withdrawn))


def read_edition(values: Values) -> EditionRow:
    return EditionRow._make((*_read_edition(values), values))


def read_sign_off(values: Values, review: Values, *, is_revoked: bool) -> SignOffRow:
    return SignOffRow._make((*_read_sign_off(values), values, review, is_revoked))
