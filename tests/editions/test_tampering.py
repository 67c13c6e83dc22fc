"""Whoever gets past the triggers is found out, and what was signed is not shown in any other form."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drugs.models import ApprovalEvent, Verification
from editorial.editions import triggers
from editorial.editions.models import (
    ChainHead,
    CorruptEdition,
    Document,
    Edition,
    Record,
    Release,
    ReleaseEnd,
    Review,
    SignOff,
    append_record,
    record_models,
)
from editorial.editions.verifying import find_problems
from editorial.reading import verified_releases
from editorial.reviews.models import FactChange
from editorial.reviews.services import revoke_sign_off, send_back, withdraw
from tests import PROVING
from tests.databases import on_postgres
from tests.editions.strategies import few_examples
from tests.factories import drugs, pages, people
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

RESTS_ON = [Edition, SignOff, Review, Release, ReleaseEnd]
WORDS = "Wordsthatweresigned"


MADE = datetime(2026, 1, 5, tzinfo=UTC)


@pytest.fixture
def page(much):
    """A live page with a row in every table of records; it rests on the rows of RESTS_ON that are its own."""
    with time_machine.travel(MADE + timedelta(days=1), tick=False):
        yield much


@layer
def much() -> Document:
    with time_machine.travel(MADE, tick=False) as clock:
        writer, signer, head = people.author(), people.reviewer(), people.head()
        document = pages.article(writer, slug="page", title=WORDS)
        send_back(submit(document, "en", user=writer), user=signer, remarks="No.")
        pages.publish(document, writer, signer)
        spanish = pages.publish_translation(document, "es", people.translator("es"), signer)
        clock.shift(timedelta(hours=1))
        withdraw(document, "es", user=signer, reason="An error.")
        pages.bring_back(spanish, signer)
        withdraw(document, "es", user=signer, reason="Another error.")
        clock.shift(timedelta(hours=23))
        pages.edit(document, writer, lead="Changed.")
        edition = pages.publish(document, writer, signer)
        reaffirmed = pages.confirm(edition, people.reviewer())
        revoke_sign_off(reaffirmed, user=head, reason="An error.")
        pages.edit(document, writer, lead="Changed again.")
        later = submit(document, "en", user=writer)
        pages.sign(later, signer, publish_at=datetime(2027, 1, 1, tzinfo=UTC))  # so that what is live has an end
        record_decision(document, writer)
        return document


def record_decision(document: Document, user) -> None:
    """Records of drugs in the same chain, so that one document holds every sort."""
    reference, today = drugs.source(user), date(2026, 1, 1)
    event = ApprovalEvent(
        document=document, kind="other", happened_on=today, authority="FDA", jurisdiction="US", application="BLA1",
        submission="SUPPL-1", reference=reference, source_title="A title", source_address="An address",
        source_read_on=today, note="A note", approval_words="Words",
    )  # fmt: skip
    append_record(event, user=user)
    append_record(
        Verification(document=document, event=event, verified_on=today, sentence="So it is."), user=people.author()
    )
    append_record(FactChange(document=document, ended=[{"fact": "FDA: 1 drug for breast"}]), user=user)


@contextmanager
def past_the_triggers(model):
    """A transaction, undone afterwards, in which nothing guards the table. Yields a cursor."""
    with transaction.atomic(), connection.cursor() as cursor:
        connection.check_constraints()  # PostgreSQL alters no table with deferred checks to come
        table = model._meta.db_table
        if on_postgres():
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        else:
            for name in [name for name, of in triggers.installed(connection).items() if of == table]:
                cursor.execute(f'DROP TRIGGER "{name}"')
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            yield cursor
        finally:
            if not on_postgres():
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
            transaction.set_rollback(True)


@contextmanager
def undone():
    """Inside `past_the_triggers`: what is done here is undone, and the table stays without guard."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def changed(field: models.Field, value):
    """Another value that the column can hold, as near as can be."""
    match value:
        case None:
            return {
                "ForeignKey": 1, "OneToOneField": 1, "DateField": date(2026, 1, 1),
                "DateTimeField": datetime(2026, 1, 1, tzinfo=UTC),
            }[field.get_internal_type()]  # fmt: skip
        case bool():
            return not value
        case int():
            return value + 1000 if value < 1000 else value - 1
        case datetime():
            return value + timedelta(microseconds=1)
        case date():
            return value + timedelta(days=1)
        case bytes() | memoryview():
            return bytes(value)[:-1] + bytes([bytes(value)[-1] ^ 1])
        case list():
            return [*value, {"id": 987_654, "name": "X"}] if field.name == "contributors" else [*value, "x"]
        case str():
            return f"{chr(ord(value[0]) ^ 1)}{value[1:]}" if value else "x"
    raise TypeError(field.name)


