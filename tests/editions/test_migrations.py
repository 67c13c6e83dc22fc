"""Migrations over tables that hold data, on both databases: what was there is there afterwards, as it should be."""

from functools import partial

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from editorial.people.models import Act as PersonAct
from editorial.people.models import PersonRecord
from editorial.people.verification import find_unrecorded_changes
from tests.databases import connected_to, copied
from tests.editions.database_schemas import describe_rows, describe_schema

pytestmark = pytest.mark.both_databases

# (kind, slug, old addresses), in the order of their keys, as a database of before may hold them.
BEFORE = [
    ("article", "fatigue", []),
    ("article", "Fatigue", []),
    ("article", "FATIGUE", ["tired-2"]),
    ("drug", "Fatigue", []),
    ("article", "NAUSEA", ["nausea"]),
    ("article", "rash", ["Skin"]),
    ("article", "SKIN", []),
    ("article", "Long-" + "x" * 95, []),
    ("article", "long-" + "x" * 95, []),
    ("site-words", "helpline", []),
    ("site-words", "our-number", ["emergency-number"]),
    ("site-words", "House-Rules", []),
]
AFTER = [
    ("fatigue", "", []),
    ("fatigue-2", "", ["Fatigue"]),
    ("fatigue-3", "", ["FATIGUE", "tired-2"]),
    ("fatigue", "", ["Fatigue"]),
    ("nausea", "", ["NAUSEA"]),
    ("rash", "", ["Skin"]),
    ("skin", "", ["SKIN"]),
    ("long-" + "x" * 91 + "-2", "", ["Long-" + "x" * 95]),
    ("long-" + "x" * 95, "", []),
    ("helpline", "helpline", []),
    ("our-number", "emergency-number", ["emergency-number"]),
    ("house-rules", "House-Rules", ["House-Rules"]),
]


@pytest.fixture
def empty_connection(empty_database, django_db_blocker):
    with django_db_blocker.unblock(), connected_to(empty_database) as connection:
        yield connection


def migrate(connection, *names: tuple[str, str]):
    """Run the migrations up to these, and give the models as they are then."""
    return MigrationExecutor(connection).migrate(list(names)).apps


def migrate_as_before(connection, *names: tuple[str, str]):
    """Likewise, by the migrations that squashed ones replace: it makes a database of an earlier version."""
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    return executor.migrate(list(names)).apps


def ends_of_replaced_migrations() -> list[tuple[str, str]]:
    """The last migration of each app that its squashed one replaces."""
    return [migration.replaces[-1] for migration in MigrationLoader(None).replacements.values()]


def newest(connection, app: str) -> tuple[str, str]:
    [node] = MigrationExecutor(connection).loader.graph.leaf_nodes(app)
    return node


def test_squashed_migrations_end_in_the_models_of_those_that_they_replace():
    squashed = MigrationLoader(None)
    replaced = MigrationLoader(None, replace_migrations=False)
    models = squashed.project_state(list(squashed.replacements)).models
    models_before = replaced.project_state(ends_of_replaced_migrations()).models
    assert models.keys() == models_before.keys()
    assert [key for key, model in models.items() if model != models_before[key]] == []


def test_addresses_and_keys_of_an_older_database_stay_found(empty_connection, template_database):
    models = migrate_as_before(empty_connection, ("editions", "0001_initial"), ("library", "0001_initial"))
    fill(models)
    apps = ("editions", "desk", "library", "people")
    models = migrate(empty_connection, *(newest(empty_connection, app) for app in apps))
    document_model, old_address_model = (models.get_model("editions", name) for name in ("Document", "OldAddress"))
    after = [
        (row.slug, row.key, sorted(old_address_model.objects.filter(document=row).values_list("slug", flat=True)))
        for row in document_model.objects.order_by("pk")
    ]
    assert after == AFTER
    assert [row.words for row in models.get_model("library", "ReferenceWords").objects.all()] == [
        " 1 a etude key zurich"
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        document_model.objects.create(kind="article", slug="Capital")
    assert models.get_model("editions", "WorkingVersion").objects.count() == len(BEFORE)
    assert models.get_model("editions", "Contribution").objects.count() == len(BEFORE)
    # Whoever was there before their changes were chained is on record as they were found.
    record = PersonRecord.objects.get()
    assert (record.act, record.changes["username"], record.is_intact) == (PersonAct.FOUND, [None, "before"], True)
    assert record.changes["role:reviewer:"] == record.changes["language:en"] == [None, True]
    assert list(find_unrecorded_changes()) == []
    # The tables are those of a new database, but for triggers, which come when all has migrated.
    tables = empty_connection.introspection.table_names()
    upgraded = describe_schema(empty_connection)
    with copied(template_database) as url, connected_to(url) as connection:
        new = describe_schema(connection)
    assert upgraded == {fact for fact in new if fact.split()[1] in tables and not fact.startswith("trigger ")}


# As 0.1.0 left it, which had neither people's records nor kept texts; and as its successors did.
RELEASED_APPS = ["accounts", "articles", "checks", "drugs", "editions", "leaflets", "library", "reading"]
RELEASED = [*((app, "0001_initial") for app in RELEASED_APPS), ("reviews", "0002_questions")]


@pytest.mark.prove
@pytest.mark.parametrize("names", [RELEASED, ends_of_replaced_migrations()], ids=["released", "replaced"])
def test_upgrading_ends_in_the_same_tables_triggers_and_rows_as_a_new_database(
    names, empty_connection, template_database
):
    migrate_as_before(empty_connection, *names)
    call_command("migrate", verbosity=0)
    loader = MigrationExecutor(empty_connection).loader
    assert set(loader.graph.leaf_nodes()) <= set(loader.applied_migrations)
    schema, rows = describe_schema(empty_connection), describe_rows(empty_connection)
    with copied(template_database) as url, connected_to(url) as connection:
        assert describe_schema(connection) == schema
        assert describe_rows(connection) == rows


def fill(models) -> None:
    accounts = partial(models.get_model, "accounts")
    user = accounts("User").objects.create(username="before")
    accounts("RoleGrant").objects.create(user=user, role="reviewer")
    credentials = accounts("Reviewer").objects.create(user=user, slug="before", valid_until="2030-01-01")
    accounts("ReviewerLanguage").objects.create(reviewer=credentials, language="en")
    models.get_model("library", "Reference").objects.create(
        key="a-key", title="Étude", source="Zürich", pmid="1", accessed_on="2026-01-01"
    )
    for kind, slug, old_slugs in BEFORE:
        document = models.get_model("editions", "Document").objects.create(kind=kind, slug=slug)
        models.get_model("editions", "ChainHead").objects.create(document=document)
        for old in old_slugs:
            models.get_model("editions", "OldAddress").objects.create(document=document, kind=kind, slug=old)
        models.get_model("editions", "WorkingVersion").objects.create(
            document=document, language="en", token=1, changed_at=timezone.now(), changed_by=user
        )
        models.get_model("editions", "Contribution").objects.create(
            document=document, language="en", user=user, user_name="Before", made_at=timezone.now()
        )
        models.get_model("editions", "UnitState").objects.create(
            document=document, language="es", node_id="article", word="title", source_digest="0" * 64
        )
