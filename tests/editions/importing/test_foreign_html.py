"""Foreign HTML by cases: what it becomes, and what is told of it."""

import pytest

from editorial.editions.blockers import Blocked
from editorial.editions.importing.foreign_html import read_html


def row(*cells: str, tag: str = "td") -> str:
    return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"


def word_item(marker: str, text: str, level: int = 1) -> str:
    return (
        f'<p class="MsoListParagraphCxSpMiddle" style="margin-left:36.0pt;mso-list:l0 level{level} lfo1">'
        f'<![if !supportLists]><span style="mso-list:Ignore">{marker}<span style="font:7pt Times">&nbsp;'
        f"&nbsp; </span></span><![endif]>{text}<o:p></o:p></p>"
    )


def read_item(*texts: str) -> str:
    return "".join(f"<li><p>{text}</p></li>" for text in texts)


HEAD = f"<thead>{row('Drug', 'Dose', tag='th')}</thead>"
# (what comes in, what is read; nothing is told)
SILENT = {
    "a power": ("<p>1.5 × 10<sup>9</sup>/L, CO<sub>2</sub></p>", "<p>1.5 × 10<sup>9</sup>/L, CO<sub>2</sub></p>"),
    "a power by style": (
        "<p>10<span style='font-size:60%;vertical-align:super'>9</span></p>", "<p>10<sup>9</sup></p>",
    ),
    "a power that Word raised": (
        "<p>10<span style='position:relative;top:-4pt;mso-text-raise:4.0pt'>9</span></p>", "<p>10<sup>9</sup></p>",
    ),
    "a power by a class of the page": (
        "<style>.c1{vertical-align:super}</style><p>10<span class=c1>9</span></p>", "<p>10<sup>9</sup></p>",
    ),
    "a table": (
        f"<table>{row('Drug', 'Dose', tag='th')}{row('CPS 10', '200 mg')}</table>",
        f"<table>{HEAD}<tbody>{row('CPS 10', '200 mg')}</tbody></table>",
    ),
    "a table whose head is its head": (
        f"<table><caption>Doses</caption><thead>{row('Drug', 'Dose')}</thead>{row('<p>CPS 10</p>', '<p>2</p><p>3</p>')}"
        "</table>",
        f"<table><caption>Doses</caption>{HEAD}<tbody>{row('CPS 10', '2<br>3')}</tbody></table>",
    ),
    "a column of headings": (
        "<table><tr><th>Dose</th><td>2</td></tr><tr><th>Route</th><td>vein</td></tr></table>",
        "<table><tbody><tr><th>Dose</th><td>2</td></tr><tr><th>Route</th><td>vein</td></tr></tbody></table>",
    ),
    "columns that only merged cells make": (
        f"<table>{row('Drug', 'Dose', tag='th')}<tr><td>a</td><td colspan=3>b</td></tr></table>".replace(
            "<th>Dose", "<th colspan=3>Dose"
        ),
        f"<table>{HEAD}<tbody>{row('a', 'b')}</tbody></table>",
    ),
    "rows and columns without words": (
        f"<table>{row('Drug', '', 'Dose', tag='th')}{row('', '&nbsp;', '')}{row('a', '', 'b')}</table>",
        f"<table>{HEAD}<tbody>{row('a', 'b')}</tbody></table>",
    ),
    "cells outside any table": ("<td>200</td><td>mg</td>", "<p>200 mg</p>"),
    "a table of one cell": ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "<p>a</p><p>b</p>"),
    "a link whose words look like an address": (
        '<p>See <a href="https://www.cancer.gov/about-cancer/side-effects">cancer.gov</a></p>',
        '<p>See <a href="https://www.cancer.gov/about-cancer/side-effects">cancer.gov</a></p>',
    ),
    "a link of Google Docs": (
        '<a href="https://a.org/b" style="text-decoration:none"><span style="text-decoration:underline;color:#1155cc">x'
        "</span></a>",
        '<p><a href="https://a.org/b">x</a></p>',
    ),
    "a table of Google Docs": (
        '<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-2"><div dir="ltr" align="left">'
        '<table style="border:none"><colgroup><col width="301"/><col/></colgroup><tbody><tr><th><p dir="ltr">'
        '<span style="font-weight:700;white-space:pre-wrap">Drug</span></p></th><th><p><span>Dose</span></p></th></tr>'
        "</tbody></table></div><br /></b>",
        f"<table>{HEAD}</table>",
    ),
    "a numbered heading of Word": (
        "<h3 style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>2.1<span>&nbsp;</span>"
        "</span><![endif]>Dosing</h3>",
        "<h3>2.1\u00a0Dosing</h3>",
    ),
    "what a browser copies": (
        '<meta charset="utf-8"><span style="font: 400 16px/1.5 Arial; font-style: normal; text-decoration-line: none; '
        'white-space: normal; display: inline !important;">Platelets 10<sup style="position: relative; top: -0.5em; '
        'vertical-align: baseline; font-size: 75%">9</sup>/L</span>',
        "<p>Platelets 10<sup>9</sup>/L</p>",
    ),
    "a sheet of Excel": (
        "<table><col width=64 span=2><tr height=20><th class=xl63>Drug</th><th>Dose</th></tr><tr><td class=xl64>a</td>"
        "<td align=right x:num>200</td></tr></table>",
        f"<table>{HEAD}<tbody>{row('a', '200')}</tbody></table>",
    ),
    "a page of LibreOffice": (
        '<p lang="en-US" style="line-height: 100%; margin-bottom: 0in"><font face="Arial, sans-serif"><font size="2">'
        'CO<sub>2</sub>\n and so on</font></font></p><ol start="3"><li><p>a</p></li></ol>',
        f'<p>CO<sub>2</sub> and so on</p><ol start="3">{read_item("a")}</ol>',
    ),
    "a link with a space": ('<a href="https://a.org/b c.pdf">x</a>', '<p><a href="https://a.org/b%20c.pdf">x</a></p>'),
    "a document of Google Docs": (
        '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:400">Plain, </span>'
        '<span style="font-weight:700">bold, </span><span style="font-style:italic">slanted</span></p></b>',
        "<p>Plain, <strong>bold, </strong><em>slanted</em></p>",
    ),
    "bullets of Word": (word_item("·", "One") + word_item("·", "Two"), f"<ul>{read_item('One', 'Two')}</ul>"),
    "levels of Word": (
        word_item("·", "One") + word_item("o", "Below", 2) + word_item("§", "Deeper", 3) + word_item("·", "Two"),
        "<ul><li><p>One</p><ul><li><p>Below</p><ul><li><p>Deeper</p></li></ul></li></ul></li><li><p>Two</p></li></ul>",
    ),
    "numbers of Word": (
        word_item("4.", "Fourth") + word_item("5.", "Fifth") + "<p>Words between.</p>" + word_item("6.", "Sixth"),
        f'<ol start="4">{read_item("Fourth", "Fifth")}</ol><p>Words between.</p>'
        f'<ol start="6">{read_item("Sixth")}</ol>',
    ),
    "bullets of Word that are text": (
        "<p class=MsoListParagraph style='margin-left:.5in'><span style='font-family:Symbol'>·<span>&nbsp;&nbsp; "
        "</span></span>One</p><p class=MsoListParagraph style='margin-left:1.0in'>o<span>&nbsp;&nbsp; </span>Below</p>",
        "<ul><li><p>One</p><ul><li><p>Below</p></li></ul></li></ul>",
    ),
    "a second paragraph of an item of Word": (
        word_item("·", "One") + "<p class=MsoListParagraphCxSpMiddle>More</p>" + word_item("·", "Two"),
        "<ul><li><p>One</p><p>More</p></li><li><p>Two</p></li></ul>",
    ),
    "a list of Word in the browser": (
        '<div class="ListContainerWrapper BCX0"><ol start="1"><li data-aria-level="1"><p>One</p></li></ol></div>'
        '<div class="ListContainerWrapper BCX0"><ul><li data-aria-level="2"><p>Below</p></li></ul></div>'
        '<div class="ListContainerWrapper BCX0"><ol start="2"><li data-aria-level="1"><p>Two</p></li></ol></div>',
        "<ol><li><p>One</p><ul><li><p>Below</p></li></ul></li><li><p>Two</p></li></ol>",
    ),
    "lists that Google Docs saves": (
        '<ul class="c1 lst-kix_a-0 start"><li>One</li></ul><ul class="c1 lst-kix_a-1 start"><li>Below</li></ul>'
        '<ul class="c1 lst-kix_a-0"><li>Two</li></ul>',
        "<ul><li><p>One</p><ul><li><p>Below</p></li></ul></li><li><p>Two</p></li></ul>",
    ),
    "a number that jumps": (
        "<ol><li>a</li><li value=5>b</li></ol>", f'<ol>{read_item("a")}</ol><ol start="5">{read_item("b")}</ol>',
    ),
    "a list that starts later": ('<ol start="4"><li>Fourth</li></ol>', f'<ol start="4">{read_item("Fourth")}</ol>'),
    "a list beside its item": (
        "<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>",
    ),
    "a table in a list": (
        f"<ol><li>a<table>{row('Drug', 'Dose', tag='th')}{row('x', 'y')}</table>z</li><li>b</li></ol>",
        f"<ol>{read_item('a')}</ol><table>{HEAD}<tbody>{row('x', 'y')}</tbody></table><p>z</p>"
        f'<ol start="2">{read_item("b")}</ol>',
    ),
    "headings of a section": ("<h3>a</h3><h4>b</h4><h3>c</h3>", "<h3>a</h3><h4>b</h4><h3>c</h3>"),
    "a power in a heading": ("<h3>10<sup>9</sup></h3>", "<h3>10⁹</h3>"),
    "a word that was inserted in Word": (
        "<style>span.msoIns {text-decoration:underline}</style><p><span class=msoIns><ins>200</ins></span> mg</p>",
        "<p>200 mg</p>",
    ),
    "an inserted word": ("<p>Take <ins>200</ins> mg</p>", "<p>Take 200 mg</p>"),
    "empty lines": ("a<br>b<br><br>c", "<p>a<br>b</p><p>c</p>"),
    "empty paragraphs": ("<p>a</p><p>&nbsp;</p><p><br></p><p>b</p>", "<p>a</p><p>b</p>"),
    "blocks that styles make": ("<div>a<span style='display:block'>b</span>c</div>", "<p>a</p><p>b</p><p>c</p>"),
    "a quotation within a sentence": ("<p><q>a <q>b</q></q></p>", "<p>“a ‘b’”</p>"),
    "a detail": ("<details><summary>a</summary>b</details>", "<p>a</p><p>b</p>"),
    "what Word writes about itself": (
        "<html xmlns:o=x><head><style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang=EN-US>"
        "<!--StartFragment--><p class=MsoNormal><b><span lang=EN-US>a<o:p></o:p></span></b></p>"
        "<!--[if gte mso 9]><xml>b</xml><![endif]--><!--EndFragment--></body></html>",
        "<p><strong>a</strong></p>",
    ),
    "a no-break space before a unit": ("<p>200&nbsp;mg</p>", "<p>200\u00a0mg</p>"),
    "spaces that lay out a line": ("<p>a&nbsp; &nbsp;b</p>", "<p>a b</p>"),
    "marks of Arabic": ("<p>\u200fعلاج \u206712 mg\u2069</p>", "<p>\u200fعلاج \u206712 mg\u2069</p>"),
    "a letter of two signs": ("<p>cafe\u0301</p>", "<p>café</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("html", "read"), SILENT.values(), ids=SILENT)
def test_it_is_read_with_nothing_to_tell(html, read):
    imported = read_html(html)
    assert (imported.html, imported.changes) == (read, [])


# (what comes in, what is read, what the list says, in pieces)
TOLD = {
    "tracked changes": (
        "<p>Take <del>20</del><ins>200</ins> mg. Do <del>not</del> stop.</p>", "<p>Take 200 mg. Do stop.</p>",
        ["Struck-out passages left out: 2.", "“20”, “not”"],
    ),
    "a struck sign": ("<p>x <s>&ge;</s> 5</p>", "<p>x 5</p>", ["Struck-out passages left out: 1.", "“≥”"]),
    "a struck power": (
        "<p>a <s>10<sup>9</sup></s></p>", "<p>a</p>", ["Struck-out passages left out: 1.", "“10⁹”"],
    ),
    "struck in every way": (
        "<style>.c2{text-decoration:line-through}</style><p>a <s>1</s> <strike>2</strike> <span style='text-decoration:"
        "underline line-through'>3</span> <span class=msoDel>4</span> <span class=c2>5</span> b</p>", "<p>a b</p>",
        ["Struck-out passages left out: 5.", "“1”, “2”, “3”, “4”, “5”"],
    ),
    "hidden in every way": (
        "<p>a<span style='display:none'>1</span><span style='mso-hide:all'>2</span><span hidden>3</span><span style="
        "'font-size:0'>4</span><template>5</template> b</p>", "<p>a b</p>",
        ["Hidden passages left out: 5.", "“1”, “2”, “3”, “4”, “5”"],
    ),
    "a comment and a footnote of Word": (
        '<p>Call us<a href="#_msocom_1">[A1]</a> today.<a href="#_ftn1">[1]</a></p>', "<p>Call us today.</p>",
        ["Comments left out: 1.", "“[A1]”", "Footnotes and endnotes left out: 1.", "“[1]”"],
    ),
    "notes with their words": (
        "<p>a<a href='#_ftn1' name='_ftnref1'>[1]</a></p><div style='mso-element:footnote-list'><hr><div style="
        "'mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a href='#_ftnref1'>[1]</a> Only if needed</p></div>"
        "</div>", "<p>a</p>", ["Footnotes and endnotes left out: 1.", "“[1] Only if needed”"],
    ),
    "notes of LibreOffice": (
        "<p>a<a class='sdfootnoteanc' href='#sdfootnote1sym'><sup>1</sup></a></p><div id='sdfootnote1'><p><a class="
        "'sdfootnotesym' href='#sdfootnote1anc'>1</a> Only if needed</p></div>", "<p>a</p>",
        ["Footnotes and endnotes left out: 1.", "Only if needed”"],
    ),
    "notes and comments of Google Docs": (
        "<p>a<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup><a href='#cmnt1'>[a]</a></p>"
        "<div><p><a href='#ftnt_ref1'>[1]</a> Note</p></div><div><p><a href='#cmnt_ref1'>[a]</a> Why?</p></div>",
        "<p>a</p>",
        ["Comments left out: 1.", "Why?", "Footnotes and endnotes left out: 1.", "Note"],
    ),
    "headings of a page": (
        "<h1>Title</h1><h2>Before treatment</h2><h4>Blood tests</h4>",
        "<h3>Title</h3><h4>Before treatment</h4><h4>Blood tests</h4>",
        ["Headings with a new level: 2.", "“Title”, “Before treatment”"],
    ),
    "a heading that skips": ("<h4>a</h4><h6>b</h6>", "<h3>a</h3><h4>b</h4>", ["Headings with a new level: 2."]),
    "a heading of Word by style": (
        "<p class=MsoTitle style='mso-outline-level:1'>a</p>", "<h3>a</h3>", ["Headings with a new level: 1."],
    ),
    "a heading in a list": (
        "<ul><li><h3>a</h3>b</li></ul>", "<ul><li><p><strong>a</strong></p><p>b</p></li></ul>",
        ["Headings in lists and tables are bold text now: 1.", "“a”"],
    ),
    "a picture": (
        '<p>Before<img src="data:image/png;base64,iVBORw0KGgo=" alt="A port">After</p>', "<p>Before After</p>",
        ["Pictures left out: 1.", "as a figure, then choose it", "“A port”"],
    ),
    "a drawing with words": ("<svg><text>2 tablets</text></svg>", "", ["Pictures left out: 1.", "“2 tablets”"]),
    "merged cells": (
        f"<table>{row('Drug', 'Dose', tag='th')}<tr><td rowspan=2>a</td><td>1</td></tr><tr><td>2</td></tr></table>",
        f"<table>{HEAD}<tbody>{row('a', '1')}{row('a', '2')}</tbody></table>",
        ["Merged cells of tables split: 1.", "in each cell that they covered", "“a”"],
    ),
    "a table that is too wide": (
        f"<table>{row(*'abcdefghi')}{row(*'123456789')}</table>",
        "<p>a | b | c | d | e | f | g | h | i</p><p>1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9</p>",
        ["Tables with too many columns: 1.", "at most 8 columns"],
    ),
    "a table in a table": (
        f"<table><tr><td>a<table>{row('Drug', 'Dose', tag='th')}{row('x', 'y')}</table></td><td>b</td></tr></table>",
        f"<p>a</p><table>{HEAD}<tbody>{row('x', 'y')}</tbody></table><p>b</p>", ["Tables with a table inside: 1."],
    ),
    "a table without headings": (
        f"<table>{row('a', 'b')}{row('c', 'd')}</table>",
        f"<table><tbody>{row('a', 'b')}{row('c', 'd')}</tbody></table>", ["Tables without headings: 1."],
    ),
    "a bold first row": (
        f"<table>{row('<p><b>Drug</b></p>', '<b>Dose</b>')}{row('a', 'b')}</table>",
        f"<table>{HEAD}<tbody>{row('a', 'b')}</tbody></table>", ["bold first row is now their headings: 1."],
    ),
    "two rows of headings": (
        f"<table><thead>{row('Drug', 'Dose', tag='th')}{row('', 'mg', tag='th')}</thead>{row('a', 'b')}</table>",
        f"<table>{HEAD}<tbody>{row('', 'mg')}{row('a', 'b')}</tbody></table>", ["Further rows of headings", ": 1."],
    ),
    "a list in a cell": (
        f"<table>{row('Drug', 'Dose', tag='th')}{row('a', '<ol start=2><li>b</li><li>c</li></ol>')}</table>",
        f"<table>{HEAD}<tbody>{row('a', '2. b<br>3. c')}</tbody></table>",
        ["Lists in table cells are lines of text now: 1."],
    ),
    "a list of eight levels": (
        "".join(f"<ul><li>{level}" for level in range(8)) + "</li></ul>" * 8,
        "".join(f"<ul><li><p>{level}</p>" for level in range(6))
        + f"</li>{read_item('6', '7')}</ul>"
        + "</li></ul>" * 5,
        ["Items of lists deeper than 6 levels that are on level 6 now: 2."],
    ),
    "a number that no list here begins with": (
        "<ol start=12345><li>x</li></ol>" + word_item("12345.", "y"),
        f"<ol>{read_item('x')}</ol><ul>{read_item('12345. y')}</ul>",
        ["Letters and other numbers of lists", ": 1.", "“12345”"],
    ),
    "words where none are shown": (
        "<ruby>漢<rp>a</rp></ruby><annotation>b</annotation> <span style='mso-special-character:footnote'>c</span>",
        "<p>漢</p>", ["Hidden passages left out: 2.", "“a”, “b”", "Footnotes and endnotes left out: 1.", "“c”"],
    ),
    "letters of a list": (
        "<ol type=a><li>x</li></ol>", f"<ol>{read_item('x')}</ol>", ["Letters and other numbers of lists", ": 1."],
    ),
    "letters of a list of Word": (
        word_item("c)", "x") + word_item("d)", "y"), f'<ol start="3">{read_item("x", "y")}</ol>',
        ["Letters and other numbers of lists", ": 2.", "“c)”, “d)”"],
    ),
    "micrograms in the font Symbol": (
        "<p>5 <span style='font-family:Symbol;mso-char-type:symbol'>m</span>g, <font face=Symbol>\u00b3</font> 18 "
        "<span style='font-family:Wingdings'>à</span> <span style='font-family:Symbol'>\uf0a3</span></p>",
        "<p>5 μg, ≥ 18 → ≤</p>", ["Letters of a symbol font replaced", ": 4.", "“m → μ”"],
    ),
    "a letter of a font that nobody knows": (
        "<p style='font-family:Webdings'>a</p>", "<p>a</p>", ["Letters of a symbol font kept as letters: 1.", "“a”"],
    ),
    "a formula": (
        "<p><math><msup><mn>10</mn><mn>9</mn></msup><mo>/</mo><mi>L</mi></math> "
        "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math></p>",
        "<p>10<sup>9</sup>/L 1/2</p>", ["Formulas that are plain text now: 2.", "“10⁹/L”, “1/2”"],
    ),
    "links that lead nowhere": (
        "<p><a href='ftp://x.org'>a</a> <a href='#top'>b</a> <a href='www.cancer.gov/x'>c</a></p>",
        '<p>a b <a href="https://www.cancer.gov/x">c</a></p>',
        ["Links left out, their words kept: 2.", "http, https, mailto or tel", "“ftp://x.org”, “#top”",
         "“https://”: 1."],
    ),
    "a form": (
        "<p>a<input value=1><select><option>2</option></select><button>3</button><textarea>4</textarea></p>",
        "<p>a</p>", ["Form fields and buttons left out: 4.", "“1”, “2”, “3”, “4”"],
    ),
    "what is embedded": (
        "<p>a</p><iframe src='https://y.org/v'></iframe><script>b</script>", "<p>a</p>",
        ["Embedded content left out: 1.", "“https://y.org/v”", "Scripts left out: 1."],
    ),
    "an abbreviation": (
        "<p><abbr title='cytokine release syndrome'>CRS</abbr></p>", "<p>CRS</p>",
        ["Explanations of abbreviations left out: 1.", "“CRS: cytokine release syndrome”"],
    ),
    "definitions": (
        "<dl><dt>CRS</dt><dd>a reaction</dd></dl>", "<p><strong>CRS</strong></p><p>a reaction</p>",
        ["Definition lists that are paragraphs now: 1."],
    ),
    "fixed spacing": ("<pre>a  1\nb  2</pre>", "<p>a 1<br>b 2</p>", ["laid out with spaces: 1."]),
    "reading aids": (
        "<ruby>漢<rp>(</rp><rt>han</rt><rp>)</rp></ruby>", "<p>漢 (han)</p>", ["Reading aids", ": 1.", "“han”"],
    ),
    "a quotation": ("<blockquote>a</blockquote>", "<p>a</p>", ["Quotations that are plain paragraphs now: 1."]),
    "a forced direction": ("<p><bdo dir=rtl>mg 02</bdo></p>", "<p>mg 02</p>", ["forced direction", "“mg 02”"]),
    "underlining": ("<p><u>a</u></p>", "<p>a</p>", ["Underlined or highlighted passages that are plain now: 1."]),
    "invisible characters": (
        "<p>Take 2\u200b0 mg with\u00a0water \u202egm 02\u202c</p>", "<p>Take 20 mg with\u00a0water gm 02</p>",
        ["Invisible characters left out: 3."],
    ),
    "the title of a page": ("<head><title>a</title></head><p>b</p>", "<p>b</p>", ["Page titles left out: 1.", "“a”"]),
}  # fmt: skip


@pytest.mark.parametrize(("html", "read", "told"), TOLD.values(), ids=TOLD)
def test_what_was_changed_is_told(html, read, told):
    imported = read_html(html)
    assert imported.html == read
    said = " ".join(imported.changes)
    assert [piece for piece in told if piece not in said] == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>" * 500 + "a", "nested more than 50 levels deep"),
        ("<b>" * 71_000 + "a", "nested more than 50 levels deep"),
        ("word " * 80_000, "at most 200000 characters"),
        ("<p>" + "<!---->" * 70_000, "too much formatting"),
        ("<p><i>a</i></p>" * 12_000, "too much formatting"),
        ("<p>a</p>" * 2_100, "more than 2000 paragraphs"),
        (f"<table><tr><td rowspan=900 colspan=8>{'a' * 999}</td></tr>{'<tr></tr>' * 900}</table>", "200000 characters"),
    ],
    ids=["500 deep", "71,000 deep", "400,000 characters", "comments", "elements", "paragraphs", "merged cells"],
)
def test_what_is_too_much_is_refused_in_words(html, words):
    with pytest.raises(Blocked, match=words):
        read_html(html)
