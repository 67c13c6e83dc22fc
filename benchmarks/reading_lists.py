"""What readers' lists cost with thousands of pages, against ten and two hundred, as ratios of one run.

`python benchmarks/reading_lists.py [PAGES [DRUGS]]`. The pages are copies of the demonstration's with records of their
own, each with another title; half of them are translated. Every answer is made anew: nothing keeps it in between. The
CPU time of this process says less about the machine than the clock does, the ratio least. With ten, most lists do not
fill a page: growth shows against two hundred.
"""

import sys
from statistics import median
from time import perf_counter, process_time

from _demonstration import with_demonstration

ROUNDS = 15
FEW, SOME = 10, 200
PAGES = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
DRUGS = int(sys.argv[2]) if len(sys.argv) > 2 else 500
ADDRESSES = [
    "/en/",
    "/es/",
    "/en/articles/",
    "/es/articles/",
    "/en/articles/?page=2",
    "/en/glossary/",
    "/en/glossary/?letter=C",
    "/es/glossary/?letter=C",
    "/en/drugs/",
    "/en/drugs/?state=accelerated&biomarker=pd-l1",
    "/ar/drugs/?page=2",
    "/en/reviewers/{reviewer}/",
    "/en/reviewers/{reviewer}/?page=2",
]


def add_pages(counts: dict[str, int]) -> None:
    """So many pages more of each kind, like the smallest of the demonstration's."""
    from editorial.editions.models import Edition
    from editorial.reading.list_rows import rebuild_lists
    from tests.factories import bulk_pages

    for kind, count in counts.items():
        editions = Edition.objects.filter(document__kind=kind, number=1, releases__isnull=False).select_related(
            "document"
        )
        smallest = min(editions.filter(language="en"), key=lambda edition: len(bytes(edition.content)))
        translation = editions.filter(document=smallest.document, language="es", source_edition=smallest).first()
        for start in range(0, count, 2_000):
            bulk_pages.add_pages(smallest, min(2_000, count - start), translation=translation)
    start = perf_counter()
    done = rebuild_lists()
    print(f"{done:,} documents: their lists made anew in {perf_counter() - start:.1f} s")


def time_address(path: str) -> tuple[float, int]:
    """(median milliseconds of CPU, bytes) of an answer."""
    from django.test import Client

    client, times = Client(), []
    response = client.get(path)
    assert response.status_code == 200, path
    for _round in range(ROUNDS):
        start = process_time()
        client.get(path)
        times.append((process_time() - start) * 1000)
    return median(times), len(response.content)


def main() -> None:
    from django.db import connection

    from editorial.editions.models import SignOff

    reviewer = SignOff.objects.filter(document__kind="article", language="en").latest("pk").signer_slug
    addresses = [address.format(reviewer=reviewer) for address in ADDRESSES]
    kinds = {"article": PAGES, "glossary": PAGES, "monograph": DRUGS}
    results = []
    for number in (FEW, SOME, None):
        add_pages(kinds if number is None else dict.fromkeys(kinds, number))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        results.append([time_address(address) if _is_there(address) else None for address in addresses])
    print(f"\n{PAGES:,} articles and entries, {DRUGS:,} drugs : {SOME} : {FEW}, in ms of CPU, and bytes\n")
    for address, few, some, many in zip(addresses, *results, strict=True):
        cells = [_cell(few), _cell(some), _cell(many)]
        ratio = f"{many[0] / some[0]:5.2f}" if many and some else ""
        print(f"{address:46}" + "".join(f"{cell:>24}" for cell in cells) + f"   × {ratio}")


def _cell(result: tuple[float, int] | None) -> str:
    return f"{result[0]:.1f}, {result[1]:,}" if result else "–"


def _is_there(address: str) -> bool:
    """Whether the list is long enough to have that page."""
    from django.test import Client

    response = Client().get(address)
    return response.status_code == 200


if __name__ == "__main__":
    with_demonstration(main)
