"""The page of a back-check: the translation alone, then beside its source, then a signature."""

import pytest
from django.utils.html import escape

from editorial.editions.models import Meaning, SignOff
from editorial.editions.tree.units import find_units
from editorial.reviews.models import SignOffPolicy
from tests.desk.conftest import state
from tests.desk.forms import agreed, filled, forms
from tests.factories import pages, people
from tests.factories.people import PASSWORD
from tests.layers import layer
from tests.parsing import parse_page

pytestmark = pytest.mark.django_db

BODY = "<p>Take 50 mg each time.</p><p>It has a nice colour.</p><p>Do not drive.</p>"
WRITTEN = "Take 50 mg each time"


class Waiting:
    """A Spanish edition that policy asks to be back-checked."""

    def __init__(self):
        self.author, self.translator = people.author(), people.translator("es")
        self.signer, self.checker = people.reviewer("es"), people.reviewer("en", "es")
        self.document = pages.article(self.author, sections=[{"heading": "Dose", "body": BODY}])
        pages.publish(self.document, self.author, people.reviewer("en"))
        SignOffPolicy.objects.create(language="es", back_check=True)
        pages.translate(self.document, "es", self.translator)
        self.edition = pages.submit(self.document, "es", user=self.translator)
        self.address = f"/admin/desk/editions/{self.edition.pk}/back-check/"


@layer
def waiting() -> Waiting:
    return Waiting()


def _boxes(response, kind: str) -> dict[str, str]:
    fields = next(form["form"] for form in forms(response) if form["form"].get("id") == "back-check")
    return {
        field.get("name"): "" for field in fields.iter(kind) if field.get("name", "").startswith(("text-", "same-"))
    }


def _token(response) -> dict[str, str]:
    return {"written": next(form["fields"]["written"] for form in forms(response) if "written" in form["fields"])}


def _read(client, waiting, words: str = WRITTEN):
    """Both steps up to the page that compares."""
    response = client.get(waiting.address)
    return client.post(waiting.address, _token(response) | dict.fromkeys(_boxes(response, "textarea"), words))


def test_the_translation_stands_alone_first(waiting, signed_in):
    html = signed_in(waiting.checker).get(waiting.address).content.decode()
    assert "es Take 50 mg" in html
    body = "".join(parse_page(html).find(".//*[@id='back-check']").itertext())
    for unit in find_units(waiting.edition.source_edition.tree):
        words = unit.node.plain(unit.place[1])
        assert words not in body.replace(f"es {words}", "")
    assert "nice colour" not in html


def test_then_the_source_stands_beside_it_with_what_was_written_and_what_differs(waiting, signed_in):
    response = _read(signed_in(waiting.checker), waiting, "Take 500 mg each time")
    html = response.content.decode()
    assert response.status_code == 200
    assert "Take 50 mg each time." in html
    assert "Take 500 mg each time" in html
    [missing, *_others] = parse_page(html).findall(".//p[@class='why']")
    assert "50 mg" in "".join(missing.itertext())


def test_it_is_signed_with_each_text_ticked(waiting, signed_in):
    client = signed_in(waiting.checker)
    compared = _read(client, waiting)
    ticks = dict.fromkeys(_boxes(compared, "input"), "1")
    assert len(ticks) == 2
    before = state()
    refused = client.post(waiting.address, {**_token(compared), "password": PASSWORD, **dict([*ticks.items()][:1])})
    assert refused.status_code == 409
    assert "Tick each text" in refused.content.decode()
    assert state() == before
    done = client.post(waiting.address, {**_token(compared), "password": PASSWORD, **ticks})
    assert done.status_code == 302
    assert SignOff.objects.get(edition=waiting.edition).meaning == Meaning.BACK_CHECKED
    page = client.get(f"/admin/desk/editions/{waiting.edition.pk}/").content.decode()
    assert WRITTEN in page


def test_what_was_not_written_is_refused_and_the_rest_stays(waiting, signed_in):
    client = signed_in(waiting.checker)
    response = client.get(waiting.address)
    first, second = _boxes(response, "textarea")
    refused = client.post(waiting.address, {**_token(response), first: WRITTEN, second: " "})
    assert refused.status_code == 400
    assert filled(refused)[first] == WRITTEN
    assert "Still to do: 1" in refused.content.decode()


