"""The demonstration: everything that it promises, loaded by the services, and loading it twice changes nothing."""

from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.utils import timezone

from articles.models import Article, KeyPoint, Section
from drugs.models import Approval, ApprovalEvent, Monograph
from drugs.services.verifications import find_disagreements
from editorial.accounts.models import User
from editorial.checks import readability
from editorial.desk.queue import items
from editorial.editions import verifying
from editorial.editions.models import Document, Edition, Release, SignOff
from editorial.editions.states import PublicState, WorkState, load_states
from editorial.editions.tree import inline
from editorial.library.glossary.models import GlossaryEntry
from editorial.library.models import Figure, Reference
from editorial.reviews import queue, rules
from immuno_site.demonstration.content_files import content_names, read_content
from immuno_site.demonstration.loading import ARTICLES, OVERDUE, TAKEN_DOWN
from immuno_site.demonstration.people import CREDENTIALS, PEOPLE, DemonstrationHasher
from tests import PROVING
from tests.databases import connected_to, copy, drop
from tests.reading import rendered

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
    rows_by_table = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            rows_by_table[table] = cursor.fetchall()
    return rows_by_table


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
    # As the command has it: another would hash each password again, as slowly as it can.
    settings.PASSWORD_HASHERS = [f"{DemonstrationHasher.__module__}.{DemonstrationHasher.__qualname__}"]
    asked_for = {"author", "reviewer", "reviewer2", "translator", "drugadmin", "admin"}
    assert asked_for <= PEOPLE.keys()
    for username, (_first, _last, roles) in PEOPLE.items():
        user = User.objects.get(username=username)
        assert user.check_password("demo")
        assert user.is_staff
        assert set(user.roles.values_list("role", "language")) == set(roles)
    assert {language for _role, language in PEOPLE["translator"][2]} == {"es", "ar"}


def test_its_records_verify(demonstration):
    assert [problem for document in Document.objects.all() for problem in verifying.find_problems(document)] == []


def test_nobody_signed_their_own_words(demonstration):
    for sign_off in SignOff.objects.all():
        assert sign_off.recorded_by_id not in {person["id"] for person in sign_off.edition.contributors}
    assert all(edition.contributors for edition in Edition.objects.all())
    assert set(SignOff.objects.values_list("signer_slug", flat=True)) == {
        details[0] for details in CREDENTIALS.values()
    }


def test_everything_has_its_history(demonstration):
    for model in (Article, Section, KeyPoint, Reference, Monograph, Approval, Figure, GlossaryEntry):
        for row in model.objects.all():
            assert row.history.exclude(history_user_name="").exists()


def pages() -> list[str]:
    """Paths of every page that the content folder holds, without the language; but for the one that was taken down."""
    articles = [read_content(name)["slug"] for name in [*ARTICLES, OVERDUE] if name != TAKEN_DOWN]
    drugs = [read_content(name)["slug"] for name in content_names("drugs/*")]
    entries = [data["slug"] for data in read_content("glossary")["entries"]]
    return [
        *(f"articles/{slug}/" for slug in articles),
        *(f"drugs/{slug}/" for slug in drugs),
        *(f"glossary/{slug}/" for slug in entries),
    ]


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_its_pages_are_live_and_complete(client, demonstration, language):
    responses = {path: client.get(f"/{language}/{path}") for path in pages()}
    assert {path for path, response in responses.items() if response.status_code != 200} == set()
    assert {path for path, response in responses.items() if rendered.robots(response)} == set()
    classes = {
        element.get("class") for response in responses.values() for element in rendered.parsed(response).iter("aside")
    }
    assert not classes & {"piece piece-missing", "piece piece-untranslated"}
    assert "piece piece-live" in classes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [ARTICLE, "side-effects-of-immunotherapy"])
def test_its_main_articles_are_live_in_every_language(client, demonstration, slug, language):
    response = client.get(f"/{language}/articles/{slug}/")
    assert rendered.parsed(response).get("lang") == ("zh-Hans" if language == "zh-hans" else language)
    assert rendered.robots(response) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_glossary_is_live_in_every_language(demonstration, language):
    entries = Document.objects.filter(kind="glossary").values_list("pk", flat=True)
    states = load_states(entries)
    assert {states[entry][language].public for entry in entries} == {PublicState.LIVE}


@pytest.mark.parametrize(
    ("slug", "language", "state"),
    [("biomarker-tests", "zh-hans", WorkState.IN_WORK), ("questions-to-ask", "vi", PublicState.OUTDATED)],
)
def test_a_translation_is_left_in_work_and_another_outdated(demonstration, slug, language, state):
    document = Document.objects.get(kind="article", slug=slug)
    shown = load_states([document.pk])[document.pk][language]
    assert state in (shown.public, shown.work)


