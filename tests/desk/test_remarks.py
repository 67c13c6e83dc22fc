"""Remarks on the page of an edition, through its forms."""

import pytest

from editorial.editions.models import Edition
from editorial.reviews.models import Remark
from editorial.reviews.services import add_remark
from editorial.reviews.threads import open_threads
from tests.desk.conftest import state
from tests.desk.forms import agreed
from tests.factories import pages
from tests.factories.pages import submit
from tests.factories.people import PASSWORD
from tests.reading import rendered


def page(world) -> str:
    return f"/admin/desk/editions/{world.waiting.pk}/"


def test_a_remark_is_made_answered_resolved_and_reopened_on_the_page(world, signed_in):
    reviewer, author = signed_in(world.reviewer), signed_in(world.author)
    node = next(node.id for node in world.waiting.tree.walk() if node.type == "paragraph")
    response = reviewer.post(f"{page(world)}remark/", {"node": node, "text": "Says who?"})
    first = Remark.objects.get()
    assert response.url == f"{page(world)}#remark-{first.pk}"
    assert (first.node_id, first.text) == (node, "Says who?")
    for client, data in (
        (author, {"text": "The trial."}),
        (reviewer, {"act": "resolved", "text": ""}),
        (author, {"act": "reopened", "text": "Not yet."}),
    ):
        assert client.post(f"{page(world)}remark/", {"thread": first.pk, **data}).status_code == 302
    html = reviewer.get(page(world)).content.decode()
    places = [html.index(words) for words in ("Says who?", "The trial.", "Not yet.")]
    assert places == sorted(places)
    assert html.count('class="remark"') == 4
    assert "1 open remark" in html


TABLE = "<table><caption>Doses</caption><tr><th>Drug</th><th>Dose</th></tr><tr><td>Zeb</td><td>200 mg</td></tr></table>"


def test_a_remark_is_made_on_a_cell_of_a_table_and_stays_with_it_when_rows_come(world, signed_in):
    document = pages.article(world.author, sections=[{"heading": "How much?", "body": TABLE}])
    edition = submit(document, "en", user=world.author)
    address = f"/admin/desk/editions/{edition.pk}/"
    client = signed_in(world.reviewer)
    [cell] = [node.id for node in edition.tree.walk() if node.type == "cell" and node.plain("text") == "200 mg"]
    boxes = [
        item.get("value") for item in rendered.parsed(client.get(address)).iter("input") if item.get("name") == "node"
    ]
    assert cell in boxes
    assert client.post(f"{address}remark/", {"node": cell, "text": "Per kilo?"}).status_code == 302
    [remark] = Remark.objects.all()
    assert (remark.node_id, remark.quote) == (cell, "200 mg")
    longer = TABLE.replace("<tr><td>", "<tr><td>Okapimab</td><td>1 mg</td></tr><tr><td>", 1)
    section = pages.working(document).sections.get()
    rows = [{"id": section.pk, "heading": "How much?", "body": longer}]
    pages.edit(document, world.author, sections=rows)
    [thread] = open_threads(document, "en", submit(document, "en", user=world.author).tree)
    assert (thread.node_id, thread.now) == (cell, "200 mg")


def test_open_remarks_stand_in_the_sign_panel_and_are_settled_there(world, signed_in):
    node = next(node.id for node in world.waiting.tree.walk() if node.type == "paragraph")
    mine = add_remark(world.waiting, user=world.reviewer, text="24, not 42", node_id=node)
    theirs = add_remark(world.waiting, user=world.other_reviewer, text="Too long.")
    client = signed_in(world.reviewer)

    def panel() -> tuple[str, list]:
        response = client.get(page(world))
        [section] = [item for item in rendered.parsed(response).iter("section") if item.get("id") == "to-settle"]
        return " ".join("".join(section.itertext()).split()), list(section.iter("form"))

    words, offered = panel()
    assert "What is it?" in words and "24, not 42" in words and "The whole page" in words and "Too long." in words
    acts = [[button.get("value") for button in form.iter("button")] for form in offered]
    assert acts == [["resolved"], ["set-aside"]]
    sent = {**agreed(world.waiting, "sign"), "sign-password": PASSWORD}
    refused = client.post(f"{page(world)}sign/", sent)
    assert refused.status_code == 409
    assert "What is it?" in str(refused.context["blockers"]) and "24, not 42" in str(refused.context["blockers"])
    assert refused.context["blockers"] == refused.context["signing_blockers"]
    client.post(f"{page(world)}remark/", {"thread": mine.pk, "act": "resolved"})
    assert client.post(f"{page(world)}remark/", {"thread": theirs.pk, "act": "set-aside"}).status_code == 409
    client.post(f"{page(world)}remark/", {"thread": theirs.pk, "act": "set-aside", "text": "It is short."})
    words, offered = panel()
    assert offered == []
    assert "Set aside since the page was last signed" in words and "It is short." in words
    assert client.post(f"{page(world)}sign/", sent).status_code == 302
    assert "It is short." in world.waiting.sign_offs.get().review.remarks


