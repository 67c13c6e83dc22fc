"""Terms on the desk: the list, a term's page, and beside the text that somebody translates."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from editorial.translations.models import Term, TermTranslation
from editorial.translations.terms.services import TermWords, TypedTerm, add_term
from editorial.translations.terms.unit_terms import mark_terms
from editorial.translations.unit_aids import OpenUnit, unit_aids
from tests.factories import people
from tests.layers import layer
from tests.parsing import parse_page

pytestmark = pytest.mark.django_db

LIST = "/admin/translations/term/"


@layer
def head():
    return people.head()


@layer
def translator():
    return people.translator("es")


@layer
def team(head):
    translations = {
        "es": [TermWords("equipo médico"), TermWords("grupo", "forbidden", "Not a group.")],
        "ar": [TermWords("فريق الرعاية")],
    }
    return add_term(TypedTerm("care team", translations=translations), user=head)


def address(term: Term) -> str:
    return f"{LIST}{term.pk}/change/"


def sent(client, url: str, **changes) -> dict:
    """The form's own fields as a browser sends them, with changes."""
    form = client.get(url).context["form"]
    return {**{name: form[name].value() or "" for name in form.fields}, **changes}


def test_a_translator_adds_a_term_and_changes_it(signed_in, translator):
    client = signed_in(translator)
    data = sent(
        client, f"{LIST}add/", text="lymph node", es_0_text="ganglio", es_1_text="nódulo", es_1_level="forbidden"
    )
    assert client.post(f"{LIST}add/", data).status_code == 302
    term = Term.objects.get()
    data = sent(client, address(term), es_0_text="ganglio linfático", es_1_text="")
    assert client.post(address(term), data).status_code == 302
    assert [*TermTranslation.objects.values_list("text", "level")] == [("ganglio linfático", "required")]


def test_what_was_typed_stays_when_it_is_refused(signed_in, team, head, translator):
    client = signed_in(translator)
    data = sent(client, address(team), es_0_text="equipo de salud")
    data_of_head = sent(signed_in(head), address(team), es_0_text="equipo clínico")
    assert signed_in(head).post(address(team), data_of_head).status_code == 302
    refused = client.post(address(team), data)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert "equipo de salud" in page and "equipo clínico" in page and head.name in page
    again = {**data, "seen": refused.context["form"]["seen"].value()}
    assert client.post(address(team), again).status_code == 302
    heads = signed_in(head)
    assert heads.post(address(team), {**sent(heads, address(team)), "text": ""}).status_code == 400
    # What also counts in another language stays as it is, whatever is sent.
    assert client.post(address(team), {**sent(client, address(team)), "text": "another"}).status_code == 302
    assert Term.objects.get().text == "care team"


def test_who_may_not_decide_sees_what_is_decided_and_by_whom(signed_in, team, head):
    page = parse_page(signed_in(people.reviewer()).get(address(team)))
    assert "equipo médico" in page.text_content() and head.name in page.text_content()
    assert page.findall(".//form[@class='panel term-form']") == []


def test_a_term_is_retired_and_brought_back(signed_in, team, head):
    client = signed_in(head)
    for is_retired in (True, False):
        assert client.post(f"{LIST}{team.pk}/retire/").status_code == 302
        assert Term.objects.get().is_retired == is_retired
        assert client.get(address(team)).status_code == 200


def test_the_list_is_searched_by_language_and_asks_no_more_for_more_terms(signed_in, team, head):
    client = signed_in(head)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(12):
        add_term(TypedTerm(f"term {number}", translations={"vi": [TermWords(f"từ {number}")]}), user=head)
    assert queries() == few
    assert "term 3" in client.get(LIST, {"q": "từ 3"}).content.decode()
    page = client.get(LIST, {"language": "es"}).content.decode()
    assert "care team" in page and "term 3" not in page
    assert client.get(LIST, {"language": "xx"}).status_code == 200


def test_terms_of_the_open_unit_stand_beside_it(team, translator, head):
    add_term(TypedTerm("FDA", is_kept=True), user=head)
    words = type("Words", (), {"source": "Call your care team about the FDA: care teams know."})()
    opened = OpenUnit(document=None, language="es", source=None, unit=words, typed="", user=translator)
    page = unit_aids(opened)["terms"]
    assert page.count("<li>") == 2
    assert 'data-insert="equipo médico"' in page and 'data-insert="FDA"' in page
    assert 'aria-keyshortcuts="Alt+1"' in page and 'aria-keyshortcuts="Alt+2"' in page
    assert 'data-insert="grupo"' not in page and "Not a group." in page and head.name in page
    words.source = "Nothing."
    assert "terms" not in unit_aids(opened)


def test_terms_are_marked_in_the_source_and_nothing_else_is_touched(team):
    html = '<a href="/care team/">Your care team</a> &amp; <em>x &lt; y</em>'
    marked = mark_terms(html, "es")
    assert marked == (
        '<a href="/care team/">Your <mark class="term" title="equipo médico">care team</mark></a> &amp; '
        "<em>x &lt; y</em>"
    )
    assert mark_terms(html, "vi") == html
