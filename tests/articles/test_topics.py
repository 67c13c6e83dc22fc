"""Topics in the author's form: boxes to tick while they are few, else those chosen and a search for more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.library.models import Topic
from editorial.library.services.topics import save_topic
from tests.desk.forms import filled
from tests.factories import bulk_rows, pages, people
from tests.reading.rendered import parsed

pytestmark = pytest.mark.django_db
CHOICES = "/admin/library/topic/choices/"


@pytest.fixture
def author():
    return people.author()


@pytest.fixture
def lungs(author):
    return save_topic("lungs", "Cáncer de pulmón", user=author)


@pytest.fixture
def client(author, signed_in):
    return signed_in(author)


def address_of(document) -> str:
    return f"/admin/articles/article/{document.pk}/change/"


def boxes(response) -> dict[str, bool]:
    """{key: whether it is ticked} of the boxes for topics."""
    inputs = [node for node in parsed(response).iter("input") if node.get("name") == "topics"]
    return {node.get("value"): node.get("checked") is not None for node in inputs}


def added(response) -> str | None:
    """What stands in the box for more, if there is one."""
    typed = [node.get("value", "") for node in parsed(response).iter("input") if node.get("name") == "topics-added"]
    return typed[0] if typed else None


def saved(document) -> list[str]:
    return list(Topic.objects.filter(articles__article=document.pk).values_list("slug", flat=True))


def test_few_topics_are_boxes_to_tick_and_of_many_only_those_chosen(client, author, lungs):
    document = pages.article(author, topics=[lungs])
    bulk_rows.create_topics(19)
    few = client.get(address_of(document))
    assert len(boxes(few)) == 20
    assert added(few) is None
    bulk_rows.create_topics(1)
    many = client.get(address_of(document))
    assert boxes(many) == {"lungs": True}
    assert added(many) == ""


def test_it_takes_the_same_queries_and_bytes_with_thirty_topics_and_with_two_hundred(client, author, lungs):
    document = pages.article(author, topics=[lungs])

    def measure() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address_of(document))
        return len(queries), len(page.content)

    bulk_rows.create_topics(30)
    measure()
    few_queries, few_bytes = measure()
    bulk_rows.create_topics(200)
    queries, size = measure()
    assert queries == few_queries
    assert abs(size - few_bytes) < 200


@pytest.mark.parametrize("query", ["cancer", "PULMÓN", "pulmon can", "lungs", "lun"])
def test_topics_are_found_by_the_beginnings_of_words_whatever_the_marks(client, lungs, query):
    bulk_rows.create_topics(10)
    assert client.get(CHOICES, {"q": query}).json() == {"choices": [{"value": "lungs", "name": "Cáncer de pulmón"}]}
    listed = client.get("/admin/library/topic/", {"q": query}).context["cl"].queryset
    assert [topic.slug for topic in listed] == ["lungs"]


def test_a_topic_is_found_by_the_name_it_has_now(client, author, lungs):
    save_topic("lungs", "Chest", user=author)
    assert client.get(CHOICES, {"q": "cancer"}).json() == {"choices": []}
    assert client.get(CHOICES, {"q": "chest"}).json()["choices"]


@pytest.mark.parametrize("is_long", [False, True])
def test_typed_keys_and_ticked_boxes_are_saved_together_and_once(client, author, lungs, is_long):
    """As a browser without JavaScript sends them, and as choices.js does."""
    bulk_rows.create_topics(40 if is_long else 5)
    document = pages.article(author, topics=[lungs])
    fields = filled(client.get(address_of(document)), topics__added="topic-1, lungs ,topic-3")
    assert client.post(address_of(document), {**fields, "topics": ["lungs", "topic-2"]}).status_code == 302
    assert saved(document) == ["lungs", "topic-1", "topic-2", "topic-3"]
    fields = filled(client.get(address_of(document)))
    del fields["topics"]
    assert client.post(address_of(document), fields).status_code == 302
    assert saved(document) == []


@pytest.mark.parametrize(
    "typed", ["nothing", "cancer", "lungs, nothing", "x" * 5000, "a," * 900 + "b", "1" * 40, "no\0thing", "٣", ",,;,"]
)
@pytest.mark.parametrize("is_long", [False, True])
def test_what_is_no_topic_is_refused_in_words_and_stays(client, author, lungs, typed, is_long):
    bulk_rows.create_topics(30 if is_long else 3)
    document = pages.article(author)
    fields = filled(client.get(address_of(document)), topics__added=typed, title="Typed anew")
    refused = client.post(address_of(document), {**fields, "topics": ["topic-2"]})
    assert refused.status_code == 400
    assert filled(refused)["title"] == "Typed anew"
    assert boxes(refused)["topic-2"]
    unknown = [key.strip() for key in typed.replace("\0", "").split(",") if key.strip(" ,") and key.strip() != "lungs"]
    assert unknown[0] in added(refused)
    assert boxes(refused).get("lungs", False) is ("lungs" in typed)
    assert ("lungs (Cáncer de pulmón)" in refused.content.decode()) is (typed == "cancer")
    assert saved(document) == []


def test_a_conflict_names_topics_and_the_page_can_be_saved_again(client, author):
    bulk_rows.create_topics(30)
    one, two, three = (Topic.objects.get(slug=f"topic-{number}") for number in (1, 2, 3))
    document = pages.article(author, topics=[one])
    opened = client.get(address_of(document))
    pages.edit(document, people.head(), topics=[two])
    refused = client.post(address_of(document), filled(opened, topics__added="topic-3"))
    assert refused.status_code == 409
    for topic in (one, two, three):
        assert str(topic) in refused.content.decode()
    assert boxes(refused) == {"topic-1": True, "topic-3": True}
    fields = filled(refused)
    again = client.post(address_of(document), {**fields, "topics": ["topic-1", "topic-3"]})
    assert again.status_code == 302
    assert saved(document) == ["topic-1", "topic-3"]


def test_what_only_the_others_changed_of_the_topics_is_taken_over(client, author):
    bulk_rows.create_topics(30)
    one, two = (Topic.objects.get(slug=f"topic-{number}") for number in (1, 2))
    document = pages.article(author, topics=[one])
    opened = client.get(address_of(document))
    pages.edit(document, people.head(), topics=[one, two])
    refused = client.post(address_of(document), filled(opened, title="Mine"))
    assert refused.status_code == 409
    assert boxes(refused) == {"topic-1": True, "topic-2": True}
