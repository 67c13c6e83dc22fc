"""Migrations over tables that hold data, on both databases: what was there is there afterwards, as it should be."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from editorial.people.models import Act as PersonAct
from editorial.people.models import PersonRecord
from editorial.people.verification import find_unrecorded_changes
from tests.databases import connected_to

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
    executor = MigrationExecutor(connection)
    return executor.migrate(list(names) or executor.loader.graph.leaf_nodes()).apps


def newest(connection, app: str) -> tuple[str, str]:
    [node] = MigrationExecutor(connection).loader.graph.leaf_nodes(app)
    return node


def test_addresses_and_keys_of_an_older_database_stay_found(empty_connection):
    models = migrate(empty_connection, ("editions", "0001_initial"), ("library", "0001_initial"))
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
