"""A content that resembles an earlier one is packed against it, and reads and verifies as if it stood by itself."""

import pytest
import zstandard
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.freezing import choose_content_base
from editorial.editions.models import CorruptEdition, Document, Edition
from editorial.editions.models.stored_contents import (
    AGAINST,
    LARGEST,
    MAGIC,
    ContentField,
    is_worth_a_base,
    join_base,
    pack_content,
    unpack_content,
)
from editorial.editions.verifying import find_problems
from editorial.reading.verified_releases import edition_evidence
from tests.databases import on_postgres
from tests.editions.test_triggers import forged_edition, refuses
from tests.factories import pages, people
from tests.factories.unguarded import unguarded
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WORDS = "".join(
    f"<p>Sentence {number} of {number * 7919 % 1000}, which {number * 104_729} signed.</p>" for number in range(60)
)


@layer
def revised() -> Document:
    """A long page with three editions in English, each a sentence longer than the one before."""
    writer, signer = people.author(), people.reviewer()
    document = pages.article(writer, slug="page", sections=[{"heading": "Here", "body": WORDS}])
    pages.publish(document, writer, signer)
    for lead in ("Something changed.", "Something else changed."):
        pages.edit(document, writer, lead=lead)
        pages.publish(document, writer, signer)
    return document


def editions(document: Document) -> list[Edition]:
    return list(Edition.objects.filter(document=document, language="en").order_by("number"))


def stored(edition: Edition) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM editions_edition WHERE id = %s", [edition.pk])
        return bytes(cursor.fetchone()[0])


def put(edition: Edition, **columns) -> None:
    """Put these in the row as they are, past the triggers."""
    with unguarded(), connection.cursor() as cursor:
        for name, value in columns.items():
            cursor.execute(f"UPDATE editions_edition SET {name} = %s WHERE id = %s", [value, edition.pk])


# --- What is packed ---


@given(base=st.binary(min_size=1, max_size=200), content=st.binary(max_size=200))
def test_what_is_packed_against_a_base_is_unpacked_as_it_was(base: bytes, content: bytes):
    packed = pack_content(content, "default", base)
    for kept in (pack_content(base, "default"), b"{" + base):
        its_base = unpack_content(kept, "default")
        assert unpack_content(join_base(pack_content(content, "default", its_base), kept), "default") == content
    assert unpack_content(packed, "default") == packed  # without its base it is nothing


@given(content=st.binary(max_size=60), size=st.integers(0, 400), byte=st.integers(1, 255))
def test_what_is_not_the_whole_of_a_frame_and_its_base_is_left_as_it_is(content: bytes, size: int, byte: int):
    base = bytes(range(256)) + content
    frame = pack_content(base, "default", base)
    whole = join_base(frame, pack_content(base, "default"))
    for broken in (whole[: min(size, len(frame))], AGAINST, AGAINST + b"\xff\xff\xff\xff" + whole):
        assert unpack_content(broken, "default") == broken
    changed = bytearray(whole)
    changed[size % len(whole)] ^= byte
    unpack_content(bytes(changed), "default")  # it raises nothing: the digest tells
    for no_base in (whole, b"", MAGIC + base):  # one that does not stand by itself, none, and one that is broken
        assert unpack_content(join_base(frame, no_base), "default") == join_base(frame, no_base)


def test_a_frame_that_says_it_holds_too_much_is_not_unpacked():
    base = b"A base. " * 20
    raw = zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT)
    for compressor, content in (
        (zstandard.ZstdCompressor(dict_data=raw), base + b" " * LARGEST),
        (zstandard.ZstdCompressor(dict_data=raw, write_content_size=False), base),
    ):
        frame = compressor.compress(content)
        bomb = join_base(AGAINST + len(frame).to_bytes(4) + frame, pack_content(base, "default"))
        assert unpack_content(bomb, "default") == bomb


def test_what_would_not_come_back_as_it_was_is_not_kept(monkeypatch):
    real = zstandard.ZstdCompressor

    class Spoiling:
        def __init__(self, **options) -> None:
            self.real = real(**options)

        def compress(self, content: bytes) -> bytes:
            return self.real.compress(content[:-1] + b"?")

    monkeypatch.setattr(zstandard, "ZstdCompressor", Spoiling)
    with pytest.raises(ValueError, match="spoiled"):
        pack_content(b"Words.", "default", b"A base.")


# --- What is chosen ---


def test_an_edition_is_packed_against_the_one_that_the_edition_before_it_stands_on(revised):
    first, second, third = editions(revised)
    assert (first.content_base, second.content_base, third.content_base) == (None, first, first)
    assert stored(first).startswith(MAGIC)
    for edition in (second, third):
        assert stored(edition).startswith(AGAINST) and len(stored(edition)) < len(stored(first)) / 4


def test_an_edition_that_is_another_page_stands_by_itself_and_the_next_rests_on_it(revised):
    writer, signer = people.author(), people.reviewer()
    section = revised.article.sections.get()
    other = "".join(
        f"<p>Now {number * 15_485_863 % 10**9} tells {number * 32_452_843 % 10**9}.</p>" for number in range(99)
    )
    pages.edit(revised, writer, sections=[{"id": section.pk, "body": other}])
    fourth = pages.publish(revised, writer, signer)
    assert fourth.content_base is None and stored(fourth).startswith(MAGIC)
    pages.edit(revised, writer, lead="A lead.")
    assert pages.publish(revised, writer, signer).content_base == fourth
    assert list(find_problems(revised)) == []


def test_a_translation_rests_on_one_of_its_own_language(revised):
    spanish = pages.publish_translation(revised, "es", people.translator("es"), people.reviewer())
    assert spanish.content_base is None


