"""What the demonstration takes in a database, by edition: contents, records, history, indexes: `make bench`.

On SQLite, asked of `dbstat`; a SQLite that was built without it says so.
"""

from _demonstration import with_demonstration

GROUPS = [
    ("contents and editions", ("editions_edition", "editions_contentdictionary")),
    ("what follows from them", ("editions_dependency", "editions_shownpiece", "reviews_extent", "reviews_contributor")),
    ("sign-offs, reviews, releases", ("editions_",)),
    ("search", ("editions_search", "reading_search")),
    ("who wrote which text", ("editions_writtentext", "editions_rowwriter", "editions_historymark", "editions_unit")),
    ("history of drafts", ("articles_historical", "drugs_historical", "library_historical")),
    ("drafts", ("articles_", "drugs_", "library_")),
    ("rechecks, remarks, mail", ("reviews_",)),
]


def main() -> None:
    from django.core.management import call_command
    from django.db import OperationalError, connection

    from editorial.editions.models import Edition

    contents = [len(bytes(content)) for content in Edition.objects.values_list("content", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT SUM(LENGTH(content)) FROM editions_edition")
        (packed,) = cursor.fetchone()
        try:
            cursor.execute(
                "SELECT m.type, m.tbl_name, SUM(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name "
                "GROUP BY m.type, m.tbl_name"
            )
        except OperationalError:
            print("This SQLite has no dbstat.")
            return
        rows = cursor.fetchall()
    count, sums = len(contents), dict.fromkeys([name for name, _tables in GROUPS], 0) | {"all else": 0}
    indexes = dict(sums)
    for kind, table, size in rows:
        group = max(
            ((len(start), name) for name, starts in GROUPS for start in starts if table.startswith(start)),
            default=(0, "all else"),
        )[1]
        (indexes if kind == "index" else sums)[group] += size
    print(
        f"{count} editions; a content has {sum(contents) / count:,.0f} bytes, and {packed / count:,.0f} as it is kept\n"
    )
    for name, size in sums.items():
        print(f"{name:32} {size / count:8,.0f} bytes an edition, indexes {indexes[name] / count:7,.0f}")
    total = sum(sums.values()) + sum(indexes.values())
    print(f"{'together':32} {total / count:8,.0f} bytes an edition")
    call_command("train_dictionary")


if __name__ == "__main__":
    with_demonstration(main)