@pytest.mark.parametrize("token", ["", "nonsense", "another's"])
def test_nothing_is_signed_that_was_not_read_on_this_page_by_this_person(waiting, signed_in, token):
    other, client = people.reviewer("en", "es"), signed_in(waiting.checker)
    compared = _read(client, waiting)
    ticks = dict.fromkeys(_boxes(compared, "input"), "1")
    if token == "another's":
        token = _token(_read(signed_in(other), waiting))["written"]
    before = state()
    response = client.post(waiting.address, {"written": token, "password": PASSWORD, **ticks})
    assert response.status_code in (400, 409)
    assert state() == before


def test_many_texts_are_read_some_at_a_time(waiting, signed_in):
    document = pages.article(
        waiting.author, sections=[{"heading": "Dose", "body": "".join(f"<p>Day: {n} mg.</p>" for n in range(1, 46))}]
    )
    pages.publish(document, waiting.author, people.reviewer("en"))
    pages.translate(document, "es", waiting.translator)
    edition = pages.submit(document, "es", user=waiting.translator)
    client, address = signed_in(waiting.checker), f"/admin/desk/editions/{edition.pk}/back-check/"
    response, counts = client.get(address), []
    while boxes := _boxes(response, "textarea"):
        counts.append(len(boxes))
        response = client.post(address, _token(response) | dict.fromkeys(boxes, "x"))
    assert counts == [20, 20, 5]
    assert len(_boxes(response, "input")) == 45


def test_who_may_not_is_told_why_and_sees_no_form(waiting, signed_in):
    for person, why in (
        (waiting.signer, "may sign pages in English too"),
        (waiting.translator, "Only medical reviewers"),
    ):
        html = signed_in(person).get(waiting.address).content.decode()
        assert why in html
        assert 'id="back-check"' not in html


def test_the_queue_leads_those_who_may_to_it(waiting, signed_in):
    pages.sign(waiting.edition, waiting.signer)
    html = signed_in(waiting.checker).get("/admin/desk/").content.decode()
    assert waiting.address in html
    assert "back-check" in html
    mono = signed_in(people.reviewer("es")).get("/admin/desk/?tab=mine").content.decode()
    assert waiting.address not in mono
    filtered = signed_in(waiting.checker).get("/admin/desk/?tab=all&reason=back-check").content.decode()
    assert waiting.address in filtered


def test_a_signer_asks_for_it_on_the_page_of_the_edition(waiting, signed_in):
    SignOffPolicy.objects.all().delete()
    document = pages.article(waiting.author, sections=[{"heading": "Dose", "body": BODY}])
    pages.publish(document, waiting.author, people.reviewer("en"))
    pages.translate(document, "es", waiting.translator)
    edition = pages.submit(document, "es", user=waiting.translator)
    typed = {"sign-password": PASSWORD, "sign-asks_back_check": "on", **agreed(edition, "sign")}
    response = signed_in(waiting.signer).post(f"/admin/desk/editions/{edition.pk}/sign/", typed, follow=True)
    assert "Readers will see it after its back-check." in response.content.decode()
    assert not edition.releases.exists()


def test_readers_are_told_who_made_it(waiting, client, signed_in):
    pages.sign(waiting.edition, waiting.signer)
    checker = signed_in(waiting.checker)
    compared = _read(checker, waiting)
    checker.post(
        waiting.address, {**_token(compared), "password": PASSWORD, **dict.fromkeys(_boxes(compared, "input"), "1")}
    )
    html = client.get(f"/es/articles/{waiting.document.slug}/").content.decode()
    line = html.partition('class="review-names"')[2].partition("</span>")[0]
    assert escape(waiting.signer.name) in line
    assert escape(waiting.checker.name) not in line
    assert escape(waiting.checker.name) in html
    # The day is that on which the signers read it, not that of the back-check.
    words = html.partition('class="review-words"')[2]
    assert words.index("review-dates") < words.index(escape(waiting.checker.name))
