"""What the database itself refuses, whoever asks it and however."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.state import ProjectState

from editorial.editions import system_checks, triggers, verifying
from editorial.editions.models import (
    AppendOnly,
    ChainHead,
    Edition,
    EndCause,
    Meaning,
    Release,
    ReleaseEnd,
    Review,
    Revocation,
    SignOff,
    Verdict,
    Withdrawal,
    append_record,
    record_models,
    site_record_models,
)
from editorial.reviews.services import withdraw
from tests.databases import on_postgres
from tests.factories import pages, people
from tests.factories.guarded_rows import create_guarded_rows
from tests.factories.pages import submit
from tests.layers import layer

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

GUARDED = triggers.guarded_models()
only_sqlite = pytest.mark.skipif(on_postgres(), reason="REPLACE and rebuilt tables are SQLite's")


def refused(statement: str, parameters=()) -> str:
    """The message with which the database refuses."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return str(caught.value)


@layer
def everything():
    """A document with a row in every guarded table; returns what a record needs."""
    return create_guarded_rows()


def test_every_append_only_table_is_guarded():
    expected = {model for model in apps.get_models() if issubclass(model, AppendOnly)}
    expected |= {model for model in apps.get_models() if model.__name__.startswith("Historical")}
    assert set(GUARDED) == expected
    assert len(expected) >= 14


def test_no_guarded_table_is_forgotten_by_these_tests(everything):
    assert [model._meta.db_table for model in GUARDED if not model._base_manager.exists()] == []


def test_rows_are_never_changed(everything):
    for model in GUARDED:
        row, key = model._base_manager.first(), model._meta.pk.column
        for field in model._meta.concrete_fields:
            same = f'"{field.column}" = "{field.column}"'
            told = refused(f'UPDATE "{model._meta.db_table}" SET {same} WHERE "{key}" = %s', [row.pk])
            assert f"{model._meta.db_table}: records are never changed" in told


def test_rows_are_never_deleted(everything):
    for model in GUARDED:
        assert f"{model._meta.db_table}: records are never" in refused(f'DELETE FROM "{model._meta.db_table}"')


def test_a_row_cannot_be_put_in_anothers_place(everything):
    for model in GUARDED:
        table, key = model._meta.db_table, model._meta.pk.column
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
        again = f'INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"'
        if on_postgres():
            refused(f'INSERT {again} ON CONFLICT ("{key}") DO UPDATE SET "{key}" = EXCLUDED."{key}"')
        else:
            assert "written already" in refused(f"INSERT OR REPLACE {again}")
            assert "written already" in refused(f"REPLACE {again}")


@only_sqlite
def test_a_row_under_a_new_key_cannot_replace_one_with_the_same_link(everything):
    for model in [*record_models(), *site_record_models()]:
        table = model._meta.db_table
        columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key)
        told = refused(f'INSERT OR REPLACE INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"')
        assert "written already" in told


@pytest.mark.postgres
def test_tables_are_never_truncated(everything):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else PostgreSQL has a reason of its own to refuse
    for model in GUARDED:
        assert "never changed or deleted" in refused(f'TRUNCATE "{model._meta.db_table}" CASCADE')


# --- Records that bypass the services -----------------------------------------------------------------------


@pytest.fixture
def page():
    """A submitted edition that nobody signed, with those who wrote and may sign it."""
    writer, signer = people.author(), people.reviewer()
    document = pages.article(writer)
    return document, submit(document, "en", user=writer), writer, signer


def refuses(make, message: str) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        make()


def forged_edition(edition: Edition, user, **fields) -> Edition:
    values = {field.name: getattr(edition, field.name) for field in Edition._meta.concrete_fields if field.name != "id"}
    return append_record(Edition(**values | {"number": edition.number + 1} | fields), user=user)