def test_a_remark_on_a_passage_that_is_gone_stands_at_its_section_with_the_old_words(world, signed_in):
    node = next(node for node in world.waiting.tree.walk() if node.type == "paragraph")
    first = add_remark(world.waiting, user=world.reviewer, text="24, not 42", node_id=node.id)
    [row] = pages.working(world.waiting_document).sections.all()
    section = {"id": row.pk, "heading": row.heading_en, "body": "<p>Nothing like it is left of this.</p>"}
    pages.edit(world.waiting_document, world.author, sections=[section])
    edition = submit(world.waiting_document, "en", user=world.author)
    html = signed_in(world.reviewer).get(f"/admin/desk/editions/{edition.pk}/").content.decode()
    thread, place = html.index(f'id="remark-{first.pk}"'), html.index(f'id="block-{row.block_id}"')
    assert place < thread < html.index('id="reader"')
    assert "This passage was removed. It read:" in html[place:thread] and node.plain("text") in html[place:thread]


def test_who_may_not_settle_a_remark_is_told_who_may(world, signed_in):
    add_remark(world.waiting, user=world.reviewer, text="24, not 42")
    for user in (world.author, world.head, world.operator):
        html = signed_in(user).get(page(world)).content.decode()
        assert f"Only {world.reviewer.name} can resolve it." in html
        assert 'value="resolved"' not in html and 'value="set-aside"' not in html
        assert ('value="done"' in html) is (user != world.operator)


def test_a_refused_remark_keeps_what_was_typed_at_its_place(world, signed_in):
    client = signed_in(world.author)
    response = client.post(f"{page(world)}remark/", {"node": "b-nowhere", "text": "Nowhere."})
    assert response.status_code == 409
    assert "This edition does not have that passage" in response.content.decode()
    first = add_remark(world.waiting, user=world.reviewer, text="Here.")
    before = state()
    response = client.post(f"{page(world)}remark/", {"thread": first.pk, "act": "reopened", "text": "Kept <words>"})
    assert response.status_code == 409
    assert "Kept &lt;words&gt;</textarea>" in response.content.decode()
    assert state() == before


def test_what_was_typed_and_open_threads_stand_in_no_closed_fold(world, signed_in):
    """Blocks that did not change are folded, and so are all words of a page that is new."""
    client = signed_in(world.author)
    live = f"/admin/desk/editions/{world.edition.pk}/"
    for address, edition in ((page(world), world.waiting), (live, world.edition)):
        node = next(node.id for node in edition.tree.walk() if node.type == "paragraph")
        refused = client.post(f"{address}remark/", {"node": node, "text": "x" * 5000})
        add_remark(edition, user=world.reviewer, text="Says who?", node_id=node)
        for response, words in ((refused, "x" * 5000), (client.get(address), "Says who?")):
            root = rendered.parsed(response)
            closed = [item for item in root.iter("details") if "open" not in item.attrib]
            assert words in "".join(root.itertext())
            assert words not in "".join(text for item in closed for text in item.itertext())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": "Says who?", "ask": "@{name}"}, "@{name} Says who?"),
        ({"text": "Says who?", "ask": "{name}"}, "@{name} Says who?"),
        ({"text": "@{name}, says who?", "ask": "@{name}"}, "@{name}, says who?"),
        ({"text": "Says who?", "ask": " "}, "Says who?"),
    ],
)
def test_a_colleague_is_chosen_without_a_script(world, signed_in, typed, said):
    client, name = signed_in(world.author), world.reviewer.username
    html = client.get(page(world)).content.decode()
    assert f'<bdi>{world.reviewer.name}</bdi> · <code dir="ltr">@{name}</code>' in html
    given = {key: value.format(name=name) for key, value in typed.items()}
    assert client.post(f"{page(world)}remark/", given).status_code == 302
    made = Remark.objects.get()
    assert made.text == said.format(name=name)
    assert [mention.user for mention in made.mentions.all()] == ([world.reviewer] if "@" in said else [])


