"""Contents are kept compressed, and whoever reads one has the bytes that were signed, or none that fit the digest."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import zstandard
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions import content_dictionaries
from editorial.editions.content_dictionaries import train_dictionary
from editorial.editions.models import ContentDictionary, CorruptEdition, Edition
from editorial.editions.models.stored_contents import LARGEST, MAGIC, pack_content, unpack_content
from editorial.editions.tree.nodes import to_bytes
from editorial.editions.verifying import find_problems
from tests.editions.strategies import few_examples, trees
from tests.factories import pages, people
from tests.factories.bulk_editions import add_editions
from tests.factories.unguarded import unguarded

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def edition() -> Edition:
    author, reviewer = people.author(), people.reviewer()
    return pages.publish(pages.article(author), author, reviewer)


def stored(edition: Edition) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM editions_edition WHERE id = %s", [edition.pk])
        return bytes(cursor.fetchone()[0])


def store(edition: Edition, content: bytes) -> Edition:
    """Put these bytes in the database as they are."""
    with unguarded(), connection.cursor() as cursor:
        cursor.execute("UPDATE editions_edition SET content = %s WHERE id = %s", [content, edition.pk])
    return Edition.objects.get(pk=edition.pk)


@given(content=st.binary(max_size=200) | st.binary(max_size=20).map(MAGIC.__add__))
def test_what_is_packed_is_unpacked_as_it_was(content: bytes):
    assert unpack_content(pack_content(content, "default"), "default") == content


@few_examples
@given(tree=trees(), size=st.integers(0, 400))
def test_what_is_no_whole_frame_is_left_as_it_is(tree, size: int):
    content = to_bytes(tree)
    frame = pack_content(content, "default")
    for broken in (content, frame[: min(size, len(frame) - 1)], frame + b"x", MAGIC, MAGIC + content):
        assert unpack_content(broken, "default") == broken


def test_an_edition_is_kept_as_a_frame_and_read_as_it_was_signed(edition):
    assert stored(edition).startswith(MAGIC) and len(stored(edition)) < len(edition.content)
    read = Edition.objects.get(pk=edition.pk)
    assert read.content == edition.content and read.tree == edition.tree
    assert Edition.objects.values_list("content", flat=True).get(pk=edition.pk) == edition.content


def test_an_edition_of_before_is_read_and_verified_as_it_is_kept(edition, client):
    old = store(edition, edition.content)
    assert stored(old) == edition.content == old.content and old.tree == edition.tree
    assert list(find_problems(edition.document)) == []
    assert client.get(f"/en/articles/{edition.document.slug}/").status_code == 200


def bomb(content: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(content + b" " * LARGEST)


def without_size(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(write_content_size=False).compress(content)


def with_lost_dictionary(content: bytes) -> bytes:
    samples = [content[start:] + bytes([start]) * 40 for start in range(200)]
    dictionary = zstandard.train_dictionary(4096, samples, dict_id=4_000_000_000)
    return zstandard.ZstdCompressor(dict_data=dictionary).compress(content)


def flipped(content: bytes) -> bytes:
    frame = bytearray(pack_content(content, "default"))
    frame[len(frame) // 2] ^= 1
    return bytes(frame)


@pytest.mark.parametrize("forge", [bomb, without_size, with_lost_dictionary, flipped])
def test_what_cannot_be_unpacked_is_found_and_not_shown(edition, client, forge):
    forged = store(edition, forge(edition.content))
    with pytest.raises(CorruptEdition):
        _ = forged.tree
    assert any("do not fit the digest" in problem for problem in find_problems(edition.document))
    assert client.get(f"/en/articles/{edition.document.slug}/").status_code == 503


def test_a_dictionary_is_kept_where_it_saves_and_what_came_before_is_read_as_before(edition):
    add_editions(edition, content_dictionaries.FEWEST_SAMPLES, packed_alone=True)
    training = train_dictionary()
    assert training.dictionary and training.after < 0.6 * training.before
    newest = add_editions(Edition.objects.order_by("pk").last(), 1, packed_alone=True)
    assert zstandard.get_frame_parameters(stored(newest)).dict_id == training.dictionary.number
    assert len(stored(newest)) < 0.6 * len(stored(edition))
    assert list(find_problems(edition.document)) == []
    assert train_dictionary().dictionary is None  # what is there does as well
    output = StringIO()
    call_command("train_dictionary", stdout=output)
    assert "not worth keeping" in output.getvalue()


def spoiled_dictionary() -> ContentDictionary:
    return ContentDictionary.objects.create(number=7, data=b"x" * 300, trained_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_nothing_is_packed_with_a_dictionary_that_is_another(edition):
    spoiled_dictionary()
    frame = pack_content(edition.content, "default")
    assert zstandard.get_frame_parameters(frame).dict_id == 0 and unpack_content(frame, "default") == edition.content


def test_too_few_editions_train_nothing(edition):
    with pytest.raises(CommandError, match="fewer than 50 editions"):
        call_command("train_dictionary")


def test_a_dictionary_is_never_changed_and_never_deleted():
    row = spoiled_dictionary()
    for act in (row.delete, lambda: ContentDictionary.objects.update(data=b"y")):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
