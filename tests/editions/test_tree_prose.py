"""Between the editor's HTML and blocks: what goes in comes out, and nothing foreign survives."""

import html as escaping
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.tree import addresses, html, inline, prose
from editorial.editions.tree.nodes import Node
from tests.editions.strategies import blocks, runs

ALLOWED = {
    "p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "br", "sub", "sup",
    "table", "caption", "tbody", "tr", "th", "td",
}  # fmt: skip
SHOWN = ("id", "start", "role", "tabindex", "aria-label", "aria-labelledby", "scope", "class", "data-label", "dir")

NASTY = [
    "<script>alert(1)</script>",
    "<p>a<script src=//x.org/x.js></script>b</p>",
    "<p onclick='alert(1)' onmouseover=alert(2)>a</p>",
    "<p><a href='javascript:alert(1)'>a</a></p>",
    "<p><a href=' java\tscript:alert(1)'>a</a></p>",
    "<p><a href='JaVaScRiPt:alert(1)'>a</a></p>",
    "<p><a href='&#106;avascript:alert(1)'>a</a></p>",
    "<p><a href='data:text/html,<script>alert(1)</script>'>a</a></p>",
    "<p><a href='vbscript:x'>a</a></p>",
    "<p><a href='//x.org/'>a</a></p>",
    "<p><a href='/\\x.org/'>a</a></p>",
    "<p><a href='\\\\x.org/'>a</a></p>",
    "<p><a href='/\t/x.org/'>a</a></p>",
    "<p><a href='/&#10;/x.org/'>a</a></p>",
    "<p><a href='relative'>a</a></p>",
    "<p><a href='https://x.org/' target=_blank rel=opener onclick=x ping='//x.org'>a</a></p>",
    "<p><a href='https://x.org/&quot; onclick=&quot;alert(1)'>a</a></p>",
    "<style>p{display:none}</style><p style='position:fixed'>a</p>",
    "<p class='x' id='main' dir=rtl lang=ar hidden>a</p>",
    "<svg onload=alert(1)><script>alert(1)</script></svg><p>a</p>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!-- a comment --><p>a<!-- <script>alert(1)</script> --></p>",
    "<!--><script>alert(1)</script>-->",
    "<p>a</p><iframe src='https://x.org'></iframe><object data=x></object><embed src=x>",
    "<img src=x onerror=alert(1)><video src=x></video><audio src=x></audio>",
    "<form action='//x.org'><input name=q><button>a</button></form>",
    "<base href='//x.org/'><link rel=stylesheet href='//x.org'><meta http-equiv=refresh content='0;//x.org'>",
    "<table><tr><td>a</td></tr></table>",
    "<table onclick=x><caption onclick=x>a&lt;script>b<script>c</script></caption>"
    "<tr><th onclick=x>&quot; onclick=&quot;x</th><th>&lt;b></th><th>c</th></tr>"
    "<tr><td style=x>10<sup onclick=x>9</sup></td><td>b</td><td>c</td></tr></table>",
    "<table data-id='x\"><i>'><tr data-id='\"><i>'><td data-id='\"><i>.'>a</td></tr></table>",
    "<ol start='1\"><i>'><li>a</li></ol>",
    "<p data-id='x\"><script>alert(1)</script>'>a</p>",
    "<p data-id='x\" onclick=\"alert(1)'>a</p>",
    "<ul data-id='&quot; onclick=&quot;alert(1)'><li data-id='&lt;b&gt;'>a</li></ul>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<h2 data-id='b-1'>a<script>alert(1)</script></h2>",
    # Pasted from Word.
    "<p class=MsoNormal style='mso-fareast-font-family:\"Times\"'><b><span lang=EN-US>a<o:p></o:p></span></b></p>",
    "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--><p>a</p>",
    "<div class=WordSection1><p class=MsoListParagraph>·<span>&nbsp;&nbsp;</span>a</p></div>",
    "<p>a</p></p></div></body></html><p>b",
    "<p>a<p>b<ul><li>c<li>d</ul>e",
    "<plaintext><p>a",
    "<template><script>alert(1)</script><p>a</p></template>",
    "<p>\x00a\x08</p>",
]


