"""How the bytes of editions are kept: compressed by zstd, with a dictionary that was trained on earlier ones, or with
an earlier edition of the page for a dictionary.

A database holds four forms, told apart by how they begin: the canonical bytes themselves (before editions were
compressed; they begin with "{"), a frame of zstd, one that names the dictionary that it needs, and one that was packed
against another edition's bytes, which `content_base` names. That one stands by itself, so to read any edition takes two
rows at most; a SELECT brings both as one value (`ContentField.select_format`). Digests cover the canonical bytes,
whatever the form; what cannot be unpacked is returned as it is stored, and fits no digest.

A migration's models see what is stored: it has to call `unpack_content`, of what `join_base` makes of both rows.
"""

import threading
from dataclasses import dataclass
from typing import Any

import zstandard
from django.db import models

from .records import AppendOnly

MAGIC = zstandard.FRAME_HEADER
LARGEST = 32 * 1024 * 1024  # bytes of a content; a frame that says it holds more is not unpacked
LEVEL = 9  # higher ones take ten times as long for the last few per cent
# What was packed against a base begins so; then come four bytes with the frame's length, the frame, and as a SELECT
# returns it the base as it is stored.
AGAINST = b"\x00base"
_FRAME = len(AGAINST) + 4
# A base is used where the frame is at most this part of what it would be without: as a page moves away from its base,
# each further edition takes more, until one stands by itself again.
LARGEST_PART = 0.5


class ContentDictionary(AppendOnly):
    """What frames that name it were compressed with. `number` is what they name; 0 would be none."""

    number = models.PositiveBigIntegerField(unique=True)
    data = models.BinaryField()
    trained_at = models.DateTimeField()

    class Meta:
        verbose_name = "dictionary of contents"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.number}"


class _Codecs(threading.local):
    """What was made of dictionaries in this thread. They never change, so neither does what was made."""

    def __init__(self) -> None:
        self.packing: dict[int, zstandard.ZstdCompressor] = {0: zstandard.ZstdCompressor(level=LEVEL)}
        self.unpacking: dict[int, zstandard.ZstdDecompressor] = {0: zstandard.ZstdDecompressor()}


_codecs = _Codecs()


def pack_content(content: bytes, using: str, base: bytes | None = None) -> bytes:
    """The form in which a database keeps these bytes: a frame, with its newest dictionary. At most two queries.

    `base` are the canonical bytes of a content to pack them against, which takes no query. Raises ValueError where they
    would not come back as they were.
    """
    if base is None:
        packed = _find_compressor(using).compress(content)
        is_kept = unpack_content(packed, using) == content
    else:
        dictionary = _raw_dictionary(base)
        frame = zstandard.ZstdCompressor(level=LEVEL, dict_data=dictionary).compress(content)
        packed = AGAINST + len(frame).to_bytes(4) + frame
        is_kept = zstandard.ZstdDecompressor(dict_data=dictionary).decompress(frame, allow_extra_data=False) == content
    if not is_kept:
        raise ValueError("This content was spoiled while it was packed.")
    return packed


def is_worth_a_base(content: bytes, base: bytes, using: str) -> bool:
    """Whether `content` takes so much less packed against `base` that it should not stand by itself."""
    if not base:
        return False
    return len(pack_content(content, using, base)) <= LARGEST_PART * len(pack_content(content, using))


def join_base(stored: bytes, base: bytes) -> bytes:
    """What a SELECT returns of a content and its base, both as they are stored: `unpack_content` takes it."""
    return stored + base


def unpack_content(stored: bytes, using: str) -> bytes:
    """The bytes that were packed; or what is stored, where that is no frame or cannot be unpacked.

    What was packed against a base comes with it (`join_base`). It asks for a dictionary once in each thread.
    """
    if not stored.startswith(AGAINST):
        return _unpack_alone(stored, using)
    end = _FRAME + int.from_bytes(stored[len(AGAINST) : _FRAME])
    frame, stored_base = stored[_FRAME:end], stored[end:]
    base = _unpack_alone(stored_base, using)
    if not base or (base is stored_base and not base.startswith(b"{")):  # it isn't there, or broken, or has a base
        return stored
    try:
        if zstandard.get_frame_parameters(frame).content_size > LARGEST:
            return stored
        return zstandard.ZstdDecompressor(dict_data=_raw_dictionary(base)).decompress(frame, allow_extra_data=False)
    except zstandard.ZstdError:
        return stored


