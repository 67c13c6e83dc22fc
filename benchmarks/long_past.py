"""What a page with 5,000 editions or saves costs, against one with a single one, as ratios of one run: `make bench`.

The rows stand in transactions that are undone, so that both lengths are measured on one machine in one state. Absolute
times say more about the machine than about the site.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from _demonstration import ROUNDS, with_demonstration

FEW, MANY = 1, 5_000
PARAGRAPHS = 20


def measured(count: int) -> dict[str, tuple[float, int, int]]:
    """{what was done: (median milliseconds, queries, rows)} with a page that has had so many editions."""
    from django.db import connection, transaction
    from django.test import Client

    from editorial.accounts.models import User
    from editorial.editions.models import Edition
    from tests.factories import pages, people
    from tests.factories.bulk_editions import add_editions
    from tests.factories.counting import counted_cost
    from tests.factories.pages import submit

    def measure(act: Callable[[], object]) -> tuple[float, int, int]:
        times = []
        for _round in range(ROUNDS):
            point = transaction.savepoint()
            start = perf_counter()
            act()
            times.append((perf_counter() - start) * 1000)
            transaction.savepoint_rollback(point)
        with counted_cost() as cost:
            act()
        return median(times), cost.queries, cost.rows

    with transaction.atomic():
        author, reviewer = people.author(), people.reviewer()
        document = pages.article(author)
        edition = add_editions(pages.publish(document, author, reviewer), count - 1)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        client = Client()
        client.force_login(User.objects.get(pk=reviewer.pk))
        writing = Client()
        writing.force_login(User.objects.get(pk=author.pk))
        article = pages.working(document)
        result = {
            "the edition's page": measure(lambda: client.get(f"/admin/desk/editions/{edition.pk}/")),
            "the document's page": measure(lambda: client.get(f"/admin/desk/documents/{document.pk}/")),
            "the writing form": measure(lambda: writing.get(f"/admin/articles/article/{article.pk}/change/")),
        }
        pages.edit(document, author, title="Another title", sections=[pages.SECTION])
        result["submitting"] = measure(lambda: submit(document, "en", user=author))
        waiting = Edition.objects.filter(document=document).latest("number")
        result["the page to sign on"] = measure(lambda: client.get(f"/admin/desk/editions/{waiting.pk}/"))
        result["signing"] = measure(lambda: pages.sign(waiting, reviewer))
        transaction.set_rollback(True)
    return result


def measured_saves(count: int) -> tuple[float, int, int]:
    """(median milliseconds, queries, rows) of submitting a page after so many saves of its title and of a long body."""
    from django.db import transaction

    from tests.factories import pages, people
    from tests.factories.bulk_saves import add_saves
    from tests.factories.counting import counted_cost
    from tests.factories.pages import submit

    def body(number: int) -> str:
        return "".join(f'<p data-id="b-{part:08}">Said {number} times.</p>' for part in range(PARAGRAPHS))

    with transaction.atomic():
        author = people.author()
        document = pages.article(author)
        article = pages.working(document)
        add_saves(article, "title_en", (f"Title {number}" for number in range(count)), author)
        add_saves(article.sections.get(), "body_en", (body(number) for number in range(count)), author)
        times = []
        for _round in range(ROUNDS):
            point = transaction.savepoint()
            start = perf_counter()
            submit(document, "en", user=author)
            times.append((perf_counter() - start) * 1000)
            transaction.savepoint_rollback(point)
        with counted_cost() as cost:
            submit(document, "en", user=author)
        transaction.set_rollback(True)
    return median(times), cost.queries, cost.rows


def main() -> None:
    few, many = measured(FEW), measured(MANY)
    print(f"{MANY:,} editions : {FEW}; each time is the median of {ROUNDS}\n")
    for name in many:
        report(name, many[name], few[name])
    print(f"\n{MANY:,} saves of a title and of {PARAGRAPHS} paragraphs : {FEW}\n")
    report("submitting", measured_saves(MANY), measured_saves(FEW))


def report(name: str, many: tuple[float, int, int], few: tuple[float, int, int]) -> None:
    (slow, queries, rows), (fast, queries_before, rows_before) = many, few
    told = f"{slow:8.1f} ms : {fast:7.1f} ms = {slow / fast:6.2f}"
    print(f"{name:22} {told}, {queries} queries : {queries_before}, {rows} rows : {rows_before}")


if __name__ == "__main__":
    with_demonstration(main)
