"""What the checks say of one text as it is typed is what they would say of it on the whole page."""

from dataclasses import replace
from unittest import mock

import pytest

from editorial.checks.dismissals import dismiss_finding
from editorial.checks.report import build_report
from editorial.editions.freezing import find_signed_source
from editorial.editions.tree import inline
from editorial.editions.tree.units import find_units
from editorial.translations import opened_page
from editorial.translations.opened_page import OpenPage
from tests.desk.forms import filled
from tests.factories import pages
from tests.translations.open_unit import LEAD, path

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TYPED = [
    "",
    "This one tells of three things.",
    "Tome 20 mg cada 3 semanas, no más de 40 mg, antes del 4 de marzo de 2026..",
    "No se lo diga a nadie.  Llame al 1-800-4-CANCER de inmediato ; es seguro y siempre cura el cáncer",
    "Lea https://example.org/x aquí [@schmid-2020]",
    "一 二 三。",
]


def whole_page_report(page: OpenPage, unit, words):
    """The same of all blocks, of which this one's are taken."""

    def build(checked, hrefs, **keywords):
        return build_report(replace(checked, about=""), hrefs, **keywords)

    with mock.patch.object(opened_page, "build_report", build):
        return page.typed_report(unit, words)


def entries(report) -> list:
    listed = [(check.id, entry) for check, found in report.groups for entry in found]
    told = [*listed, *(("", entry) for entry in report.dismissed)]
    return [
        (check, entry.label, entry.can_be_dismissed, entry.dismissal, entry.finding.digest, entry.finding.places)
        for check, entry in told
    ]


@pytest.mark.parametrize("language", ["es", "ar"])
@pytest.mark.parametrize("is_translated", [False, True])
def test_one_text_is_told_what_the_page_is(document, translator, language, is_translated):
    if is_translated:
        pages.translate(document, language, translator)
    page = OpenPage(document, language, find_signed_source(document), translator)
    said = set()
    for unit in find_units(page.source.tree):
        for typed in TYPED:
            words = inline.from_text(typed) if unit.is_rich else typed
            report = page.typed_report(unit, words)
            assert entries(report) == entries(whole_page_report(page, unit, words)), (unit.place, typed)
            assert report.unread == page.report.unread
            said |= {check.id for check, _entries in report.groups}
    assert len(said) > 5


def test_what_was_dismissed_is_told_as_on_the_page(document, translated, translator):
    source = find_signed_source(document)
    advice = [entry for _check, found in OpenPage(document, "es", source, translator).report.groups for entry in found]
    entry = next(entry for entry in advice if entry.can_be_dismissed and entry.finding.places[0].word)
    dismiss_finding(document, "es", check=entry.check.id, node_id=entry.node_id, user=translator, reason="It is so.")
    page = OpenPage(document, "es", source, translator)
    units = [unit for unit in find_units(source.tree) if unit.node.id == entry.node_id]
    saved = [page.typed_report(unit, page.words[unit.place]) for unit in units]
    assert [entries(report) for report in saved] == [entries(page.findings(unit)) for unit in units]
    assert any(report.dismissed for report in saved)


def test_other_texts_are_not_looked_at(desk, document, translated):
    """Neither for the text that is open nor for the page."""

    form = filled(desk.get(path(document, unit=LEAD)))
    with mock.patch.object(OpenPage, "report", property(lambda page: pytest.fail("the whole page was checked"))):
        answer = desk.post(f"{path(document)}findings/", {**form, "words": "Un resumen de 20 mg"})
    assert answer.status_code == 200 and "unit-findings" in answer.content.decode()
