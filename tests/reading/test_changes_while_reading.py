"""A page asks several questions; what is committed between two of them is no corruption."""

from django.test import RequestFactory
from django.utils.translation import override

from editorial.editions.models import CorruptEdition
from editorial.reading.responses import PublicPage, public_view


def answers(*, failures: int) -> int:
    """The status of a page whose records do not fit together for the first few times."""
    asked = iter(range(10))

    @public_view
    def view(request, language):
        if next(asked) < failures:
            raise CorruptEdition("It does not rest on what was signed.")
        return PublicPage("reading/unavailable.html", {"languages": []}, ["page"], 200)

    with override("en"):
        return view(RequestFactory().get("/en/")).status_code


def test_a_page_whose_records_fit_when_asked_again_is_shown(db, caplog):
    assert answers(failures=1) == 200
    assert not caplog.records


def test_a_page_whose_records_never_fit_is_not_shown(db, caplog):
    assert answers(failures=9) == 503
    assert [record.levelname for record in caplog.records] == ["CRITICAL"]
