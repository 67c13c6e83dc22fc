"""What is handed in: the editor's own dialect passes, anything else is imported, nothing invisible is kept."""

import pytest
from hypothesis import given

from editorial.editions.importing.typed_html import is_foreign, read_typed_html
from editorial.editions.tree import prose
from editorial.editions.working.rows import set_words
from tests.editions.strategies import blocks
from tests.factories import pages


@given(blocks)
def test_what_the_editor_writes_passes_unchanged(made):
    html = prose.write(made)
    assert read_typed_html(html).html == html
    assert not is_foreign(html)


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/x" rel="noopener" target="_blank">a</a></p>',
        '<table><tbody><tr><td colspan="1" rowspan="1"><p>a</p></td></tr></tbody></table>',
        "<p>5 < 6 & 7</p>",
        "text alone",
        "",
    ],
)
def test_what_the_editor_adds_is_not_foreign(html):
    assert read_typed_html(html).html == html


@pytest.mark.parametrize(
    "html",
    ["<div>a</div>", "<p class=MsoListParagraph>a</p>", "<p><s>a</s></p>", '<p style="display:none">a</p>',
     "<h1>a</h1>", '<table><tr><td colspan="2">a</td></tr></table>', "<p><img>a</p>", "<script>a</script>",
     "<p><SPAN>a</SPAN></p>"],
)  # fmt: skip
def test_anything_else_is_foreign(html):
    assert is_foreign(html)


def test_foreign_words_of_one_block_are_its_lines():
    html = "<h2>a</h2><ul><li>b</li></ul><table><tr><th>c</th><th>d</th></tr><tr><td>1</td><td>2</td></tr></table>"
    read = read_typed_html(html, is_one_block=True)
    assert read.html == "<p><strong>a</strong><br>• b<br>c | d<br>1 | 2</p>"
    assert any("that are lines of text now: 3" in change for change in read.changes)


@pytest.mark.django_db
def test_a_service_loses_no_word_of_a_forged_form(workplace):
    row = pages.working(workplace.document)
    set_words(row, "lead", "2\u200b0\u00a0mg \u202eno\u202c")
    assert row.lead_en == "20\u00a0mg no"
    section = row.sections.model(article=row)
    set_words(
        section, "body", "<table><tr><td>CPS 10</td><td>200 mg</td></tr></table><p>10<sup>9</sup></p>", form="prose"
    )
    assert (
        "<td>CPS 10</td>" in section.body_en.replace(' data-id=""', "").replace('"', "") or "CPS 10<" in section.body_en
    )
    assert "10<sup>9</sup>" in section.body_en
    set_words(row, "title", "\u200b")
    assert not row.title_en