def test_whom_nobody_knows_is_not_asked_in_silence_and_what_was_typed_stays(world, signed_in):
    client, before = signed_in(world.author), state()
    first = {"node": "", "text": "Says who?", "ask": "@helen"}
    for given in (first, {"node": "", "text": "@helen, says who?"}):
        response = client.post(f"{page(world)}remark/", given)
        html = response.content.decode()
        assert response.status_code == 409
        assert "There is no user named \u2068@helen\u2069" in html
        assert f"{given['text']}</textarea>" in html
        assert html.count('value="@helen"') == (1 if "ask" in given else 0)
    assert state() == before


@pytest.mark.parametrize("data", [{"thread": "x"}, {"act": "x", "text": "y"}, {"text": "x" * 5000}, {"thread": "0"}])
def test_what_no_form_sends_is_refused_and_changes_nothing(world, signed_in, data):
    client, before = signed_in(world.author), state()
    assert client.post(f"{page(world)}remark/", data).status_code == 400
    assert state() == before


def test_titles_are_marked_with_the_language_they_are_in(world, signed_in):
    edition = Edition.objects.get(document=world.live, language="es")
    client = signed_in(world.reviewer)
    root = rendered.parsed(client.get(f"/admin/desk/editions/{edition.pk}/"))
    assert [(item.get("lang"), item.get("dir")) for item in root.iter("h1")] == [("es", "ltr")]
    root = rendered.parsed(client.get("/admin/desk/?tab=all"))
    titles = {item.text: item.get("lang") for item in root.iter("bdi")}
    assert titles[world.waiting.title] == "en"


def test_who_may_not_remark_is_offered_no_form(world, signed_in):
    assert "Send remark" in signed_in(world.author).get(page(world)).content.decode()
    assert "Send remark" not in signed_in(world.operator).get(page(world)).content.decode()


def test_a_remark_stands_beside_its_field_where_it_is_written_and_is_answered_there(world, signed_in):
    node = next(node.id for node in world.waiting.tree.walk() if node.type == "paragraph")
    first = add_remark(world.waiting, user=world.reviewer, text="24, not 42", node_id=node)
    whole = add_remark(world.waiting, user=world.reviewer, text="Too long.")
    write = f"/admin/articles/article/{world.waiting_document.pk}/change/"
    client = signed_in(world.author)
    root = rendered.parsed(client.get(write))
    by_id = {element.get("id"): element for element in root.iter() if element.get("id")}
    field = by_id["field-sections-0-body"]
    assert by_id[f"thread-{first.pk}"] in list(field.iter())
    [fold] = [fold for fold in root.iter("details") if field in list(fold.iter())]
    assert fold.get("open") is not None
    assert by_id[f"thread-{whole.pk}"] in list(by_id["open-remarks"].iter())
    for remark, buttons in ((first, ["", "done"]), (whole, ["", "done"])):
        form = by_id[f"answering-{remark.pk}"]
        outside = [item for item in root.iter() if item.get("form") == form.get("id")]
        assert [item.get("value", "") for item in outside if item.tag == "button"] == buttons
        assert [item.get("name") for item in outside if item.tag == "textarea"] == ["text"]
        assert form not in list(by_id["write"].iter())
        sent = {item.get("name"): item.get("value") for item in form.iter("input")} | {"act": "done", "text": "It is."}
        sent.pop("csrfmiddlewaretoken", None)
        assert client.post(form.get("action"), sent).status_code == 302
        assert [answer.act for answer in remark.answers.all()] == ["done"]
    html = client.get(write).content.decode()
    assert "2 open remarks" in html and "It is." in html


def test_authors_and_translators_find_open_remarks_where_they_write(world, signed_in):
    first = add_remark(world.waiting, user=world.reviewer, text="Says who?")
    link = f"{page(world)}#remark-{first.pk}"
    write = f"/admin/articles/article/{world.waiting_document.pk}/change/"
    assert link in signed_in(world.author).get(write).content.decode()
    spanish = Edition.objects.get(document=world.live, language="es")
    first = add_remark(spanish, user=world.reviewer, text="¿Quién lo dice?")
    translate = signed_in(world.translator).get(f"/admin/translate/{world.live.pk}/es/").content.decode()
    assert f"/admin/desk/editions/{spanish.pk}/#remark-{first.pk}" in translate
