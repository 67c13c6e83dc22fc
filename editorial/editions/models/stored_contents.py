"""How the bytes of editions are kept: compressed by zstd, with a dictionary that was trained on earlier ones.

A database holds three forms, told apart by how they begin: the canonical bytes themselves (before editions were
compressed; they begin with "{"), a frame of zstd, and one that names the dictionary that it needs. Digests cover the
canonical bytes, whatever the form; what cannot be unpacked is returned as it is stored, and fits no digest.

A migration's models see what is stored: it has to call `unpack_content`.
"""

import threading
from typing import Any

import zstandard
from django.db import models

from .records import AppendOnly

MAGIC = zstandard.FRAME_HEADER
LARGEST = 32 * 1024 * 1024  # bytes of a content; a frame that says it holds more is not unpacked
LEVEL = 9  # higher ones take ten times as long for the last few per cent


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


def pack_content(content: bytes, using: str) -> bytes:
    """The form in which a database keeps these bytes: a frame, with its newest dictionary. At most two queries."""
    dictionaries = ContentDictionary.objects.using(using)
    number = dictionaries.order_by("-pk").values_list("number", flat=True).first() or 0
    if number not in _codecs.packing:
        try:
            dictionary = _load(number, using)
        except zstandard.ZstdError:  # somebody spoiled it: what needs it is lost, and nothing more shall need it
            number = 0
        else:
            _codecs.packing[number] = zstandard.ZstdCompressor(level=LEVEL, dict_data=dictionary)
    return _codecs.packing[number].compress(content)


def unpack_content(stored: bytes, using: str) -> bytes:
    """The bytes that were packed; or what is stored, where that is no frame or cannot be unpacked.

    It asks for a dictionary once in each thread.
    """
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


def _load(number: int, using: str) -> zstandard.ZstdCompressionDict:
    """Raises ZstdError where the row holds another dictionary than the one of this number, or none."""
    row = ContentDictionary.objects.using(using).get(number=number)
    dictionary = zstandard.ZstdCompressionDict(bytes(row.data))
    if dictionary.dict_id() != number:
        raise zstandard.ZstdError(f"This is not dictionary {number}.")
    return dictionary


class ContentField(models.BinaryField):  # type: ignore[type-arg]  # it takes none at run time
    """Bytes that are kept packed. Whoever reads them through the ORM has the bytes that were written."""

    def deconstruct(self) -> Any:
        """To migrations it is what the column is."""
        name, _path, arguments, keywords = super().deconstruct()
        return name, "django.db.models.BinaryField", arguments, keywords

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        packed = pack_content(bytes(value), connection.alias) if value is not None else None
        return super().get_db_prep_value(packed, connection, prepared)

    def from_db_value(self, value: Any, _expression: Any, connection: Any) -> Any:
        # What is no bytes is no content either: it is left to whoever looks at the digest.
        return unpack_content(bytes(value), connection.alias) if isinstance(value, bytes | memoryview) else value