class Outline(HTMLParser):
    """Every tag, attribute, comment and declaration of some HTML, as a browser would come across them."""

    def __init__(self, source: str):
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self.others: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def assert_clean(source: str, *attributes: str) -> None:
    """Only our elements, with only these attributes, and links that lead where links may lead."""
    found = Outline(source)
    assert found.tags <= ALLOWED | ({"bdo"} if "dir" in attributes else set()) | (
        {"div", "thead"} if "scope" in attributes else set()
    ), source
    assert found.others == [], source
    for tag, name, value in found.attributes:
        assert (tag, name) == ("a", "href") or name in attributes, source
        if name == "href":
            assert re.match(r"https?://|mailto:|tel:|/(?![/\\])", value), source


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_foreign_is_stored(nasty):
    assert_clean(prose.write(prose.parse(nasty)), "data-id", "start")


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_foreign_is_rendered(nasty):
    assert_clean(html.render_blocks(prose.with_fresh_ids(prose.parse(nasty))), *SHOWN)


@pytest.mark.parametrize("nasty", NASTY)
def test_nothing_foreign_is_in_a_translated_unit(nasty):
    assert_clean(html.render_words(prose.rich_words(nasty)), "class", "dir")


@given(st.text("<>/=\"' &;!-apulibrhefsctxdonj:13", max_size=80))
def test_nothing_foreign_survives_from_any_soup(soup):
    assert_clean(prose.write(prose.parse(soup)), "data-id", "start")
    assert_clean(html.render_blocks(prose.with_fresh_ids(prose.parse(soup))), *SHOWN)


def test_scripts_and_styles_go_with_their_content():
    assert prose.write(prose.parse("<p>a<script>b</script><style>c</style>d</p>")) == "<p>ad</p>"


def test_a_tree_under_an_older_rule_meets_todays_rule_when_it_is_shown():
    words = [{"text": "a", "link": "javascript:alert(1)"}]
    assert html.render_blocks([Node("paragraph", "b-1", words={"text": words})]) == "<p>a</p>"


@given(blocks)
def test_blocks_written_and_parsed_are_the_same(found):
    assert prose.parse(prose.write(found)) == found


@given(st.text("<>/ apulibremstrong[@-]x1&;\n", max_size=60))
def test_parsing_is_settled_after_the_first_time(soup):
    once = prose.parse(soup)
    assert prose.parse(prose.write(once)) == once


@given(runs())
def test_words_typed_into_a_plain_box_keep_their_citations_and_assertions(words):
    typed = inline.from_text(inline.typed_text(words))
    assert inline.cites(typed) == inline.cites(words)
    assert inline.facts(typed) == inline.facts(words)
    plain = [inline.plain(typed), inline.plain(words)]
    if inline.facts(words):  # a break is typed as a space, and that before an assertion's mark may go
        plain = ["".join(text.split()) for text in plain]
    assert plain[0] == plain[1]


@given(runs())
def test_normalising_twice_is_normalising_once(words):
    assert inline.normalise(words) == words