def put(cursor, row: Record, field: models.Field, value) -> bool:
    """Whether the database took the value; where one of its constraints refuses it, nothing was changed."""
    stored = field.get_db_prep_save(value, connection)
    try:
        with transaction.atomic():
            cursor.execute(f'UPDATE "{row._meta.db_table}" SET "{field.column}" = %s WHERE id = %s', [stored, row.pk])
    except IntegrityError:
        return False
    return True


def columns(model) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def rows_below(document: Document, model) -> list[Record]:
    """Rows of one table that the live English page rests on."""
    live = Release.objects.live(datetime.now(UTC)).get(document=document, language="en")
    found = {
        Edition: Edition.objects.filter(pk=live.edition_id),
        SignOff: SignOff.objects.filter(edition=live.edition_id, revocation__isnull=True),
        Review: Review.objects.filter(edition=live.edition_id),
        Release: Release.objects.filter(pk=live.pk),
        ReleaseEnd: ReleaseEnd.objects.filter(release=live),
    }
    return list(found[model])


def answer(client):
    return client.get("/en/articles/page/")


def test_the_page_is_live_and_its_records_are_whole(client, page):
    assert list(find_problems(page)) == []
    assert WORDS in answer(client).content.decode()
    assert [model.__name__ for model in record_models() if not model.objects.filter(document=page)] == []
    assert [model.__name__ for model in RESTS_ON if not rows_below(page, model)] == []


@pytest.mark.parametrize("model", record_models())
def test_every_changed_column_is_found(page, model):
    missed = []
    rows = list(model.objects.filter(document=page))
    with past_the_triggers(model) as cursor:
        # What differs from database to database is how each column is stored, and not from row to row.
        for row in rows if PROVING else rows[:1] if on_postgres() else rows[:1] + rows[1:][-1:]:
            for field in columns(model):
                if field.name == "content_base" and row.content_base_id is None:
                    continue  # of bytes that stand by themselves it says nothing
                with undone():
                    if put(cursor, row, field, changed(field, getattr(row, field.attname))) and not any(
                        find_problems(page)
                    ):
                        missed.append((row.pk, field.name))
    assert missed == []


@pytest.mark.parametrize("model", RESTS_ON)
def test_a_page_with_a_changed_record_is_not_shown(client, page, model):
    shown = []
    rows = rows_below(page, model)
    assert WORDS in answer(client).content.decode()  # what was read and verified before is of no help
    with past_the_triggers(model) as cursor:
        for row in rows:
            for field in columns(model):
                if (model, field.name) == (ReleaseEnd, "release"):
                    continue  # as good as deleted, and an end that is not there is the chain's to miss
                with undone():
                    if not put(cursor, row, field, changed(field, getattr(row, field.attname))):
                        continue
                    got = answer(client)
                    if got.status_code not in (503, 404, 410) or WORDS in got.content.decode():
                        shown.append((row.pk, field.name, got.status_code))
    assert shown == []


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Edition, "content"),
        (Edition, "title"),
        (Edition, "contributors"),
        (Edition, "required_sign_offs"),
        (Edition, "content_digest"),
        (SignOff, "signer_name"),
        (SignOff, "signer_letters"),
        (SignOff, "review_due_on"),
        (SignOff, "content_digest"),
        (SignOff, "recorded_at"),
        (Review, "remarks"),
        (Release, "number"),
        (Release, "met_by"),
        (Release, "content_digest"),
    ],
)
def test_the_gate_fails_closed(client, page, caplog, model, name):
    row, field = rows_below(page, model)[0], model._meta.get_field(name)
    with past_the_triggers(model) as cursor:
        put(cursor, row, field, changed(field, getattr(row, name)))
        with pytest.raises(CorruptEdition):
            verified_releases.verify_releases(
                list(Release.objects.live(datetime.now(UTC)).filter(document=page).with_records())
            )
        got = answer(client)
        assert got.status_code == 503
        assert WORDS not in got.content.decode()
        assert "ETag" not in got.headers
    assert "its records do not verify" in caplog.text


def test_other_pages_are_still_shown(client, page):
    writer = people.author()
    pages.publish(pages.article(writer, slug="other", title="Othertitle"), writer, people.reviewer())
    row = rows_below(page, SignOff)[0]
    with past_the_triggers(SignOff) as cursor:
        put(cursor, row, SignOff._meta.get_field("signer_name"), "Somebody Else")
        assert "Othertitle" in client.get("/en/articles/other/").content.decode()


