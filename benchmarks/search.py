"""What readers' search takes among many pages, by how common the words are: median and 95th percentile, in ms.

`python benchmarks/search.py [COUNT]`, 100,000 pages of 6 KB by default, which take long to write; BENCH_DATABASE_URL
names a database of PostgreSQL's. What is measured is finding and ranking, without the page around it.
"""

import sys
from collections.abc import Iterator
from random import Random
from statistics import median, quantiles
from time import perf_counter

from _demonstration import with_site

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = 60
BATCH = 1_000
BYTES = 6_000  # of a page
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def word(number: int) -> str:
    """A word of letters alone, so that it may be misspelt, and that no stemmer takes anything off."""
    text = ""
    while number or not text:
        number, letter = divmod(number, 20)
        text += "bcdfghjklmnpqrtvwxzk"[letter] + "ao"[letter % 2]
    return f"q{text}o"


def texts(random: Random) -> Iterator[str]:
    """One in four pages has `common`, one in a hundred `middling`, and each some words that almost no other has."""
    while True:
        words = [word(int(random.paretovariate(0.6)) % 50_000) for _number in range(BYTES // 7)]
        words += ["common"] * (random.random() < 0.25) + ["middling"] * (random.random() < 0.01)
        yield " ".join(words)


def fill() -> None:
    from django.utils import timezone

    from tests.factories import pages, people
    from tests.factories.search_library import add_entries, article

    live = pages.publish(pages.article(people.author()), people.author(), people.reviewer())
    random = Random(1)  # noqa: S311 (the same pages each time)
    page_texts = texts(random)
    for start in range(0, COUNT, BATCH):
        numbers = range(start, min(start + BATCH, COUNT))
        trees = [article("en", f"Page {word(number)}", "A lead.", next(page_texts)) for number in numbers]
        add_entries(live, trees, timezone.now())
        print(f"{numbers.stop:,} pages", end="\r", flush=True)


def main() -> None:
    from django.db import connection
    from django.utils import timezone

    from editorial.reading.search.queries import read_query
    from editorial.reading.search.ranking import search_pages

    fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{COUNT:,} pages of {BYTES / 1000:.0f} KB, {connection.vendor}; {ROUNDS} searches each")
    queries = {
        "rare": [word(number) for number in range(30_000, 30_000 + ROUNDS)],
        "rare, two words": [f"{word(number)} {word(number + 7)}" for number in range(20_000, 20_000 + ROUNDS)],
        "middling": ["middling"] * ROUNDS,
        "very common": ["common"] * ROUNDS,
        "very common, three words": [f"common lead {word(1)}"] * ROUNDS,
        "misspelt": ["midling", "comon", "middlign"] * (ROUNDS // 3),
    }
    for name, typed in queries.items():
        times = []
        for text in typed:
            start, at = perf_counter(), timezone.now()
            query = read_query(text, "en", at)
            search_pages(query, at)
            times.append((perf_counter() - start) * 1000)
        print(f"{name:28} median {median(times):7.1f}   p95 {quantiles(times, n=20)[-1]:7.1f}")


if __name__ == "__main__":
    with_site(main)