def forged_sign_off(edition: Edition, user, **fields) -> SignOff:
    review = append_record(Review(document=edition.document, edition=edition, verdict=Verdict.ACCEPTED), user=user)
    values = {
        "document": edition.document, "edition": edition, "review": review, "review_digest": review.record_digest,
        "language": edition.language, "number": edition.number, "content_digest": edition.content_digest,
        "signer_name": "X", "signer_letters": "MD", "signer_specialty": "x", "signer_slug": "x",
        "signer_valid_until": "2090-01-01", "signer_languages": ["en"],
        "meaning": Meaning.SIGNED, "meaning_words": "x", "review_due_on": "2090-01-01",
    }  # fmt: skip
    return append_record(SignOff(**values | fields), user=user)


def forged_release(edition: Edition, user, start=None, **fields) -> Release:
    now = datetime.now(UTC)
    values = {
        "document": edition.document, "edition": edition, "language": edition.language, "number": edition.number,
        "content_digest": edition.content_digest, "released_from": start or now, "met_by": [],
    }  # fmt: skip
    return append_record(Release(**values | fields), user=user, at=now)


def forged_end(release: Release, user, until) -> ReleaseEnd:
    end = ReleaseEnd(document=release.document, release=release, released_until=until, cause=EndCause.WITHDRAWN)
    return append_record(end, user=user)


@pytest.mark.parametrize("number", [1, 3, 7])
def test_edition_numbers_have_no_gaps(page, number):
    _document, edition, writer, _signer = page
    refuses(lambda: forged_edition(edition, writer, number=number), "no gaps|written already")
    assert forged_edition(edition, writer, number=2).pk


@pytest.mark.parametrize(
    "link", [{"sequence": 1}, {"sequence": 3}, {"previous_digest": "0" * 64}, {"previous_digest": "f" * 64}]
)
def test_a_record_joins_the_end_of_its_chain(page, link):
    document, edition, _writer, signer = page
    head = ChainHead.objects.get(document=document)
    review = Review(
        document=document, edition=edition, verdict=Verdict.ACCEPTED, recorded_by=signer, recorded_by_name="X",
        recorded_at=datetime.now(UTC), sequence=head.count + 1, previous_digest=head.digest,
    )  # fmt: skip
    for name, value in link.items():
        setattr(review, name, value)
    review.record_digest = review.digest()
    refuses(lambda: review.save(force_insert=True), "end of its document's chain|written already")


def test_contributors_do_not_sign(page):
    _document, edition, writer, _signer = page
    refuses(lambda: forged_sign_off(edition, writer), "contributed to")


@pytest.mark.parametrize(
    "fields", [{"language": "es"}, {"number": 2}, {"content_digest": "0" * 64}], ids=lambda fields: next(iter(fields))
)
def test_a_sign_off_names_the_edition_that_it_signs(page, fields):
    _document, edition, _writer, signer = page
    refuses(lambda: forged_sign_off(edition, signer, **fields), "names the edition")


def test_a_sign_off_does_not_sign_another_documents_edition(page):
    _document, edition, writer, signer = page
    other = submit(pages.article(writer), "en", user=writer)
    refuses(lambda: forged_sign_off(edition, signer, document=other.document), "names the edition")


def test_nothing_is_released_without_its_sign_offs(page):
    _document, edition, _writer, signer = page
    refuses(lambda: forged_release(edition, signer), "required sign-offs")


def test_one_person_signing_twice_is_one_sign_off(page):
    _document, edition, writer, signer = page
    needs_two = forged_edition(edition, writer, number=2, required_sign_offs=2)
    forged_sign_off(needs_two, signer)
    forged_sign_off(needs_two, signer)
    refuses(lambda: forged_release(needs_two, signer), "required sign-offs")
    forged_sign_off(needs_two, people.reviewer())
    assert forged_release(needs_two, signer).pk


