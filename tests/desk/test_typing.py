"""What was typed is kept: every refusal answers 4xx, shows the words again and changes nothing."""

import html
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.admin import ArticleAdmin
from articles.models import Article
from editorial.editions.models import SignOff
from editorial.editions.working.copies import version_token
from tests.desk.conftest import state
from tests.desk.forms import agreed, filled, forms
from tests.factories import pages
from tests.factories.people import PASSWORD
from tests.parsing import parse_page

TYPED = "Typed & <kept> words"
WRITE = "/admin/articles/article/{live.pk}/change/"
WORDS = "/admin/library/sitewords/{words.pk}/change/"
ENTRY = "/admin/library/glossaryentry/{entry.pk}/change/"
MONOGRAPH = "/admin/drugs/monograph/{drug.pk}/change/"
DECISION = "/admin/drugs/monograph/{drug.pk}/record/"
REFERENCE = "/admin/library/reference/{reference.pk}/change/"
FIGURE = "/admin/library/figure/{figure.pk}/change/"
SIGN = "/admin/desk/editions/{waiting.pk}/sign/"

# (who, the page with the form or None, where it goes, what is typed, statuses)
REFUSED = {
    "article without a title": ("author", WRITE, WRITE, {"title": "", "lead": TYPED}, 400),
    "article with too long a title": ("author", WRITE, WRITE, {"title": f"{TYPED}{'x' * 200}"}, 400),
    "article with a bad interval": ("author", WRITE, WRITE, {"review_interval_months": "99", "lead": TYPED}, 400),
    "reference without a place": ("author", REFERENCE, REFERENCE, {"doi": "", "title": TYPED}, 409),
    "reference with a bad date": ("author", REFERENCE, REFERENCE, {"accessed_on": "yesterday", "title": TYPED}, 400),
    "reference with a bad address": (
        "author", REFERENCE, REFERENCE, {"url": "javascript:alert(1)", "title": TYPED}, 400,
    ),
    "reference that is there already": (
        "author", None, "/admin/library/reference/add/",
        {"key": "other", "title": TYPED, "source": "x", "doi": "10.1056/SCHMID-2020", "accessed_on": "2026-01-01"}, 409,
    ),
    "figure without its alternative text": ("author", FIGURE, FIGURE, {"alt": "", "caption": TYPED}, 409),
    "figure with a bad address": ("author", FIGURE, FIGURE, {"licence_url": "x y", "caption": TYPED}, 400),
    "new figure without a picture": (
        "author", None, "/admin/library/figure/add/", {"key": "new", "alt": TYPED, "licence": "CC0"}, 409,
    ),
    "new figure under a key that is taken": (
        "author", None, "/admin/library/figure/add/", {"key": "a-figure", "alt": TYPED, "licence": "CC0"}, 409,
    ),
    "glossary entry without its word": ("author", ENTRY, ENTRY, {"title": "", "short": TYPED}, 400),
    "new glossary entry at an address that is taken": (
        "author", None, "/admin/library/glossaryentry/add/", {"title": TYPED, "slug": "pd-l1"}, 409,
    ),
    "phrase under a key that is taken": (
        "author", WORDS, WORDS, {"phrases__1__key": "a-phrase", "phrases__1__text": TYPED}, 409,
    ),
    "section in an unknown group": (
        "author", WRITE, WRITE, {"sections__0__group": "nowhere", "sections__0__heading": TYPED}, 400,
    ),
    "monograph without a name": ("drug_admin", MONOGRAPH, MONOGRAPH, {"title": "", "lead": TYPED}, 400),
    "monograph with a dose of nothing": (
        "drug_admin", MONOGRAPH, MONOGRAPH, {"doses__0__dose": "0", "doses__0__phase": TYPED}, 409,
    ),
    "monograph with a dose on a day that its cycle has not": (
        "drug_admin", MONOGRAPH, MONOGRAPH, {"doses__0__cycle_days": "29", "doses__0__phase": TYPED}, 409,
    ),
    "monograph with an approval that contradicts itself": (
        "drug_admin", MONOGRAPH, MONOGRAPH, {"approvals__0__her2": "positive", "approvals__0__plain": TYPED}, 409,
    ),
    "monograph with a cut-off without a unit": (
        "drug_admin", MONOGRAPH, MONOGRAPH, {"biomarkers__0__unit": "", "biomarkers__0__meaning": TYPED}, 409,
    ),
    "decision that cannot have been made": (
        "drug_admin", DECISION, DECISION, {"kind": "converted", "happened_on": "2019-01-01", "note": TYPED}, 400,
    ),
    "new article without a title": (
        "author", None, "/admin/articles/article/add/", {"title": "", "slug": "kept-words"}, 400,
    ),
    "new article at a bad address": (
        "author", None, "/admin/articles/article/add/", {"title": TYPED, "slug": "not an address"}, 400,
    ),
    "new article at an address that is taken": (
        "author", None, "/admin/articles/article/add/", {"title": TYPED, "slug": "live"}, 409,
    ),
    "new site words under a key that is taken": (
        "author", None, "/admin/library/sitewords/add/", {"title": TYPED, "slug": "withdrawn", "body": "<p>x</p>"}, 409,
    ),
    "signing without a password": ("reviewer", None, SIGN, {"sign-remarks": TYPED}, 400),
    "signing with a wrong password": ("reviewer", None, SIGN, {"sign-remarks": TYPED, "sign-password": "wrong"}, 409),
    "signing with a bad date": (
        "reviewer", None, SIGN,
        {"sign-remarks": TYPED, "sign-password": PASSWORD, "sign-review_due_on": "2020-13-45"}, 400,
    ),
    "signing with a due date in the past": (
        "reviewer", None, SIGN,
        {"sign-remarks": TYPED, "sign-password": PASSWORD, "sign-review_due_on": "2020-01-01"}, 409,
    ),
    "signing for a time in the past": (
        "reviewer", None, SIGN,
        {"sign-remarks": TYPED, "sign-password": PASSWORD, "sign-publish_at": "2020-01-01T10:00"}, 409,
    ),
    "reaffirming with a wrong password": (
        "reviewer", None, "/admin/desk/editions/{edition.pk}/reaffirm/",
        {"reaffirm-remarks": TYPED, "reaffirm-password": "wrong"}, 409,
    ),
    "signing one's own words": ("author", None, SIGN, {"sign-remarks": TYPED, "sign-password": PASSWORD}, 409),
    "withdrawing without the right": (
        "author", None, "/admin/desk/documents/{live.pk}/en/withdraw/", {"reason": TYPED, "languages": ["en"]}, 409,
    ),
    "withdrawing what is not live": (
        "operator", None, "/admin/desk/documents/{draft.pk}/en/withdraw/", {"reason": TYPED, "languages": ["en"]}, 409,
    ),
    "revoking without the right": (
        "other_reviewer", None, "/admin/desk/sign-offs/{sign_off.pk}/revoke/", {"reason": TYPED}, 409,
    ),
    "moving to an address that is taken": (
        "head", None, "/admin/desk/documents/{live.pk}/address/", {"slug": "draft"}, 409,
    ),
    "moving to a bad address": ("head", None, "/admin/desk/documents/{live.pk}/address/", {"slug": "a b"}, 400),
}  # fmt: skip
SHOWN = {"moving to an address that is taken": "draft", "moving to a bad address": "a b",
         "new article without a title": "kept-words"}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_keeps_what_was_typed_and_changes_nothing(signed_in, world, name):
    who, page, address, typed, status = REFUSED[name]
    client = signed_in(getattr(world, who))
    data = filled(client.get(page.format(**vars(world))), **typed) if page else typed
    before = state()
    response = client.post(address.format(**vars(world)), data)
    assert response.status_code == status
    assert state() == before
    values = [value for form in forms(response) for value in form["fields"].values()]
    kept = SHOWN.get(name, TYPED)
    assert [value for value in values if kept in value], "the words are gone"
    assert 'role="alert"' in response.content.decode() or "errorlist" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/admin/desk/editions/{waiting.pk}/send-back/", {"back-remarks": "  "}),
        ("/admin/desk/documents/{live.pk}/en/withdraw/", {"reason": "", "languages": ["en"]}),
        ("/admin/desk/sign-offs/{sign_off.pk}/revoke/", {"reason": " \n "}),
    ],
)
def test_a_reason_must_be_given(signed_in, world, address, data):
    before = state()
    response = signed_in(world.reviewer).post(address.format(**vars(world)), data)
    assert 400 <= response.status_code < 500
    assert state() == before


