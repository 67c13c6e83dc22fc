"""How fast `verify_records` proves editions, in one process and in as many as there are processors: `make bench`.

Each edition has a tree of 12 KB, and with it a review, a sign-off, a release and the end of the one before. The file of
SQLite's is gone afterwards.
"""

from time import perf_counter, process_time

from _demonstration import with_site

DOCUMENTS, EDITIONS = 40, 100
PARAGRAPHS = 40


def main() -> None:
    from editorial.editions.models import Edition
    from editorial.editions.verification_runs import count_processors, find_batches, prove_batches
    from tests.factories import pages, people
    from tests.factories.bulk_editions import add_editions

    author, reviewer = people.author(), people.reviewer()
    body = "".join(f"<p>Some words that a reader of this page reads, and here a number {part} and a <strong>mark"
                   f"</strong>; then what to do, whom to call, and when it is nothing to worry about.</p>"
                   for part in range(PARAGRAPHS))  # fmt: skip
    for number in range(DOCUMENTS):
        document = pages.article(author, slug=f"page-{number}", sections=[{"heading": "Here", "body": body}])
        add_editions(pages.publish(document, author, reviewer), EDITIONS - 1)
    count, sizes = Edition.objects.count(), [len(row) for row in Edition.objects.values_list("content", flat=True)]
    print(f"{count:,} editions of {sum(sizes) / len(sizes) / 1000:.1f} KB\n")
    seconds = {}
    for processes in dict.fromkeys((1, count_processors())):
        start, began = perf_counter(), process_time()
        assert [done.problems for done in prove_batches(find_batches(), processes) if done.problems] == []
        seconds[processes] = perf_counter() - start
        if processes == 1:
            print(f"{(process_time() - began) / count * 1000:.2f} ms of processor an edition")
        print(f"{processes} processes: {count / seconds[processes]:7,.0f} editions a second")
    print(f"ratio {seconds[1] / seconds[count_processors()]:.2f}")


if __name__ == "__main__":
    with_site(main)
