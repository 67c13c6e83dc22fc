"""What an edition takes in a database, with its records, history and indexes: `make bench-growth`.

First the demonstration's, which are the first of their documents and so bear the whole draft. Then further ones, of
its articles in every language, with the dictionary that the first ones train: a sentence is changed, translated,
submitted and signed. On SQLite, asked of `dbstat`; a SQLite that was built without it says so.
"""

from collections import Counter
from string import ascii_lowercase

from _demonstration import with_demonstration

ROUNDS = 5

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
    from django.db import OperationalError

    try:
        first = measure()
    except OperationalError:
        print("This SQLite has no dbstat.")
        return
    show("first", count_editions(), first)
    call_command("train_dictionary")
    before, first = count_editions(), measure()
    for number in range(ROUNDS):
        revise_articles(number)
    show("further", count_editions() - before, {name: size - first[name] for name, size in measure().items()})


def measure() -> Counter[tuple[str, str]]:
    """{(name of a group, "table" or "index"): bytes}. Raises OperationalError without dbstat."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        # Pages that deleted rows left half empty count like others.
        cursor.execute(
            "SELECT m.type, m.tbl_name, SUM(s.pgsize) FROM dbstat s JOIN sqlite_master m ON m.name = s.name "
            "GROUP BY m.type, m.tbl_name"
        )
        sizes = Counter({(name, kind): 0 for name in [*dict(GROUPS), "all else"] for kind in ("table", "index")})
        for kind, table, size in cursor.fetchall():
            sizes[find_group(table), kind] += size
    return sizes


def find_group(table: str) -> str:
    """The group with the longest beginning of this table's name."""
    found = [(len(start), name) for name, starts in GROUPS for start in starts if table.startswith(start)]
    return max(found, default=(0, "all else"))[1]


def count_editions() -> int:
    from editorial.editions.models import Edition

    return Edition.objects.count()


def show(which: str, count: int, sizes: dict[tuple[str, str], int]) -> None:
    from editorial.editions.models import Edition

    newest = Edition.objects.order_by("-pk").values_list("pk", flat=True)[:count]
    contents = [
        len(bytes(content)) for content in Edition.objects.filter(pk__in=newest).values_list("content", flat=True)
    ]
    print(f"{count} {which} editions; a content has {sum(contents) / count:,.0f} bytes before it is compressed\n")
    for name in [*dict(GROUPS), "all else"]:
        table, index = sizes[name, "table"] / count, sizes[name, "index"] / count
        print(f"{name:32} {table:8,.0f} bytes an edition, indexes {index:7,.0f}")
    print(f"{'together':32} {sum(sizes.values()) / count:8,.0f} bytes an edition\n")


def revise_articles(number: int) -> None:
    """A sentence of each article is changed, translated into every language that has it, and all are signed."""
    from articles.models import Article
    from articles.services import save_article
    from editorial.accounts.models import User
    from editorial.editions.freezing import find_signed_source
    from editorial.editions.models import Release
    from editorial.editions.tree.units import find_units
    from editorial.editions.working.copies import version_token
    from editorial.editions.working.translated_words import typed_words
    from immuno_site.demonstration.signing import sign, translate

    people = {user.username: user for user in User.objects.all()}
    letter = ascii_lowercase[number]  # a digit would be one that translations have to have, too
    for article in Article.objects.order_by("pk"):
        document = article.document
        source = find_signed_source(document)
        if source is None:  # taken down, to show how that looks
            continue
        languages = set(Release.objects.filter(edition__document=document).values_list("edition__language", flat=True))
        section = next(row for row in article.sections.filter(retired=False) if row.body_en.endswith("</p>"))
        before = {unit.place: unit.digest for unit in find_units(source.tree)}
        body = section.body_en.removesuffix("</p>")
        save_article(
            document,
            user=people["author"],
            token=version_token(document, "en"),
            fields={"change_note": f"Whom to ask: {letter}."},
            sections=[{"id": section.pk, "body": f"{body} Ask whoever treats you about {letter}.</p>"}],
        )
        sign(document, "en", people)
        changed = [
            unit.place
            for unit in find_units(find_signed_source(document).tree)
            if before.get(unit.place) != unit.digest
        ]
        for language in sorted(languages - {"en"}):
            words = typed_words(document, language)
            translate(document, language, {place: f"{words.get(place, '')} ({letter})" for place in changed}, people)


if __name__ == "__main__":
    with_demonstration(main)