@pytest.mark.parametrize(
    ("source", "stored"),
    [
        ("text alone", "<p>text alone</p>"),
        ("<p> a \n b\t</p>", "<p>a b</p>"),
        ("<p>a</p>\n\n<p> </p><p></p>", "<p>a</p>"),
        ("<h1>a</h1><h6>b <b>c</b></h6>", "<h3>a</h3><h4>b c</h4>"),
        ("<h4>a</h4><h5>b</h5><h3>c</h3><h4>d</h4>", "<h3>a</h3><h3>b</h3><h3>c</h3><h4>d</h4>"),
        ("<h3>10<sup>9</sup></h3>", "<h3>10⁹</h3>"),
        ("<p>10<sup>9</sup>/L, CO<sub>2</sub></p>", "<p>10<sup>9</sup>/L, CO<sub>2</sub></p>"),
        ("<p><sup>a<sub>b</sub></sup></p>", "<p><sup>a</sup><sub>b</sub></p>"),
        ('<ol start="4"><li>a</li></ol>', '<ol start="4"><li><p>a</p></li></ol>'),
        ('<ol start="1"><li>a</li></ol>', "<ol><li><p>a</p></li></ol>"),
        ('<ol start="-3"><li>a</li></ol>', "<ol><li><p>a</p></li></ol>"),
        ('<ul start="4"><li>a</li></ul>', "<ul><li><p>a</p></li></ul>"),
        ("<b><p>a</p><p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"),
        ("<p><strong>a</strong><strong>b</strong></p>", "<p><strong>ab</strong></p>"),
        ("<p>a<br>b<br></p>", "<p>a<br>b</p>"),
        ("<div>a<p>b</p>c</div>", "<p>a</p><p>b</p><p>c</p>"),
        ("<blockquote><p>a</p></blockquote>", "<p>a</p>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("<ul><li></li></ul>", ""),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "<ol><li><p>a</p><p>b</p></li></ol>"),
        ("<p>a [@schmid-2020] b</p>", "<p>a [@schmid-2020] b</p>"),
        ("<p>a [@Not A Key]</p>", "<p>a [@Not A Key]</p>"),
        ("<p>5 &lt; 6 &amp; 7</p>", "<p>5 &lt; 6 &amp; 7</p>"),
        ("<p>a&nbsp;b</p>", "<p>a\u00a0b</p>"),
        ("<p dir='rtl'>\u200fعلاج 12 mg</p>", "<p>\u200fعلاج 12 mg</p>"),
        ("<p>帕博利珠单抗（Keytruda）</p>", "<p>帕博利珠单抗（Keytruda）</p>"),
        (
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
        ),
        (
            "<table><caption>C</caption><thead><tr><th></th><th>a</th></tr></thead>"
            "<tr><td><p>b</p><p>c</p></td><td><ul><li>d</li></ul></td></tr></table>",
            "<table><caption>C</caption><tbody><tr><th></th><th>a</th></tr><tr><td>b<br>c</td><td>d</td></tr></tbody></table>",
        ),
        ("<table><tr><td></td></tr></table>", ""),
        ("<table><caption>C</caption></table>", "<p>C</p>"),
        (
            "<strong><table><tr><td>a</td><td>b</td></tr></table></strong>",
            "<table><tbody><tr><td><strong>a</strong></td><td><strong>b</strong></td></tr></tbody></table>",
        ),
    ],
)
def test_parse_keeps(source, stored):
    assert prose.write(prose.parse(source)) == stored


# Words that an editor would miss without a sign: each kind of place where text may stand.
@pytest.mark.parametrize(
    "source",
    [
        "<ul><li>a</li><ul><li>lost</li></ul></ul>",  # how Word and older editors nest lists
        "<ul>lost<li>a</li></ul>",
        "<ul><li>a</li>lost</ul>",
        "<ul><p>lost</p></ul>",
        "<ul><li><h3>lost</h3></li></ul>",
        "<li>lost</li>",
        "<p>a<p>lost",
        "<blockquote>lost</blockquote>",
        "<table><caption>lost</caption></table>",
        "<p>a <u>lost</u></p>",
        "<dl><dt>a</dt><dd>lost</dd></dl>",
        "<section><article>lost</article></section>",
        "<p><a href='javascript:x'>lost</a></p>",
    ],
)
def test_no_word_is_lost_without_a_sign(source):
    assert "lost" in prose.write(prose.parse(source))


@given(blocks)
def test_rendering_shows_every_word_and_no_other(found):
    shown = re.sub(
        r"<[^>]*>", " ", re.sub(r"<sup class.*?</sup>", "", html.render_blocks(found).replace(html.POWER, ""))
    )
    typed = " ".join(
        "" if "asserts" in run else " " if "cite" in run else run.get("text", " ")
        for block in found
        for node in block.walk()
        for words in [node.words.get("caption", []), node.words.get("text", [])]
        for run in ([{"text": words}] if isinstance(words, str) else words)
    )
    assert "".join(escaping.unescape(shown).split()) == "".join(typed.split())


@pytest.mark.parametrize(
    "address",
    ["https://example.org", "http://example.org/?a=1", "mailto:a@b.org", "tel:+1 (555) 010-99", "/", "/en/articles/"],
)
def test_link_is_kept(address):
    assert addresses.is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    ["", "javascript:alert(1)", "//x.org", "/\\x.org", "\\x.org", "ftp://x.org", "x", "#a", "https://", "data:,a",
     " https://x.org", "https://x.org\n", "https://x.org/ a", "tel:alert(1)"],
)  # fmt: skip
def test_link_is_not_kept(address):
    assert not addresses.is_safe_link(address)


NAMES = {
    "PD-L1": "*PD-L1*",
    "a PD-L1-positive result": "a *PD-L1*-positive result",
    "MSI-H, G-CSF & Trop-2": "*MSI-H*, *G-CSF* &amp; *Trop-2*",
    "triple-negative": "triple-negative",
    "HR-positive": "HR-positive",
    "10-20 of 100": "10-20 of 100",
    "PEMBROLIZUMAB-AB": "PEMBROLIZUMAB-AB",
    "<b>PD-1": "&lt;b&gt;*PD-1*",
}


@pytest.mark.parametrize(("text", "shown"), NAMES.items())
def test_names_with_a_hyphen_stay_on_one_line_where_they_are_shown(text, shown):
    marked = re.sub(r"\*(.*?)\*", r'<span class="unbroken">\1</span>', shown)
    assert html.render_words(text) == html.render_words([{"text": text}]) == html.keep_names_whole(text) == marked
    # What is stored and edited holds no markup for the eye.
    assert inline.to_html(text) == escaping.escape(text)