def test_every_state_of_a_language_is_to_be_seen(demonstration):
    states_by_document = load_states(Document.objects.values_list("pk", flat=True))
    shown = {
        value
        for by_language in states_by_document.values()
        for state in by_language.values()
        for value in (state.public, state.work)
    }
    assert shown >= {
        PublicState.LIVE,
        PublicState.OUTDATED,
        PublicState.WITHDRAWN,
        WorkState.MISSING,
        WorkState.IN_WORK,
        WorkState.WAITING,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_was_taken_down_and_says_so(client, demonstration, language):
    response = client.get(f"/{language}/articles/{TAKEN_DOWN}/")
    assert response.status_code == 410
    assert len(rendered.words(response)) > 100


def test_one_page_is_past_its_review_date_and_says_so(client, demonstration):
    assert "past its review date" in rendered.words(client.get(f"/en/articles/{OVERDUE}/"))


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_what_nobody_verified_is_on_no_page(client, demonstration, language):
    paths = ["drugs/", "drugs/pembrolizumab/", "drugs/sacituzumab-govitecan/"]
    said = "".join(client.get(f"/{language}/{path}").content.decode() for path in paths)
    assert "2021-07-26" in said
    assert not [day for day in ("2026-06-24", "2022-05-24", "2021-10-22") if day in said]
    assert "trade-press" not in said


def test_no_source_says_otherwise_by_its_title_or_its_numbers(demonstration):
    for event in ApprovalEvent.objects.filter(verification__isnull=False):
        told = [disagreement.message for disagreement in find_disagreements(event, "")]
        assert (event.source_key, told) == (event.source_key, [])


@pytest.mark.parametrize(("slug", "language"), [("pembrolizumab", "en"), ("sacituzumab-govitecan", "es")])
def test_a_page_says_that_a_newer_decision_is_being_checked(client, demonstration, slug, language):
    being_checked = {"en": "We are still checking a newer decision", "es": "Todavía las estamos comprobando"}
    assert being_checked[language] in rendered.words(client.get(f"/{language}/drugs/{slug}/"))


FACTS = [
    ("pembrolizumab", "granted", "accelerated", "2017-05-23"),
    ("pembrolizumab", "granted", "accelerated", "2020-06-16"),
    ("pembrolizumab", "granted", "accelerated", "2020-11-13"),
    ("pembrolizumab", "converted", "", "2021-07-26"),
    ("pembrolizumab", "granted", "regular", "2021-07-26"),
    ("dostarlimab", "granted", "accelerated", "2021-08-17"),
    ("atezolizumab", "granted", "accelerated", "2019-03-08"),
    ("sacituzumab-govitecan", "converted", "", "2021-04-07"),
    ("sacituzumab-govitecan", "widened", "", "2021-04-07"),
    ("trastuzumab-deruxtecan", "granted", "accelerated", "2019-12-20"),
    ("trastuzumab-deruxtecan", "converted", "", "2022-05-04"),
    ("trastuzumab-deruxtecan", "widened", "", "2022-05-04"),
    ("trastuzumab-deruxtecan", "granted", "regular", "2022-08-05"),
    ("trastuzumab-deruxtecan", "granted", "regular", "2025-01-27"),
    ("trastuzumab-deruxtecan", "granted", "regular", "2025-12-15"),
    ("trastuzumab-deruxtecan", "granted", "regular", "2026-05-15"),
    ("atezolizumab", "withdrawal-announced", "", "2021-08-27"),
    ("atezolizumab", "withdrawn-by-sponsor", "", "2021-10-06"),
]


@pytest.mark.parametrize(("slug", "kind", "pathway", "on"), FACTS)
def test_its_monographs_hold_what_regulators_did(demonstration, slug, kind, pathway, on):
    edition = Edition.objects.get(document__kind="monograph", document__slug=slug, language="en")
    events = [node.attrs for node in edition.tree.walk() if node.type == "event"]
    assert (kind, pathway, on) in {(event["kind"], event["pathway"], event["on"]) for event in events}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_drug_is_told_in_every_language_and_says_that_it_is_a_demonstration(client, demonstration, language):
    response = client.get(f"/{language}/drugs/trastuzumab-deruxtecan/")
    root = rendered.parsed(response)
    assert response.status_code == 200
    assert rendered.robots(response) == []
    assert [element for element in root.iter("div") if element.get("class") == "demonstration"]
    assert len([element for element in root.iter() if "boxed" in (element.get("class") or "").split()]) == 2


@pytest.mark.parametrize("slug", [read_content(name)["slug"] for name in content_names("drugs/*")])
@pytest.mark.parametrize("language", ["en", "es"])
def test_its_monographs_are_easy_to_read(demonstration, slug, language):
    edition = Edition.objects.get(document__kind="monograph", document__slug=slug, language=language)
    assert not readability.measure_tree(edition.tree).is_above


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_withdrawn_approval_is_met_in_an_article_too(client, demonstration, language):
    root = rendered.parsed(client.get(f"/{language}/articles/biomarker-tests/"))
    [gone] = [element for element in root.iter("div") if element.get("class") == "piece-withdrawn"]
    assert [element.get("datetime") for element in gone.iter("time")] == ["2021-10-06"]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_article_says_all_that_it_should(client, demonstration, language):
    said = rendered.words(client.get(f"/{language}/articles/{ARTICLE}/")).lower()
    assert [name for name in ("pembrolizumab", "dostarlimab", "her2", "pd-l1") if name not in said] == []
    groups = {"overview", "procedure", "risks-benefits", "recovery", "when-to-call"}
    response = client.get(f"/{language}/articles/{ARTICLE}/")
    root = rendered.parsed(response)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    assert {f"group-{group}" for group in groups} <= ids
    classes = " ".join(element.get("class") or "" for element in root.iter())
    for part in ("care-emergency", "care-urgent", "editors-note", "references", "review"):
        assert part in classes
    assert any("clinicaltrials.gov" in link.lower() for link in rendered.links(response))


TOPICS = {
    "en": ["triple-negative", "metastatic", "early", "active immunotherapy", "passive immunotherapy", "vein",
           "three to six weeks", "two years", "infusion reaction", "autoimmune", "trial"],
    "es": ["triple negativo", "metast", "temprana", "inmunoterapia activa", "inmunoterapia pasiva", "vena",
           "tres a seis semanas", "dos años", "infusión", "inmunitari", "estudio clínico"],
}  # fmt: skip


@pytest.mark.parametrize("language", TOPICS)
def test_the_article_covers_what_was_asked_for(client, demonstration, language):
    said = rendered.words(client.get(f"/{language}/articles/{ARTICLE}/")).lower()
    assert [topic for topic in TOPICS[language] if topic not in said] == []


PUBLIC = [
    "", "articles/", f"articles/{ARTICLE}/", f"articles/{POLICY}/", "reviewers/helen-okafor/",
    "reviewers/rafael-serrano/", "nothing/", "drugs/", "drugs/pembrolizumab/", "glossary/", "glossary/pd-l1/",
    "about/privacy/", f"articles/{TAKEN_DOWN}/",
]  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_says_that_it_is_a_demonstration(client, demonstration, path):
    said = rendered.words(client.get(f"/en/{path}"))
    for sentence in ("demonstration", "reviewers are invented", "not checked by a qualified", "medical advice"):
        assert sentence in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_that_it_is_a_demonstration(client, demonstration, language):
    for path in PUBLIC if PROVING else ["", f"articles/{POLICY}/", "nothing/"]:
        root = rendered.parsed(client.get(f"/{language}/{path}"))
        assert [element for element in root.iter("div") if element.get("class") == "demonstration"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_stock_explanation_is_signed_in_every_language(demonstration, language):
    live = Release.objects.live(timezone.now()).filter(document__slug="withdrawn", language=language)
    assert live.exists()


def test_something_waits_for_the_first_sign_in(demonstration):
    [waiting] = queue.pending_editions()
    assert (waiting.document.slug, waiting.language) == (POLICY, "es")
    user, now = User.objects.get(username="reviewer2"), timezone.now()
    assert waiting in items.queue_items(now).filter(items.pending_for(user, rules.find_credentials(user)))


def test_every_fact_has_a_source_that_can_be_found(demonstration):
    listed = [reference for name in content_names("references-*") for reference in read_content(name)["references"]]
    assert len(listed) >= 30
    for reference in listed:
        assert reference["url"] or reference["doi"] or reference["pmid"]
        assert date(2025, 1, 1) <= reference["accessed"] <= date.today()
    cited = {
        node.attrs["key"]
        for edition in Edition.objects.all()
        for node in edition.tree.walk()
        if node.type == "reference"
    }
    assert cited <= {reference["key"] for reference in listed}
    article = Edition.objects.get(document__slug=ARTICLE, language="en")
    assert sum(node.type == "reference" for node in article.tree.walk()) >= 8


STATING = {"dose", "side-effect", "boxed-warning", "biomarker", "approval"}


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_every_fact_of_a_drug_cites_its_source(demonstration, language):
    editions = Edition.objects.filter(document__kind="monograph", language=language)
    assert len(editions) == len(content_names("drugs/*"))
    for edition in editions:
        stating = [node for node in edition.tree.walk() if node.type in STATING]
        assert [node for node in stating if not any(map(inline.cites, node.words.values()))] == []