def test_nothing_is_packed_against_what_is_corrupt_or_not_there(revised):
    first, _second, third = editions(revised)
    content = third.content.replace(b"changed", b"CHANGED")
    assert choose_content_base(content, None) is None
    assert choose_content_base(content, third) == choose_content_base(content, first) == first
    assert not is_worth_a_base(content, b"", "default")
    put(first, content=pack_content(first.content[:-1] + b" ", "default"))
    assert choose_content_base(content, Edition.objects.get(pk=third.pk)) is None


@pytest.mark.parametrize("which", ["based", "translated", "elsewhere"])
def test_the_database_takes_no_base_that_is_not_an_edition_of_the_page_by_itself(revised, which):
    _first, second, third = editions(revised)
    writer, signer = people.author(), people.reviewer()
    base = {
        "based": lambda: second,
        "translated": lambda: pages.publish_translation(revised, "es", people.translator("es"), signer),
        "elsewhere": lambda: pages.publish(pages.article(writer), writer, signer),
    }[which]()
    refuses(lambda: forged_edition(third, writer, content_base=base), "packed against one of its page and language")


def test_a_base_stays_as_long_as_something_rests_on_it(revised):
    first = editions(revised)[0]
    with pytest.raises(IntegrityError), transaction.atomic(), unguarded(), connection.cursor() as cursor:
        if on_postgres():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("UPDATE editions_edition SET content_base_id = 987654321 WHERE content_base_id = %s", [first.pk])
        connection.check_constraints()


# --- How it is read ---


def test_every_way_to_read_it_has_the_bytes_that_were_signed_in_one_statement(revised, client):
    third = editions(revised)[-1]
    only = Edition.objects.filter(pk=third.pk)
    with CaptureQueriesContext(connection) as captured:
        read = [
            only.get().content,
            only.values_list("content", flat=True).get(),
            only.only("pk", "content").get().content,
            third.sign_offs.values_list("edition__content", flat=True).get(),
            third.releases.select_related("edition").get().edition.content,
            only.select_related("content_base").get().content,
        ]
    assert len(captured) == len(read)
    assert {bytes(content) for content in [*read, only.defer("content").get().content]} == {third.content}
    assert b"Something else changed" in third.content
    before = [edition.content for edition in editions(revised)[:2]]
    assert [*only.values_list("content_base__content", "base_edition__content")] == [tuple(before)]
    assert client.get("/en/articles/page/").status_code == 200
    assert list(find_problems(revised)) == []


def test_a_base_of_before_contents_were_packed_is_as_good(revised, client):
    first, *others = editions(revised)
    put(first, content=first.content)
    assert [edition.content for edition in editions(revised)] == [edition.content for edition in (first, *others)]
    assert list(find_problems(revised)) == []
    assert client.get("/en/articles/page/").status_code == 200


def test_what_is_made_of_the_column_is_asked_as_it_is():
    class Compiler:
        connection = connection

    field = Edition._meta.get_field("content")
    assert isinstance(field, ContentField)
    assert field.select_format(Compiler, 'LENGTH("e"."content")', []) == ('LENGTH("e"."content")', [])


# --- What somebody did past the triggers ---


def with_a_letter_changed(document: Document) -> list[Edition]:
    first = editions(document)[0]
    put(first, content=pack_content(first.content.replace(b"Sentence 7 ", b"Sentence 8 "), "default"))
    return editions(document)


def without_its_last_bytes(document: Document) -> list[Edition]:
    first = editions(document)[0]
    put(first, content=stored(first)[:-3])
    return editions(document)


def with_nothing_in_it(document: Document) -> list[Edition]:
    put(editions(document)[0], content=b"")
    return editions(document)


def resting_on_one_that_rests(document: Document) -> list[Edition]:
    _first, second, third = editions(document)
    put(third, content_base_id=second.pk)
    return [third]


def resting_on_itself(document: Document) -> list[Edition]:
    third = editions(document)[-1]
    put(third, content_base_id=third.pk)
    return [third]


def without_its_base(document: Document) -> list[Edition]:
    third = editions(document)[-1]
    put(third, content_base_id=None)
    return [third]


def with_another_frame(document: Document) -> list[Edition]:
    *_before, third = editions(document)
    put(third, content=stored(editions(document)[1]))
    return [third]


TAMPER = [
    with_a_letter_changed,
    without_its_last_bytes,
    with_nothing_in_it,
    resting_on_one_that_rests,
    resting_on_itself,
    without_its_base,
    with_another_frame,
]


@pytest.mark.parametrize("tamper", TAMPER)
def test_a_tampered_base_is_found_for_every_edition_on_it_and_none_of_them_is_shown(revised, client, tamper):
    live = editions(revised)[-1]
    assert client.get("/en/articles/page/").status_code == 200  # what was read and verified before is of no help
    spoiled = tamper(revised)
    problems = list(find_problems(revised))
    assert live in spoiled
    for edition in spoiled:
        assert f"Edition {edition.pk}: the bytes do not fit the digest." in problems
        with pytest.raises(CorruptEdition):
            _ = Edition.objects.get(pk=edition.pk).tree
    response = client.get("/en/articles/page/")
    assert response.status_code == 503 and "Something else changed" not in response.content.decode()


def test_a_page_asks_no_more_for_an_edition_that_rests_on_another(revised):
    first, _second, third = editions(revised)
    for edition in (first, third):
        with CaptureQueriesContext(connection) as captured:
            assert list(edition_evidence([edition.pk]))
        assert len(captured) == 1
