"""The demonstration: everything that it promises, loaded by the services, and loading it twice changes nothing."""

import tomllib
from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from articles.models import Article, KeyPoint, Section
from editorial.accounts.models import User
from editorial.editions import verifying
from editorial.editions.models import Document, Edition, Release, SignOff
from editorial.library.models import Reference
from editorial.reviews import queue
from immuno_site.demonstration.pages import CONTENT
from immuno_site.demonstration.people import CREDENTIALS, PEOPLE
from tests.databases import connected_to, copy, drop
from tests.serving import reading

ARTICLE = "immunotherapy-for-breast-cancer"
POLICY = "how-our-pages-are-checked"
LANGUAGES = ["en", "es", "ar", "zh-hans", "vi"]


@pytest.fixture
def demonstration(demo_database_template, django_db_blocker, settings):
    """Django's connection to a demonstration of the test's own."""
    settings.DEMONSTRATION = True
    url = copy(demo_database_template)
    with django_db_blocker.unblock(), connected_to(url):
        yield
    drop(url)


def rows() -> dict[str, list]:
    """{table: all its rows} of the whole database."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = cursor.fetchall()
    return found


def test_loading_it_twice_changes_nothing(demonstration):
    before = rows()
    assert before["editions_edition"]
    call_command("demo", verbosity=0)
    assert rows() == before


def test_it_refuses_where_it_does_not_belong(db, settings):
    settings.DEMONSTRATION = False
    with pytest.raises(CommandError, match="public password"):
        call_command("demo", verbosity=0)
    assert not User.objects.exists()
    assert not Document.objects.exists()


def test_its_accounts_are_there_with_their_roles(demonstration, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]  # as the command has it
    asked_for = {"author", "reviewer", "reviewer2", "translator", "drugadmin", "admin"}
    assert asked_for <= PEOPLE.keys()
    for username, (_first, _last, roles) in PEOPLE.items():
        user = User.objects.get(username=username)
        assert user.check_password("demo")
        assert user.is_staff
        assert set(user.roles.values_list("role", "language")) == set(roles)
    assert {language for _role, language in PEOPLE["translator"][2]} == {"es", "ar"}


def test_its_records_verify(demonstration):
    assert [problem for document in Document.objects.all() for problem in verifying.problems(document)] == []


def test_nobody_signed_their_own_words(demonstration):
    for sign_off in SignOff.objects.all():
        assert sign_off.recorded_by_id not in {person["id"] for person in sign_off.edition.contributors}
    assert all(edition.contributors for edition in Edition.objects.all())
    assert set(SignOff.objects.values_list("signer_slug", flat=True)) == {each[0] for each in CREDENTIALS.values()}


def test_everything_has_its_history(demonstration):
    for model in (Article, Section, KeyPoint, Reference):
        for row in model.objects.all():
            assert row.history.exclude(history_user_name="").exists()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("slug", [ARTICLE, POLICY])
def test_its_articles_are_live(client, demonstration, slug, language):
    if (slug, language) == (POLICY, "es"):
        pytest.skip("left waiting, so that there is something to review")
    response = client.get(f"/{language}/articles/{slug}/")
    assert response.status_code == 200
    assert reading.robots(response) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_article_says_all_that_it_should(client, demonstration, language):
    said = reading.words(client.get(f"/{language}/articles/{ARTICLE}/")).lower()
    assert [name for name in ("pembrolizumab", "dostarlimab", "her2", "pd-l1") if name not in said] == []
    groups = {"overview", "procedure", "risks-benefits", "recovery", "when-to-call"}
    response = client.get(f"/{language}/articles/{ARTICLE}/")
    root = reading.parsed(response)
    ids = {each.get("id") for each in root.iter() if each.get("id")}
    assert {f"group-{group}" for group in groups} <= ids
    classes = " ".join(each.get("class") or "" for each in root.iter())
    for part in ("care-emergency", "care-urgent", "editors-note", "references", "review"):
        assert part in classes
    assert any("clinicaltrials.gov" in link.lower() for link in reading.links(response))


TOPICS = {
    "en": ["triple-negative", "metastatic", "early", "active immunotherapy", "passive immunotherapy", "vein",
           "three to six weeks", "two years", "infusion reaction", "autoimmune", "trial"],
    "es": ["triple negativo", "metast", "temprana", "inmunoterapia activa", "inmunoterapia pasiva", "vena",
           "tres a seis semanas", "dos años", "infusión", "inmunitari", "estudio clínico"],
}  # fmt: skip


@pytest.mark.parametrize("language", TOPICS)
def test_the_article_covers_what_was_asked_for(client, demonstration, language):
    said = reading.words(client.get(f"/{language}/articles/{ARTICLE}/")).lower()
    assert [topic for topic in TOPICS[language] if topic not in said] == []


PUBLIC = [
    "", "articles/", f"articles/{ARTICLE}/", f"articles/{POLICY}/", "reviewers/helen-okafor/",
    "reviewers/rafael-serrano/", "nothing/",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_says_that_it_is_a_demonstration(client, demonstration, path):
    said = reading.words(client.get(f"/en/{path}"))
    for sentence in ("demonstration", "reviewers are invented", "not checked by a qualified", "medical advice"):
        assert sentence in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_that_it_is_a_demonstration(client, demonstration, language):
    for path in PUBLIC:
        root = reading.parsed(client.get(f"/{language}/{path}"))
        assert [each for each in root.iter("div") if each.get("class") == "demonstration"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stock_explanation_is_signed_in_every_language(demonstration, language):
    live = Release.objects.live(timezone.now()).filter(document__slug="withdrawn", language=language)
    assert live.exists()


def test_something_waits_for_the_first_sign_in(demonstration):
    [waiting] = queue.waiting()
    assert (waiting.document.slug, waiting.language) == (POLICY, "es")
    assert [row.for_me for row in queue.rows_for(User.objects.get(username="reviewer2"))] == [True]


def test_every_fact_has_a_source_that_can_be_found(demonstration):
    with (CONTENT / f"{ARTICLE}.toml").open("rb") as file:
        references = tomllib.load(file)["references"]
    assert len(references) >= 8
    for each in references:
        assert each["url"] or each["doi"] or each["pmid"]
        assert date(2025, 1, 1) <= each["accessed"] <= date.today()
    edition = Edition.objects.get(document__slug=ARTICLE, language="en")
    cited = {node.attrs["key"] for node in edition.tree.walk() if node.type == "reference"}
    assert cited == {each["key"] for each in references}
