"""Training what contents are compressed with: sentences and structure that many pages share are then kept once."""

from dataclasses import dataclass

import zstandard
from django.db import transaction
from django.utils import timezone

from .models import ContentDictionary, Edition
from .models.stored_contents import LEVEL

SAMPLES = 2000  # the newest editions whose contents stand by themselves: others need none
FEWEST_SAMPLES = 50
SIZE = 64 * 1024  # bytes
# A dictionary stays for good, so it has to be worth its place: of what contents take, at least this part less.
LEAST_GAIN = 0.05


class TooFewEditions(Exception):
    """There is too little to train a dictionary on."""


@dataclass(frozen=True, slots=True)
class Training:
    """Mean bytes of contents that the new dictionary was not trained on: as now, and with it; None where not kept."""

    before: float
    after: float
    dictionary: ContentDictionary | None


def train_dictionary() -> Training:
    """Train one on the newest editions, and keep it where it is better than what there is. From then on it is used.

    Every other one of them is trained on; the rest tell whether it helps. Raises TooFewEditions.
    """
    newest = Edition.objects.filter(content_base=None).order_by("-pk").values_list("content", flat=True)[:SAMPLES]
    samples = [bytes(content) for content in newest.iterator(chunk_size=100)]
    if len(samples) < FEWEST_SAMPLES:
        raise TooFewEditions
    trained = _train(samples[::2])
    current = ContentDictionary.objects.last()
    now_used = zstandard.ZstdCompressionDict(bytes(current.data)) if current else None
    before, after = _mean_size(samples[1::2], now_used), _mean_size(samples[1::2], trained)
    if trained is None or after > before * (1 - LEAST_GAIN):
        return Training(before, after, None)
    with transaction.atomic():
        row = ContentDictionary.objects.create(
            number=trained.dict_id(), data=trained.as_bytes(), trained_at=timezone.now()
        )
    return Training(before, after, row)


def _train(samples: list[bytes]) -> zstandard.ZstdCompressionDict | None:
    try:
        return zstandard.train_dictionary(SIZE, [*samples])
    except zstandard.ZstdError:  # they have nothing in common, or are too small
        return None


def _mean_size(contents: list[bytes], dictionary: zstandard.ZstdCompressionDict | None) -> float:
    compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=dictionary)
    return sum(len(compressor.compress(content)) for content in contents) / len(contents)