def test_a_revoked_sign_off_releases_nothing(page):
    _document, edition, _writer, signer = page
    signed = forged_sign_off(edition, signer)
    append_record(Revocation(document=edition.document, sign_off=signed, reason="x"), user=signer)
    refuses(lambda: forged_release(edition, signer), "required sign-offs")


@pytest.mark.parametrize(
    "fields", [{"language": "es"}, {"number": 2}, {"content_digest": "0" * 64}], ids=lambda fields: next(iter(fields))
)
def test_a_release_names_the_edition_that_it_releases(page, fields):
    _document, edition, _writer, signer = page
    forged_sign_off(edition, signer)
    refuses(lambda: forged_release(edition, signer, **fields), "names the edition")


def test_a_release_does_not_reach_back(page):
    _document, edition, _writer, signer = page
    forged_sign_off(edition, signer)
    refuses(lambda: forged_release(edition, signer, datetime.now(UTC) - timedelta(seconds=1)), "back in time")


def test_an_end_does_not_reach_back(page):
    _document, edition, _writer, signer = page
    pages.sign(edition, signer)
    refuses(
        lambda: forged_end(edition.releases.get(), signer, datetime.now(UTC) - timedelta(seconds=1)), "back in time"
    )


def test_a_withdrawal_does_not_reach_back(page):
    document, _edition, _writer, signer = page
    record = Withdrawal(
        document=document, language="", withdrawn_from=datetime.now(UTC) - timedelta(seconds=1), reason="x",
        credentials="x",
    )  # fmt: skip
    refuses(lambda: append_record(record, user=signer), "back in time")


@pytest.mark.parametrize("language", ["en", "es"])
def test_nothing_frozen_before_a_withdrawal_is_released(page, language):
    document, edition, _writer, signer = page
    pages.sign(edition, signer)
    if language == "es":
        edition = pages.publish_translation(document, "es", people.translator("es"), signer)
    withdraw(document, language, user=signer, reason="An error.")
    refuses(lambda: forged_release(edition, signer), "withdrawn after")


def test_an_older_edition_never_comes_back(page):
    document, first, writer, signer = page
    pages.sign(first, signer)
    pages.edit(document, writer, title="Another title")
    second = pages.publish(document, writer, signer)
    refuses(lambda: forged_release(first, signer), "newer edition|another release")
    forged_end(second.releases.get(), signer, datetime.now(UTC) + timedelta(days=1))
    refuses(lambda: forged_release(first, signer, datetime.now(UTC) + timedelta(days=2)), "newer edition")


def test_releases_never_overlap(page):
    document, first, writer, signer = page
    pages.sign(first, signer)
    pages.edit(document, writer, title="Another title")
    second = submit(document, "en", user=writer)
    forged_sign_off(second, signer)
    soon = datetime.now(UTC) + timedelta(days=1)
    refuses(lambda: forged_release(second, signer), "covers this time")
    refuses(lambda: forged_release(second, signer, soon), "covers this time")
    refuses(lambda: forged_release(first, signer, soon), "covers this time")
    forged_end(first.releases.get(), signer, soon)
    refuses(lambda: forged_release(second, signer, soon - timedelta(microseconds=1)), "covers this time")
    assert forged_release(second, signer, soon).pk
    assert [problem for problem in verifying.find_problems(document) if "overlap" in problem] == []


def test_a_translation_names_its_source_and_a_source_none(page):
    _document, edition, writer, _signer = page
    refuses(lambda: forged_edition(edition, writer, language="es", number=1), "translations_name_their_source")
    refuses(lambda: forged_edition(edition, writer, source_edition=edition), "translations_name_their_source")


def test_an_edition_needs_a_sign_off(page):
    _document, edition, writer, _signer = page
    refuses(lambda: forged_edition(edition, writer, required_sign_offs=0), "an_edition_needs_a_sign_off")


# --- Triggers stay ------------------------------------------------------------------------------------------


def warnings() -> list[str]:
    return [warning.id for warning in system_checks.check_triggers(None, databases=["default"])]


