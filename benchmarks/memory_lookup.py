"""What the translation memory takes to find what is like a text, among very many: median and 95th percentile, in ms.

`python benchmarks/memory_lookup.py [COUNT]`, 200,000 texts by default, on pages of 100, signed with all their records;
BENCH_DATABASE_URL names a database of PostgreSQL's. The texts are made of pairs of neighbouring words of the
demonstration's own, as a language is, with some rarer words among them; one in five repeats another. What is measured
is a whole look-up: finding, comparing, asking the gate and verifying what is offered. Beside the clock stands what this
process had of its processor, and PostgreSQL's for it, which says less about what else the machine does. The lines go
to benchmarks/results/memory-….txt too.
"""

import os
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from _demonstration import with_site
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[1]
COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
ROUNDS = 100
PAGE = 100  # texts
REPEATED, RARE = 0.2, 0.15
AIM = 50  # ms


def sentences() -> Iterator[list[str]]:
    """Those of the demonstration in its source language."""

    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            yield from (text for name, inside in value.items() if name not in LANGUAGES for text in texts(inside))
        elif isinstance(value, list):
            yield from (text for inside in value for text in texts(inside))

    for path in sorted((ROOT / "immuno_site/demonstration/content").rglob("*.toml")):
        for text in texts(tomllib.loads(path.read_text())):
            for sentence in re.split(r"(?<=[.?!])\s+|\n+", re.sub(r"<[^>]+>|\[[@=][^\]]*\]|[*_#`]", " ", text)):
                words = sentence.split()
                if 3 <= len(words) <= 40 and all(ord(letter) < 0x250 for letter in sentence):
                    yield words


LANGUAGES = {"es", "ar", "vi", "zh-hans", "zh_hans"}


class Writer:
    """Writes texts in which words follow each other as they do in the demonstration."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 (the same texts each time)
        self.followers: dict[str, list[str]] = defaultdict(list)
        self.starts: list[str] = []
        for words in sentences():
            self.starts.append(words[0])
            for word, following in zip(words, [*words[1:], ""], strict=True):
                self.followers[word].append(following)

    def write(self) -> str:
        words, word = [], self.random.choice(self.starts)
        while word and len(words) < 40:
            if re.search(r"\d", word):
                words.append(re.sub(r"\d+", lambda _number: str(self.random.randrange(1, 400)), word))
            else:
                words.append(self.rare() if self.random.random() < RARE else word)
            word = self.random.choice(self.followers[word])
        return " ".join(words)

    def rare(self) -> str:
        number, text = int(self.random.paretovariate(0.5)) % 50_000, ""
        while number or not text:
            number, letter = divmod(number, 20)
            text += "bcdfghjklmnpqrtvwxzk"[letter] + "aeio"[letter % 4]
        return text

    def change(self, text: str, share: float) -> str:
        """With so many of its words, at least one, others, or gone."""
        words = text.split()
        for place in self.random.sample(range(len(words)), max(1, round(share * len(words)))):
            words[place] = self.random.choice([self.rare(), self.random.choice(list(self.followers)), ""])
        return " ".join(filter(None, words))


def pages(writer: Writer) -> Iterator[list[tuple[str, str]]]:
    known: list[str] = []
    for number in range(COUNT // PAGE):
        texts = [f"Page {number} about {writer.rare()} {writer.rare()}"]
        for _text in range(PAGE - 1):
            repeats = known and writer.random.random() < REPEATED
            texts.append(writer.random.choice(known) if repeats else writer.write())
        known += writer.random.sample(texts, 20)
        yield [(text, f"es {text}") for text in texts]


def fill() -> None:
    from django.utils import timezone

    from editorial.translations.models import MemoryUse
    from tests.factories import memory_library, people
    from tests.factories import pages as factory

    if MemoryUse.objects.count() >= COUNT * 0.9:  # of a database that stayed behind
        return
    author, reviewer, translator = people.author(), people.reviewer(), people.translator("es")
    document = factory.article(author)
    factory.publish(document, author, reviewer)
    signed = factory.publish_translation(document, "es", translator, reviewer)
    bar = tqdm(pages(Writer(1)), total=COUNT // PAGE, unit=" pages", disable=None, leave=False)
    memory_library.add_translations(signed, bar, timezone.now())


def server_time() -> float:
    """Seconds of processor that the server has spent on this connection, where it runs on this machine; else 0."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    connection.ensure_connection()
    path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(path.read_text().split()[0]) / 10**9 if path.exists() else 0


def time_each(name: str, texts: list[str], ask: Callable[[str], int]) -> str:
    """A line with the time of each, how many found something, and whether the 95th percentile is what is aimed at."""
    times, busy, found = [], [], 0
    for text in texts:
        start, begun = perf_counter(), process_time() + server_time()
        found += ask(text) > 0
        times.append((perf_counter() - start) * 1000)
        busy.append((process_time() + server_time() - begun) * 1000)
    p95 = quantiles(times, n=20)[-1]
    return (
        f"{name:26} median {median(times):6.1f}   p95 {p95:6.1f}   of the processor: median {median(busy):6.1f}   "
        f"p95 {quantiles(busy, n=20)[-1]:6.1f}   found {found} of {len(texts)}{f'   over {AIM}' if p95 > AIM else ''}"
    )


def main() -> None:
    from django.db import connection

    from editorial.translations.memory.lookup import find_suggestions
    from editorial.translations.models import MemoryGram, MemoryText

    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    lines = [
        f"{COUNT:,} texts, {MemoryText.objects.count():,} of them different, on {COUNT // PAGE:,} pages; "
        f"{MemoryGram.objects.count():,} pairs of words; {connection.vendor}; {ROUNDS} of each; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    ]
    print(*lines, flush=True)
    writer = Writer(2)
    originals = [f"{text}" for text in _some_texts(writer.random.sample(range(1, 10_000), ROUNDS))]
    queries = {
        "the very same": originals,
        "one word differs": [writer.change(text, 0) for text in originals],
        "a number differs": [re.sub(r"\d+|$", " 77 ", text, count=1) for text in originals],
        "a quarter differs": [writer.change(text, 0.25) for text in originals],
        "new, of common words": [writer.write() for _text in range(ROUNDS)],
        "new, of other words": [" ".join(writer.rare() for _word in range(14)) for _text in range(ROUNDS)],
        "headings of few words": [" ".join(text.split()[:3]) for text in originals],
    }
    for name, texts in queries.items():
        lines.append(time_each(name, texts, lambda text: len(find_suggestions(text, "es"))))
        print(lines[-1], flush=True)
    path = ROOT / f"benchmarks/results/memory-{connection.vendor}-{COUNT}.txt"
    path.write_text("\n".join(lines) + "\n")


def _some_texts(places: list[int]) -> list[str]:
    from editorial.translations.memory.texts import read_words
    from editorial.translations.models import MemoryText

    keys = list(MemoryText.objects.order_by("pk").values_list("pk", flat=True))
    chosen = MemoryText.objects.in_bulk([keys[place * len(keys) // 10_000] for place in places])
    return [str(read_words(text.source)) for text in chosen.values()]


if __name__ == "__main__":
    with_site(main)
