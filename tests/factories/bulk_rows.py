"""Far more rows than the services could write in the time of a test: what lists of thousands are tried with."""

from datetime import timedelta
from hashlib import sha256

from django.db import connection
from django.utils import timezone

from articles.models import Article
from drugs.models import KIND, Monograph
from editorial.editions.models import (
    ChainHead,
    Contribution,
    Dependency,
    Document,
    Edition,
    EditionKeyword,
    Meaning,
    Release,
    Reliance,
    Review,
    SearchText,
    ShownPiece,
    SignOff,
    Verdict,
)
from editorial.editions.models.records import GENESIS
from editorial.editions.search_words import index_text
from editorial.editions.working import search_texts
from editorial.library.models import Figure, FigureWords, Topic, TopicWords
from editorial.reviews.models import Cause, Contributor, Extent, Recheck
from editorial.reviews.queue_rows import refresh_queue_rows


def create_queue_items(model: Edition, signer, count: int, *, released_every: int = 10) -> None:
    """So many copies of `model`, each a document of its own: most wait; the others are live, overdue and rechecked.

    Past the services but not past the triggers. The digests of the records are unique, and of nothing.
    """
    now = timezone.now()
    start = Document.objects.count()
    documents = Document.objects.bulk_create(
        Document(kind="article", slug=f"copy-{start + number}") for number in range(count)
    )
    ChainHead.objects.bulk_create([ChainHead(document=item) for item in documents], ignore_conflicts=True)

    def records(of, sequence: int, rows) -> list:
        made = []
        for number, (document, fields) in enumerate(rows):
            digest = sha256(f"{of.__name__} {document.pk}".encode()).hexdigest()
            before = heads.get(document.pk, GENESIS)
            heads[document.pk] = digest
            made.append(of(
                document=document, sequence=sequence, recorded_at=now - timedelta(minutes=number),
                recorded_by=signer if sequence > 1 else model.recorded_by, recorded_by_name="Somebody",
                previous_digest=before, record_digest=digest, **fields,
            ))  # fmt: skip
        return of.objects.bulk_create(made, batch_size=500)

    heads: dict[int, str] = {}
    copied = {
        field.attname: getattr(model, field.attname)
        for field in Edition._meta.local_concrete_fields
        if field.name in ("language", "content", "content_digest", "required_sign_offs", "contributors",
                          "review_interval_months")
    }  # fmt: skip
    editions = records(Edition, 1, ((item, {**copied, "number": 1, "title": f"Copy {item.pk}"}) for item in documents))
    Extent.objects.bulk_create(
        Extent(edition=item, words=500, words_changed=500, sections_changed=5) for item in editions
    )
    Contributor.objects.bulk_create(
        Contributor(edition=item, user_id=person["id"]) for item in editions for person in model.contributors
    )
    live = list(zip(documents, editions, strict=True))[::released_every]
    named = {"number": 1, "language": model.language, "content_digest": model.content_digest}
    reviews = records(
        Review, 2, ((document, {"edition": edition, "verdict": Verdict.ACCEPTED}) for document, edition in live)
    )
    records(
        SignOff, 3, (
            (document, {
                **named, "edition": edition, "review": review, "review_digest": review.record_digest,
                "signer_name": "Somebody", "signer_letters": "MD", "signer_specialty": "medical-oncology",
                "signer_slug": "somebody", "signer_valid_until": now.date(), "signer_languages": [model.language],
                "meaning": Meaning.SIGNED, "meaning_words": "Signed.", "review_due_on": now.date(),
            })
            for (document, edition), review in zip(live, reviews, strict=True)
        ),
    )  # fmt: skip
    records(
        Release,
        4,
        ((document, {**named, "edition": edition, "released_from": now, "met_by": []}) for document, edition in live),
    )
    Recheck.objects.bulk_create(
        Recheck(
            edition=edition, cause=Cause.EVENT, document=model.document, because=str(edition.pk), opened_at=now,
            opened_by=signer, opened_by_name="Somebody",
        )
        for _document, edition in live
    )  # fmt: skip
    refresh_queue_rows([document.pk for document in documents], now)


def create_articles(count: int) -> None:
    """So many articles of which each has a title and a search text: "common", one of ten words, and one of its own."""
    _create_pages(Article, "article", count)


def create_monographs(count: int) -> None:
    """The same of drugs, and nothing else on their pages."""
    _create_pages(Monograph, KIND, count)


def _create_pages(model: type[Article] | type[Monograph], kind: str, count: int) -> None:
    start = Document.objects.count()
    made = Document.objects.bulk_create(
        (Document(kind=kind, slug=f"listed-{start + number:06}") for number in range(count)), batch_size=1000
    )
    model.objects.bulk_create(
        (model(document=item, title_en=f"Title {item.pk * 7919 % 1_000_003}") for item in made), batch_size=1000
    )
    texts = SearchText.objects.bulk_create(
        (
            SearchText(document=document, language="en", words=f"common rare{number} tenth{number % 10}")
            for number, document in enumerate(made)
        ),
        batch_size=1000,
    )
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            rows = [(text.pk, text.words) for text in texts]
            cursor.executemany(f"INSERT INTO {search_texts.INDEX} (rowid, words) VALUES (%s, %s)", rows)


def create_figures(count: int) -> None:
    """So many figures with words and no file of their own."""
    start = Figure.objects.count()
    files = [{"width": 90, "height": 60, "digest": "0" * 64, "type": "image/webp"}]
    made = Figure.objects.bulk_create(
        (
            Figure(key=f"picture-{start + number}", alt_en="A cell.", licence="CC0", width=90, height=60, files=files)
            for number in range(count)
        ),
        batch_size=1000,
    )
    words = (FigureWords(row=item, words=f" a cell {item.key.replace('-', ' ')}") for item in made)
    FigureWords.objects.bulk_create(words, batch_size=1000)


def create_topics(count: int) -> None:
    """Topics "topic-1", "topic-2" and so on, after those that there are."""
    start = Topic.objects.filter(slug__startswith="topic-").count() + 1
    made = Topic.objects.bulk_create(
        Topic(slug=f"topic-{number}", name_en=f"Topic {number}") for number in range(start, start + count)
    )
    TopicWords.objects.bulk_create(
        TopicWords(row=topic, words=f" {index_text([topic.slug, topic.name_en])}") for topic in made
    )


def create_dependents(model: Edition, document: Document, signer, count: int) -> None:
    """So many live copies of `model`, each a document of its own, that show a document's card or repeat what it says.

    They have its keywords. Each was last written in by its author.
    """
    known = Edition.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    create_queue_items(model, signer, count, released_every=1)
    editions = list(Edition.objects.filter(pk__gt=known).defer("content"))
    rows = Dependency.objects.bulk_create(
        (
            Dependency(edition=edition, document=document, how=Reliance.ASSERTS if edition.pk % 2 else Reliance.EMBEDS)
            for edition in editions
        ),
        batch_size=1000,
    )
    ShownPiece.objects.bulk_create(
        (ShownPiece(dependency=row, piece="card") for row in rows if row.how == Reliance.EMBEDS), batch_size=1000
    )
    keywords = model.keywords.values_list("keyword", flat=True)
    EditionKeyword.objects.bulk_create(
        (EditionKeyword(edition=edition, keyword_id=keyword) for edition in editions for keyword in keywords),
        batch_size=1000,
    )
    Contribution.objects.bulk_create(
        (
            Contribution(
                document_id=edition.document_id, language=edition.language, user=model.recorded_by,
                user_name="Somebody", made_at=edition.recorded_at,
            )
            for edition in editions
        ),
        batch_size=1000,
    )  # fmt: skip
