"""What the desk's pages cost in a library of ten thousand articles, against three hundred, as ratios of one run.

`python benchmarks/desk.py [ARTICLES]`. Each article is there in all languages and was signed twice in the source's; of
a hundred, a few wait, are due, have a recheck or lack a translation: so what waits grows with the library, as it would.
Absolute times say more about the machine than about the site, the ratios less.
"""

import sys
from time import perf_counter

from _demonstration import ROUNDS, print_ratio, time_page, with_demonstration

FEW = 300
MANY = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
PAGES = [
    ("reviewer2", "/admin/desk/"),
    ("reviewer2", "/admin/desk/?tab=again"),
    ("reviewer", "/admin/desk/?tab=signed"),
    ("translator", "/admin/desk/"),
    ("author", "/admin/desk/"),
    ("head", "/admin/desk/?tab=unanswered"),
    ("head", "/admin/desk/table/?tab=again"),
    ("head", "/admin/desk/overview/"),
    ("head", "/admin/desk/overview/table/?table=waits"),
    ("head", "/admin/desk/rechecks/"),
    ("head", "/admin/desk/rechecks/event/{article}/"),
    ("author", "/admin/articles/article/"),
    ("author", "/admin/articles/article/?q=rare7"),
    ("author", "/admin/articles/article/{article}/change/"),
    ("author", "/admin/desk/documents/{article}/"),
    ("author", "/admin/desk/documents/{article}/history/"),
    ("author", "/admin/desk/documents/{article}/links/"),
]


def add_articles(count: int) -> None:
    from django.db import transaction

    from editorial.accounts.models import User
    from editorial.editions.models import Edition
    from tests.factories import bulk_library

    start = perf_counter()
    model = Edition.objects.filter(language="en", document__kind="article", releases__isnull=False).earliest("pk")
    with transaction.atomic():
        bulk_library.add_library(model, User.objects.get(username="reviewer"), count)
    print(f"{count:,} articles added in {perf_counter() - start:.0f} s")


def main() -> None:
    from editorial.editions.models import Document

    article = Document.objects.filter(kind="article", article__isnull=False).earliest("pk").pk
    pages = [(username, path.format(article=article)) for username, path in PAGES]
    add_articles(FEW)
    few = [time_page(username, path) for username, path in pages]
    add_articles(MANY - FEW)
    many = [time_page(username, path) for username, path in pages]
    print(f"{MANY:,} articles : {FEW}; each time is the median of {ROUNDS}\n")
    for (username, path), many_articles, few_articles in zip(pages, many, few, strict=True):
        print_ratio(f"{username} {path}", many_articles, few_articles)


if __name__ == "__main__":
    with_demonstration(main)
