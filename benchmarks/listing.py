"""What the desk's lists and boxes cost with a hundred thousand rows, against a thousand, as ratios of one run.

`python benchmarks/listing.py`. The rows stand in transactions that are undone, so that both are measured on one machine
in one state. Absolute times say more about the machine than about the site.
"""

from _demonstration import ROUNDS, print_ratio, time_page, with_demonstration

FEW, MANY = 1_000, 100_000
PAGES = [
    "/admin/articles/article/",
    "/admin/articles/article/?p=9",
    "/admin/articles/article/?q=rare7",
    "/admin/articles/article/?q=tenth3",
    "/admin/articles/article/?q=common",
    "/admin/articles/article/?o=1",  # by its title, for who asks for it
    "/admin/library/figure/",
    "/admin/library/figure/?q=picture",
    "/admin/library/figure/choices/?q=picture-77",
    "/admin/library/reference/pick/?q=common",
]


def measure(count: int) -> list[tuple[float, int]]:
    """(median milliseconds, queries) of each of PAGES with so many articles and figures."""
    from django.db import transaction

    from tests.factories import bulk_rows

    with transaction.atomic():
        bulk_rows.create_articles(count)
        bulk_rows.create_figures(count)
        result = [time_page("author", path) for path in PAGES]
        transaction.set_rollback(True)
    return result


def main() -> None:
    few, many = measure(FEW), measure(MANY)
    print(f"{MANY:,} rows : {FEW:,}; each time is the median of {ROUNDS}\n")
    for path, many_rows, few_rows in zip(PAGES, many, few, strict=True):
        print_ratio(path, many_rows, few_rows)


if __name__ == "__main__":
    with_demonstration(main)
