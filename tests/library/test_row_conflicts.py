"""What several pages share has no version: still nobody overwrites what they have not seen."""

from datetime import date
from io import BytesIO

import pytest

from editorial.editions.blockers import Blocked
from editorial.editions.working.copies import save_row
from editorial.editions.working.row_conflicts import RowChanged, last_seen
from editorial.library.services import create_reference, save_figure, save_reference
from tests.factories import figures, pages, people

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def _reference(user):
    return create_reference(user=user, **pages.reference())


# (makes one, saves it, what they change meanwhile, what I change)
OVERTAKEN = {
    "figure, its words": (figures.figure, save_figure, {"alt": "Theirs."}, {"caption": "Mine."}),
    "figure, its license": (figures.figure, save_figure, {"licence": "CC0"}, {"caption": "Mine."}),
    "figure, its picture": (figures.figure, save_figure, {"upload": figures.drawing()}, {"caption": "Mine."}),
    "reference, the same field": (_reference, save_reference, {"title": "Theirs"}, {"title": "Mine"}),
    "reference, another field": (_reference, save_reference, {"pmid": "77"}, {"title": "Mine"}),
    "reference, its day": (_reference, save_reference, {"accessed_on": date(2026, 4, 1)}, {"title": "Mine"}),
}


def _given(fields: dict) -> dict:
    return {name: BytesIO(value) if name == "upload" else value for name, value in fields.items()}


@pytest.fixture(params=OVERTAKEN)
def case(request):
    make, save, theirs, mine = OVERTAKEN[request.param]
    return make(people.author()), save, _given(theirs), mine


def test_nobody_overwrites_what_they_have_not_seen(case):
    row, save, theirs, mine = case
    me, somebody, seen = people.author(), people.head(), last_seen(row)
    save(row, user=somebody, seen=seen, **theirs)
    count = row.history.count()
    with pytest.raises(RowChanged, match=somebody.name):
        save(row, user=me, seen=seen, **mine)
    assert row.history.count() == count
    saved = save(row, user=me, seen=last_seen(row), **mine)
    assert row.history.latest("history_id").history_user == me
    assert row.history.count() == count + 1
    assert saved.history.count() == count + 1


def test_what_is_changed_and_changed_back_is_no_reason_to_refuse():
    author = people.author()
    row = _reference(author)
    seen, title = last_seen(row), row.title
    save_reference(row, user=author, title="Another")
    save_reference(row, user=author, title=title)
    assert save_reference(row, user=author, seen=seen, source="Mine").source == "Mine"


def test_a_translation_that_came_meanwhile_is_no_reason_to_refuse_and_its_translator_is_not_blamed():
    author, theirs, translator = people.author(), people.head(), people.translator("es")
    figure = figures.figure(author)
    seen = last_seen(figure)

    def translate(text: str):
        figure.refresh_from_db()
        figure.alt_es = text
        save_row(figure, user=translator, reason="")

    translate("En español.")
    assert save_figure(figure, user=author, seen=seen, caption="Mine.").alt_es == "En español."
    seen = last_seen(figure)
    save_figure(figure, user=theirs, caption="Theirs.")
    translate("Otra vez.")
    with pytest.raises(RowChanged, match=theirs.name):
        save_figure(figure, user=author, seen=seen, caption="Mine again.")


@pytest.mark.parametrize("forged", [0, 10**12])
def test_a_form_that_was_never_opened_overwrites_nothing(forged):
    author = people.author()
    row = _reference(author)
    with pytest.raises(Blocked, match="in another tab"):
        save_reference(row, user=author, seen=forged, title="Mine")
    row.refresh_from_db()
    assert row.title != "Mine"