def test_a_password_is_never_sent_back(signed_in, world):
    response = signed_in(world.author).post(SIGN.format(**vars(world)), {"sign-password": PASSWORD})
    assert PASSWORD not in html.unescape(response.content.decode())


def told(response) -> str:
    """What the page says of the other text."""
    root = parse_page(response)
    [panel] = [node for node in root.iter("div") if node.get("class") == "panel stale"]
    return "".join(panel.itertext())


def test_a_stale_save_shows_both_texts_and_keeps_the_typed_one(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = client.get(address)
    pages.edit(world.live, world.head, lead="Their lead.", sections=renamed(world.live, "Their heading"))
    before = state()
    response = client.post(address, filled(opened, lead="My lead.", sections__0__heading="My heading"))
    assert response.status_code == 409
    assert state() == before
    said = told(response)
    for word in ("Lead", "Their", "My", "lead.", "heading"):
        assert word in said
    assert world.head.name in html.unescape(response.content.decode())
    fields = filled(response)
    assert (fields["lead"], fields["sections-0-heading"]) == ("My lead.", "My heading")


def test_what_was_saved_in_the_same_moment_is_shown_beside_what_was_typed(signed_in, world, monkeypatch):
    client, address, save = signed_in(world.author), WRITE.format(**vars(world)), ArticleAdmin.save
    opened = client.get(address)

    def save_after_somebody_else(*args, **fields):
        pages.edit(world.live, world.head, lead="Their lead.")
        return save(*args, **fields)

    monkeypatch.setattr(ArticleAdmin, "save", save_after_somebody_else)
    refused = client.post(address, filled(opened, lead="My lead."))
    assert "Their" in told(refused)
    assert filled(refused)["lead"] == "My lead."
    monkeypatch.undo()
    assert client.post(address, filled(refused)).status_code == 302


def test_after_a_stale_save_the_next_save_stands_on_theirs(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = client.get(address)
    pages.edit(world.live, world.head, lead="Their lead.")
    refused = client.post(address, filled(opened, title="My title"))
    assert filled(refused)["lead"] == "Their lead."
    again = client.post(address, filled(refused))
    assert again.status_code == 302
    article = Article.objects.get(pk=world.live.pk)
    assert (article.title_en, article.lead_en) == ("My title", "Their lead.")


def test_what_only_somebody_else_changed_is_theirs_at_once_and_nothing_is_left_to_choose(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    topic, body = world.topic, "<p>Their <strong>text</strong>.</p>"
    opened = client.get(address)
    section = {
        **renamed(world.live, "Their heading")[0],
        "body": body,
        "care_level": "urgent",
        "group": "when-to-call",
    }
    new = {"id": None, "heading": "A new one", "body": "<p>x</p>", "care_level": ""}
    pages.edit(world.live, world.head, lead="Their lead.", is_minor=True, topics=[topic], sections=[new, section])
    refused = client.post(address, filled(opened, title="My title"))
    said = told(refused)
    assert [box.get("value") for box in boxes(refused)] == []
    assert "Changed by someone else, not by you" in said
    assert "Added by someone else and kept: A new one" in said
    assert client.post(address, filled(refused)).status_code == 302
    article = Article.objects.get(pk=world.live.pk)
    assert (article.title_en, article.lead_en, article.is_minor) == ("My title", "Their lead.", True)
    assert [link.topic_id for link in article.topics.all()] == [topic.pk]
    theirs = article.sections.get(pk=section["id"])
    assert (theirs.heading_en, theirs.care_level, theirs.group) == ("Their heading", "urgent", "when-to-call")
    assert "<strong>text</strong>" in theirs.body_en
    assert article.sections.filter(heading_en="A new one").exists()


@pytest.mark.parametrize("was", ["", "=", "lead", "lead=", "lead=1 lead=2", "= " * 9999])
def test_without_what_the_page_was_opened_with_everything_typed_stands_against_what_is_saved(signed_in, world, was):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = client.get(address)
    pages.edit(world.live, world.head, lead="Their lead.")
    refused = client.post(address, filled(opened, was=was))
    assert (refused.status_code, [box.get("value") for box in boxes(refused)]) == (409, ["lead"])


def test_an_author_takes_over_what_is_saved_text_by_text_and_keeps_the_rest_of_theirs(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = client.get(address)
    section = world.live.article.sections.get()
    theirs = {"id": section.pk, "heading": "Their heading", "body": "<p>Their text.</p>", "care_level": ""}
    pages.edit(world.live, world.head, title="Their title", lead="Their lead.", is_minor=True, sections=[theirs])
    typed = {"title": "My title", "lead": "My lead.", "sections__0__heading": "My heading"}
    refused = client.post(address, filled(opened, sections__0__body="<p>My text.</p>", **typed))
    offered = {box.get("value") for box in boxes(refused)}
    taken = ["lead", "sections-0-body"]
    assert offered == {*taken, "title", "sections-0-heading"}
    assert client.post(address, {**filled(refused), "_theirs": taken}).status_code == 302
    article = Article.objects.get(pk=world.live.pk)
    assert (article.title_en, article.lead_en, article.is_minor) == ("My title", "Their lead.", True)
    section.refresh_from_db()
    assert section.heading_en == "My heading"
    assert "Their text." in section.body_en


def test_two_orders_of_a_page_are_shown_to_each_other_and_either_can_be_kept(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    names = ("One", "Two", "Three")
    new = [{"id": None, "heading": name, "body": f"<p>{name}.</p>", "care_level": ""} for name in names]
    pages.edit(world.live, world.author, sections=new)
    opened = client.get(address)
    first, *others = (
        {"id": part.pk, "heading": part.heading_en, "body": part.body_en, "care_level": part.care_level}
        for part in world.live.article.sections.all()
    )
    pages.edit(world.live, world.head, sections=[*others, first])  # theirs: the first goes last
    mine = {f"sections__{place}__ORDER": 4 - place for place in range(4)}  # mine: all turned round
    refused = client.post(address, filled(opened, sections__4__heading="Five", sections__4__ORDER=9, **mine))
    theirs_now = [part.heading_en for part in world.live.article.sections.all()]
    said = told(refused)
    assert "sections-ORDER" in {box.get("value") for box in boxes(refused)}
    assert all(name in said for name in names)
    assert client.post(address, {**filled(refused), "_theirs": ["sections-ORDER"]}).status_code == 302
    assert [part.heading_en for part in world.live.article.sections.all()] == [*theirs_now, "Five"]


@pytest.mark.parametrize("names", [["nothing"], ["token"], ["sections-99-body"], ["sections-0-id", "\0"]])
def test_what_cannot_be_taken_over_is_left_as_it_was_typed(signed_in, world, names):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    assert client.post(address, {**filled(client.get(address)), "lead": "Mine.", "_theirs": names}).status_code == 302
    assert Article.objects.get(pk=world.live.pk).lead_en == "Mine."


def boxes(response) -> list:
    """The boxes to take over what is saved; each belongs to the page's form, wherever it stands."""
    root = parse_page(response)
    return [node for node in root.iter("input") if node.get("name") == "_theirs" and node.get("form") == "write"]


def test_a_stale_save_is_stale_again_when_somebody_saves_once_more(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = client.get(address)
    pages.edit(world.live, world.head, lead="Their lead.")
    refused = client.post(address, filled(opened, title="My title"))
    pages.edit(world.live, world.head, lead="Their newer lead.")
    assert client.post(address, filled(refused)).status_code == 409


def renamed(document, heading: str) -> list[dict]:
    section = document.article.sections.get()
    return [{"id": section.pk, "heading": heading, "body": section.body_en}]


# --- Saving well ---


def test_saving_the_page_as_it_was_opened_changes_no_words(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = filled(client.get(address))
    histories = sum(model.count() for model in _histories(world.live))
    assert client.post(address, opened).status_code == 302
    assert sum(model.count() for model in _histories(world.live)) == histories
    after = filled(client.get(address))
    own = {"token", "_window"}  # another one each time
    assert {name: value for name, value in after.items() if name not in own} == {
        name: value for name, value in opened.items() if name not in own
    }


def _histories(document):
    article = document.article
    yield article.history
    for related in ("sections", "key_points"):
        for row in getattr(article, related).all():
            yield row.history


def test_an_author_adds_orders_and_retires_parts(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    opened = filled(client.get(address))
    opened |= {
        "sections-1-heading": "Second", "sections-1-body": "<p>Two</p>", "sections-1-ORDER": "1",
        "sections-0-ORDER": "2", "key_points-0-retired": "on",
    }  # fmt: skip
    assert client.post(address, opened).status_code == 302
    article = Article.objects.get(pk=world.live.pk)
    assert [section.heading_en for section in article.sections.all()] == ["Second", "What is it?"]
    assert article.key_points.get().retired


def test_a_reference_that_is_there_is_shown_with_the_way_to_it(signed_in, world):
    _who, _page, address, typed, _status = REFUSED["reference that is there already"]
    response = signed_in(world.drug_admin).post(address, typed)
    assert f"/admin/library/reference/{world.reference.pk}/change/" in response.content.decode()


def test_the_authors_page_numbers_what_is_cited_and_offers_other_keys(signed_in, world):
    pages.edit(
        world.live, world.author, references=[pages.reference("second"), pages.reference("never")],
        key_points=[{"text": "[@second] and [@schmid-2020]"}],
    )  # fmt: skip
    root = parse_page(signed_in(world.author).get(WRITE.format(**vars(world))))
    panel = root.find(".//section[@aria-labelledby='cited']")
    keys = {tag: [node.text for node in panel.find(f".//{tag}").iter("code")] for tag in ("ol", "details")}
    assert keys == {"ol": ["[@second]", "[@schmid-2020]"], "details": ["[@never]", "[@zebra-label]"]}


def test_a_topic_needs_a_name(signed_in, world):
    before = state()
    response = signed_in(world.author).post("/admin/library/topic/add/", {"slug": "empty", "name_en": " "})
    assert response.status_code == 200  # Django's own page: the form again
    assert state() == before


def test_saving_and_submitting_at_once_leads_to_submitting(signed_in, world):
    client, address = signed_in(world.author), WRITE.format(**vars(world))
    response = client.post(address, filled(client.get(address), _submit="1"))
    assert response["Location"] == f"/admin/desk/documents/{world.live.pk}/en/submit/"


def test_signing_publishes_at_the_time_that_was_asked_for(signed_in, world):
    today = timezone.localdate()
    start, due = today + timedelta(days=10), today + timedelta(days=300)
    data = {
        "sign-password": PASSWORD, "sign-publish_at": f"{start}T10:30", "sign-review_due_on": due.isoformat(),
        **agreed(world.waiting, "sign"),
    }  # fmt: skip
    assert signed_in(world.reviewer).post(SIGN.format(**vars(world)), data).status_code == 302
    sign_off = SignOff.objects.get(edition=world.waiting)
    assert f"{timezone.localtime(sign_off.release_not_before):%Y-%m-%dT%H:%M}" == f"{start}T10:30"
    assert sign_off.review_due_on == due


def test_tokens_count_each_language_alone(world):
    spanish = version_token(world.live, "es")
    pages.edit(world.live, world.author, title="Changed")
    assert version_token(world.live, "es") == spanish