@pytest.mark.parametrize("model", record_models())
def test_every_deleted_row_is_found(page, model):
    missed = []
    rows = list(model.objects.filter(document=page))
    with past_the_triggers(model) as cursor:
        if not on_postgres():
            cursor.execute("PRAGMA defer_foreign_keys = ON")
        for row in rows:
            with undone():
                cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = %s', [row.pk])
                if not any(find_problems(page)):
                    missed.append(row.pk)
    assert missed == []


@pytest.mark.parametrize("model", [SignOff, Review, Edition])
def test_a_page_with_a_deleted_record_is_not_shown(client, page, model):
    for row in rows_below(page, model)[:1]:
        with past_the_triggers(model) as cursor:
            if not on_postgres():
                cursor.execute("PRAGMA defer_foreign_keys = ON")
            cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE id = %s', [row.pk])
            got = answer(client)
            assert got.status_code == 503
            assert WORDS not in got.content.decode()


def test_a_chain_cut_at_its_end_is_found_where_its_head_is_not_cut(page):
    last = max(
        (row for model in record_models() for row in model.objects.filter(document=page)), key=lambda row: row.sequence
    )
    with past_the_triggers(type(last)) as cursor:
        cursor.execute(f'DELETE FROM "{last._meta.db_table}" WHERE id = %s', [last.pk])
        assert any("head says otherwise" in problem for problem in find_problems(page))


def test_a_changed_head_is_found(page):
    with transaction.atomic():
        ChainHead.objects.filter(document=page).update(digest="f" * 64)
        assert list(find_problems(page)) != []
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", record_models())
def test_a_row_changed_with_its_own_digest_breaks_the_chain(page, model):
    """Whoever computes the row's digest anew still breaks the link to the next record."""
    row = model.objects.filter(document=page).order_by("sequence").first()
    row.recorded_by_name = "Somebody Else"
    with past_the_triggers(model) as cursor:
        put(cursor, row, model._meta.get_field("recorded_by_name"), row.recorded_by_name)
        put(cursor, row, model._meta.get_field("record_digest"), row.digest())
        assert list(find_problems(page)) != []


@given(data=st.data())
@settings(few_examples, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_byte_of_an_edition(client, page, data):
    (row,) = rows_below(page, Edition)
    content = bytearray(row.content)
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    with past_the_triggers(Edition) as cursor:
        put(cursor, row, Edition._meta.get_field("content"), bytes(content))
        assert list(find_problems(page)) != []
        assert answer(client).status_code == 503


@pytest.mark.skipif(on_postgres(), reason="PostgreSQL keeps to the types of its columns")
@pytest.mark.parametrize(
    ("model", "name", "garbage"),
    [
        (Edition, "contributors", '[{"id": 1, "name": "x"'),
        (Edition, "contributors", '{"id": 1}'),
        (Edition, "contributors", "[1]"),
        (Edition, "contributors", '[{"name": "x"}]'),
        (Edition, "required_sign_offs", "one"),
        (Edition, "review_interval_months", "x"),
        (SignOff, "seen_with", "[" * 3),
        (SignOff, "review_due_on", "2026-13-45"),
        (SignOff, "review_due_on", "soon"),
        (SignOff, "recorded_at", "yesterday"),
        (Release, "met_by", "not json"),
        (Release, "met_by", "7"),
        (Release, "recorded_at", "2026-01-06 00:00:00.00000x"),
        (ReleaseEnd, "recorded_at", ""),
    ],
)
def test_values_that_no_column_should_hold_are_found_and_not_shown(client, page, model, name, garbage):
    client.raise_request_exception = False
    row = rows_below(page, model)[0]
    with past_the_triggers(model) as cursor:
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET "{name}" = %s WHERE id = %s', [garbage, row.pk])
        got = answer(client)
        assert WORDS not in got.content.decode()
        assert got.status_code == 503
        assert list(find_problems(page)) != []


def test_verify_records_names_what_was_changed(page):
    row = rows_below(page, SignOff)[0]
    call_command("verify_records", stdout=StringIO())
    with past_the_triggers(SignOff) as cursor:
        put(cursor, row, SignOff._meta.get_field("signer_name"), "Somebody Else")
        with pytest.raises(CommandError, match=rf"signoff {row.pk}\) was changed after it was written"):
            call_command("verify_records", stdout=StringIO())


def test_verify_records_prints_the_heads_to_keep_elsewhere(page):
    output = StringIO()
    call_command("verify_records", "--heads", stdout=output)
    head = ChainHead.objects.get(document=page)
    assert f"article/page {head.count} {head.digest}" in output.getvalue()