def _unpack_alone(stored: bytes, using: str) -> bytes:
    if not stored.startswith(MAGIC):
        return stored
    try:
        frame = zstandard.get_frame_parameters(stored)
        if frame.content_size > LARGEST:  # also where it does not say how much it holds
            return stored
        if frame.dict_id not in _codecs.unpacking:
            _codecs.unpacking[frame.dict_id] = zstandard.ZstdDecompressor(dict_data=_load(frame.dict_id, using))
        return _codecs.unpacking[frame.dict_id].decompress(stored, allow_extra_data=False)
    except (zstandard.ZstdError, ContentDictionary.DoesNotExist):
        return stored


def _find_compressor(using: str) -> zstandard.ZstdCompressor:
    dictionaries = ContentDictionary.objects.using(using)
    number = dictionaries.order_by("-pk").values_list("number", flat=True).first() or 0
    if number not in _codecs.packing:
        try:
            dictionary = _load(number, using)
        except zstandard.ZstdError:  # somebody spoiled it: what needs it is lost, and nothing more shall need it
            number = 0
        else:
            _codecs.packing[number] = zstandard.ZstdCompressor(level=LEVEL, dict_data=dictionary)
    return _codecs.packing[number]


def _raw_dictionary(base: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _load(number: int, using: str) -> zstandard.ZstdCompressionDict:
    """Raises ZstdError where the row holds another dictionary than the one of this number, or none."""
    row = ContentDictionary.objects.using(using).get(number=number)
    dictionary = zstandard.ZstdCompressionDict(bytes(row.data))
    if dictionary.dict_id() != number:
        raise zstandard.ZstdError(f"This is not dictionary {number}.")
    return dictionary


@dataclass(frozen=True, slots=True)
class _Based:
    """A content on its way into the database, and the canonical bytes of its base."""

    content: bytes
    base: bytes


class ContentField(models.BinaryField):  # type: ignore[type-arg]  # it takes none at run time
    """Bytes that are kept packed. Whoever reads them through the ORM has the bytes that were written.

    Its model has a key to itself, `content_base`: a row that has one is packed against that row's content.
    """

    def deconstruct(self) -> Any:
        """To migrations it is what the column is."""
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.BinaryField", arguments, keywords

    def pre_save(self, model_instance: Any, add: bool) -> Any:
        content, base = super().pre_save(model_instance, add), model_instance.content_base
        return content if base is None or content is None else _Based(bytes(content), bytes(base.content))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, _Based):
            value = pack_content(value.content, connection.alias, value.base)
        elif value is not None:
            value = pack_content(bytes(value), connection.alias)
        return super().get_db_prep_value(value, connection, prepared)

    def select_format(self, compiler: Any, sql: str, params: Any) -> Any:
        """The column as a SELECT asks for it: where it was packed against a base, that comes after it (`join_base`)."""
        quote = compiler.connection.ops.quote_name
        row, its_column, rest = sql.rpartition(f".{quote(self.column)}")
        if not its_column or rest:  # what something made of the column
            return sql, params
        base_field: Any = self.model._meta.get_field("content_base")
        key, table = quote(self.model._meta.pk.column), quote(self.model._meta.db_table)
        base = f"{row}.{quote(base_field.column)}"
        stored = f"SELECT content_base{its_column} FROM {table} content_base WHERE content_base.{key} = {base}"  # noqa: S608 (names of ours)
        joined = f"{sql} || COALESCE(({stored}), '')"
        if compiler.connection.vendor == "sqlite":  # there it would be text, of the same bytes
            joined = f"CAST({joined} AS BLOB)"
        return f"CASE WHEN {base} IS NULL THEN {sql} ELSE {joined} END", params

    def from_db_value(self, value: Any, _expression: Any, connection: Any) -> Any:
        # What is no bytes is no content either: it is left to whoever looks at the digest.
        return unpack_content(bytes(value), connection.alias) if isinstance(value, bytes | memoryview) else value