def test_triggers_are_all_there_after_migrating():
    assert triggers.missing(connection) == set()
    assert set(triggers.installed(connection)) == set(triggers.statements(connection.vendor))
    assert warnings() == []


def test_a_dropped_trigger_is_missed_and_installed_again(everything):
    for model in GUARDED:
        drop_triggers(model)
        assert warnings() == ["editions.W001"]
        triggers.install(connection)
        assert warnings() == []
        assert "never" in refused(f'DELETE FROM "{model._meta.db_table}"')


def drop_triggers(model) -> None:
    connection.check_constraints()  # PostgreSQL alters no table with deferred checks to come
    with connection.cursor() as cursor:
        for name, table in triggers.installed(connection).items():
            if table == model._meta.db_table:
                cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if on_postgres() else ""))


def test_a_trigger_that_keeps_its_name_and_loses_its_rule_is_missed_and_replaced(everything):
    connection.check_constraints()  # what is deferred asks the rule that is about to be lost
    table = Release._meta.db_table
    names = {trigger for trigger in triggers.installed(connection) if f"insert_{table}_" in trigger}
    assert len(names) > 1  # a guard and what raises the public state
    with connection.cursor() as cursor:
        for name in names:
            if on_postgres():
                cursor.execute(f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS 'BEGIN END' LANGUAGE plpgsql")
            else:
                cursor.execute(f'DROP TRIGGER "{name}"')
                cursor.execute(f'CREATE TRIGGER "{name}" BEFORE INSERT ON "{table}" BEGIN SELECT 1; END')
    assert triggers.missing(connection) == names
    triggers.install(connection)
    assert triggers.missing(connection) == set()


@pytest.mark.postgres
def test_a_disabled_trigger_is_missed_and_enabled_again(everything):
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER TABLE "{Release._meta.db_table}" DISABLE TRIGGER USER')
    assert warnings() == ["editions.W001"]
    triggers.install(connection)
    assert warnings() == []
    assert "never" in refused(f'DELETE FROM "{Release._meta.db_table}"')


def test_a_trigger_of_an_older_rule_is_replaced(everything):
    with connection.cursor() as cursor:
        table = Release._meta.db_table
        if on_postgres():
            cursor.execute('CREATE FUNCTION "ec_old"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$')
            cursor.execute(f'CREATE TRIGGER "ec_old" BEFORE INSERT ON "{table}" EXECUTE FUNCTION "ec_old"()')
        else:
            cursor.execute(f'CREATE TRIGGER "ec_old" BEFORE INSERT ON "{table}" BEGIN SELECT 1; END')
    triggers.install(connection)
    assert set(triggers.installed(connection)) == set(triggers.statements(connection.vendor))


def altered(model, field_name: str, **changes) -> None:
    """What a migration with AlterField does to the table, by models of its own as a migration has them.

    Django puts a model of the new table behind the relations of the one that it is given.
    """
    model = ProjectState.from_apps(apps).apps.get_model(model._meta.label_lower)
    old = model._meta.get_field(field_name)
    new = old.clone()
    for name, value in changes.items():
        setattr(new, name, value)
    new.set_attributes_from_name(field_name)
    new.model = model
    with connection.schema_editor() as editor:
        editor.alter_field(model, old, new)


def test_triggers_survive_every_migration(fresh_connection):
    altered(Review, "recorded_by_name", max_length=151)
    if not on_postgres():  # where the table was rebuilt, without its triggers
        assert warnings() == ["editions.W001"]
    output = StringIO()
    call_command("migrate", verbosity=0, stdout=output, stderr=output)
    assert warnings() == []
    assert set(triggers.installed(connection)) == set(triggers.statements(connection.vendor))


def test_verify_records_says_that_triggers_are_missing(everything):
    drop_triggers(Release)
    with pytest.raises(CommandError, match="triggers are missing"):
        call_command("verify_records", stdout=StringIO())
