"""What readers' search takes among many pages, by how common the words are, and its suggestions: median and 95th
percentile, in ms.

`python benchmarks/search.py [COUNT]`, 100,000 pages by default, as many different words in each as in 6 KB of text;
BENCH_DATABASE_URL names a database of PostgreSQL's. The words are written straight into the tables of the index, as the
analyser's would be. What is measured is finding, ranking and counting, without the page around it, what begins
as was typed, and the whole answer for pages that were signed. Beside the clock stands what this process had of its
processor: with SQLite that is all that there is, and says less about what else the machine does.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time

from _demonstration import with_site
from tqdm import tqdm

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = 60
BATCH = 2_000
RUNNING = 900  # words of a page of 6 KB
VOCABULARY = 50_000
TOPICS = [f"topic-{number}" for number in range(20)]
SIGNED = 20  # pages of 6 KB with all their records: what is suggested of them is asked of the gate and verified
FINDING, SUGGESTING = 50, 15  # ms that are aimed at


@cache
def word(number: int) -> str:
    """A word of letters alone, so that it may be misspelt, and that no stemmer takes anything off."""
    text = ""
    while number or not text:
        number, letter = divmod(number, 20)
        text += "bcdfghjklmnpqrtvwxzk"[letter] + "ao"[letter % 2]
    return f"q{text}o"


def pages() -> Iterator[tuple[str, dict[str, int]]]:
    """(title, {word: how often} of its text). Words are as frequent as those of a language: the n-th as 1/n.

    One in four pages has `common`, one in a hundred `middling`.
    """
    random = Random(1)  # noqa: S311 (the same pages each time)
    weights = list(accumulate(1 / place for place in range(1, VOCABULARY + 1)))
    while True:
        counts = Counter(map(word, random.choices(range(VOCABULARY), cum_weights=weights, k=RUNNING)))
        counts["lead"] = 1
        counts.update(["common"] * (random.random() < 0.25) + ["middling"] * (random.random() < 0.01))
        yield " ".join(["Page", *map(word, random.sample(range(VOCABULARY), 3))]), counts


def fill() -> None:
    from django.db import connection, transaction
    from django.utils import timezone

    from editorial.reading.models import SearchEntry
    from editorial.reading.search import spelling
    from editorial.reading.search.indexed_words import IndexedWords
    from tests.factories import pages as factory
    from tests.factories import people
    from tests.factories.search_library import add_indexed

    words = {*map(word, range(VOCABULARY)), "page", "lead", "common", "middling"}
    spelling.keep_words({text: text for text in words}, "en")
    if SearchEntry.objects.count() >= COUNT:  # of a database that stayed behind
        return
    author, reviewer = people.author(), people.reviewer()
    live = factory.publish(factory.article(author), author, reviewer)
    section = {**factory.SECTION, "body": f"<p>{'Some words about it. ' * 300}</p>"}
    for number in range(SIGNED):
        document = factory.article(author, title=f"Zebra {number}", sections=[section])
        factory.publish(document, author, reviewer)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = OFF")
    random, made = Random(2), pages()  # noqa: S311 (likewise)

    def index(title: str, counts: dict[str, int]) -> IndexedWords:
        often = [text for text, count in Counter(counts).most_common(40) if count >= 3]
        return IndexedWords(
            names=(tuple(title.lower().split()),), points=frozenset(random.sample(sorted(counts), 20)),
            often=frozenset(often), body=frozenset(counts), forms=frozenset(), groups=(),
            topics=tuple(random.sample(TOPICS, 2)), suggested=(title,),
        )  # fmt: skip

    with tqdm(total=COUNT, unit=" pages", disable=None, leave=False) as bar:
        for start in range(0, COUNT, BATCH):
            size = min(BATCH, COUNT - start)
            with transaction.atomic():
                add_indexed(live, [index(*next(made)) for _page in range(size)], timezone.now())
            bar.update(size)


def time_each(name: str, typed: list[str], ask: Callable[[str], object], most: int) -> None:
    """A line with the time of each, and whether the 95th percentile is what is aimed at."""
    times, busy = [], []
    for text in typed:
        start, begun = perf_counter(), process_time()
        ask(text)
        times.append((perf_counter() - start) * 1000)
        busy.append((process_time() - begun) * 1000)
    p95 = quantiles(times, n=20)[-1]
    over = f"over {most}" if p95 > most else ""
    print(
        f"{name:28} median {median(times):7.1f}   p95 {p95:7.1f}   of this process's processor p95 "
        f"{quantiles(busy, n=20)[-1]:7.1f}   {over}",
        flush=True,
    )


def main() -> None:
    from django.db import connection
    from django.utils import timezone

    from editorial.reading.search import suggestions
    from editorial.reading.search.queries import read_query
    from editorial.reading.search.ranking import search_pages

    def search(text: str) -> None:
        at = timezone.now()
        search_pages(read_query(text, "en", at), at)

    def begin(text: str) -> None:
        suggestions.find_begun(text, "en", timezone.now())

    def suggest(text: str) -> None:
        assert len(suggestions.find_suggestions(text, "en", timezone.now())) == suggestions.MOST_SUGGESTED

    started = perf_counter()
    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{COUNT:,} pages of 6 KB, {connection.vendor}, written in {perf_counter() - started:.0f} s; {ROUNDS} of each; "
        f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    queries = {
        "rare": [word(number) for number in range(30_000, 30_000 + ROUNDS)],
        "rare, two words": [f"{word(number)} {word(number + 7)}" for number in range(20_000, 20_000 + ROUNDS)],
        "middling": ["middling"] * ROUNDS,
        "very common": ["common"] * ROUNDS,
        "on every page": ["lead"] * ROUNDS,
        "in every title": ["page"] * ROUNDS,
        "very common, three words": [f"common lead {word(1)}"] * ROUNDS,
        "misspelt": ["midling", "comon", "middlign"] * (ROUNDS // 3),
    }
    for name, typed in queries.items():
        time_each(name, typed, search, FINDING)
    titles = [word(number) for number in range(30_000, 30_000 + ROUNDS)]
    for length in (2, 3, 5):
        time_each(f"begun by {length} letters", [text[:length] for text in titles], begin, SUGGESTING)
    time_each("begun, in every title", ["page"] * ROUNDS, begin, SUGGESTING)
    time_each("suggested of signed pages", ["ze", "zeb", "zebra"] * (ROUNDS // 3), suggest, SUGGESTING)
    time_each("suggested, misspelt", ["zebta", "zebar", "zebrs"] * (ROUNDS // 3), suggest, SUGGESTING)


if __name__ == "__main__":
    with_site(main)
