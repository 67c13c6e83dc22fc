"""Drugs are about topics as articles are: typed, signed, and listed under a heading of their own."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drugs.models import MonographTopic
from drugs.services import save_monograph
from editorial.editions import freezing
from editorial.editions.working.copies import version_token
from editorial.library.services.topics import save_topic
from tests.desk.forms import filled
from tests.factories import drugs, pages, people
from tests.layers import layer
from tests.reading import rendered

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@layer
def desk():
    made = SimpleNamespace(
        admin=drugs.drug_admin(), other=drugs.drug_admin(), reviewer=people.reviewer(), author=people.author()
    )
    made.document = drugs.monograph(made.admin)
    drugs.verified(made.document, made.admin, made.other)
    made.topics = [save_topic(slug, slug.title(), user=made.author) for slug in ("breast", "lungs")]
    return made


def save(desk, topics) -> None:
    save_monograph(desk.document, user=desk.admin, token=version_token(desk.document, "en"), topics=topics)


def topics_of(desk) -> list[str]:
    return list(freezing.build_candidate(desk.document, "en").tree.root.of_type("topics"))


def test_without_topics_its_tree_is_as_it_was_before_drugs_had_any(desk):
    assert topics_of(desk) == []


def test_what_was_signed_before_has_no_topic_until_it_is_signed_again(desk, client):
    pages.publish(desk.document, desk.admin, desk.reviewer)
    save(desk, desk.topics)
    assert client.get("/en/topics/breast/").status_code == 404
    pages.publish(desk.document, desk.admin, desk.reviewer)
    assert client.get("/en/topics/breast/").status_code == 200


def test_it_stands_under_a_heading_apart_and_keeps_its_list_above_it(desk, client):
    article = pages.article(desk.author, slug="alpha", title="Alpha", topics=desk.topics[:1])
    pages.publish(article, desk.author, desk.reviewer)
    save(desk, desk.topics[:1])
    pages.publish(desk.document, desk.admin, desk.reviewer)
    listed = rendered.parsed(client.get("/en/topics/breast/"))
    assert [node.text_content() for node in listed.iter("h2") if node.get("id")] == ["About this topic", "Drugs"]
    page = client.get(f"/en/drugs/{desk.document.slug}/")
    links = {link.get("href"): " ".join(link.text_content().split()) for link in rendered.parsed(page).iter("a")}
    assert links["/en/topics/breast/"] == "Breast"
    assert links["/en/articles/alpha/"] == "Alpha"
    crumbs = rendered.only(page, ".//nav[@class='breadcrumbs']").iter("a")
    assert [crumb.get("href") for crumb in crumbs] == ["/en/", "/en/drugs/"]
    assert "/en/feed/" not in client.get("/en/topics/breast/feed/").content.decode()
    assert f"/en/drugs/{desk.document.slug}/" in client.get("/en/topics/breast/feed/").content.decode()


def test_a_drug_admin_ticks_them_and_takes_them_off(desk, signed_in):
    client, address = signed_in(desk.admin), f"/admin/drugs/monograph/{desk.document.pk}/change/"
    fields = filled(client.get(address))
    assert client.post(address, {**fields, "topics": ["breast", "lungs"]}).status_code == 302
    assert MonographTopic.objects.filter(monograph=desk.document.pk).count() == 2
    fields = filled(client.get(address))
    assert fields.pop("topics") in ("breast", "lungs")
    assert client.post(address, {**fields, "topics": ["lungs"]}).status_code == 302
    assert [link.topic.slug for link in MonographTopic.objects.filter(monograph=desk.document.pk)] == ["lungs"]
    assert list(MonographTopic.history.values_list("history_type", flat=True)) == ["-", "+", "+"]


def test_its_tree_takes_the_same_queries_however_many_topics_it_has(desk):
    def measure(topics) -> int:
        save(desk, topics)
        with CaptureQueriesContext(connection) as queries:
            freezing.build_candidate(desk.document, "en")
        return len(queries)

    assert measure(desk.topics[:1]) == measure(desk.topics)
