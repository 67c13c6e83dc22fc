"""Links within the site, in every spelling of an address, name the document; all others stay as they are given."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from editorial.editions.models.addresses import show_html_addresses
from editorial.editions.tree import prose
from editorial.editions.tree.addresses import link_blockers, mend_address, parse_own_address
from editorial.editions.tree.links import find_links

HOSTS = ("", "https://patients.example.org", "HTTP://Patients.Example.ORG:8000", "//patients.example.org",
         "patients.example.org", "testserver", "https://testserver", "http://localhost")  # fmt: skip
LANGUAGES = ("", *(f"/{code}" for code, _name in settings.LANGUAGES), "/ES", "/zh-Hans")


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.SITE_URL = "https://patients.example.org"
    settings.ALLOWED_HOSTS = ["testserver", "localhost", "*"]


def any_case(text: str):
    return st.lists(st.booleans(), min_size=len(text), max_size=len(text)).map(
        lambda upper: "".join(sign.upper() if is_upper else sign for sign, is_upper in zip(text, upper, strict=True))
    )


@st.composite
def spellings(draw, slug: str = "pembrolizumab"):
    """One page's address as somebody may type it, and the block that it names."""
    host, language = draw(st.sampled_from(HOSTS)), draw(st.sampled_from(LANGUAGES))
    path = draw(any_case(f"drugs/{slug}"))
    slash = draw(st.sampled_from(["", "/", "//"]))
    query = draw(st.sampled_from(["", "?x=1", "?", "?utm_source=mail&y=é"]))
    block = draw(st.sampled_from(["", "s-7kq2m9xa", "approvals"]))
    start = draw(st.sampled_from(["", "/"])) if not host and not language else "/"
    spaces = draw(st.sampled_from(["", " "]))
    return f"{spaces}{host}{language}{start}{path}{slash}{query}{'#' if block else ''}{block}{spaces}", block


@given(spellings())
def test_any_spelling_of_an_own_address_names_the_same_page(spelling):
    link, block = spelling
    own = parse_own_address(link)
    assert (own.kind, own.slug.lower(), own.block) == ("monograph", "pembrolizumab", block)
    assert not list(link_blockers(f'<a href="{link}">x</a>'))
    [kept] = find_links(prose.parse(f'<p><a href="{link}">x</a></p>')[0])
    assert parse_own_address(kept) == own


@pytest.mark.parametrize(
    "link",
    [
        "/nokind/x/", "/en/nokind/", "/drugs/a/b/", "/admin/", "/fr/drugs/pembrolizumab/", "/preview/abc/",
        "/documents/x/", "https://patients.example.org/en/nokind/x/", "/documents/0/", "/figures/x.png",
    ],
)  # fmt: skip
def test_an_own_address_that_no_page_can_have_names_nothing(link):
    own = parse_own_address(link)
    assert (own.kind, own.slug, own.document, own.block, own.list_path) == ("", "", 0, "", "")


@pytest.mark.parametrize(
    ("link", "path"), [("/", "/"), ("/en/", "/"), ("https://testserver", "/"), ("/Glossary", "/glossary/")]
)
def test_lists_and_the_home_page_are_ours_too(link, path):
    assert parse_own_address(link).list_path == path


@pytest.mark.parametrize(
    "link",
    [
        "https://www.cancer.gov/a?b=1&c=2#d", "HTTP://Example.ORG/Path/", "https://example.org/drugs/pembrolizumab/",
        "https://patients.example.org.evil.example/drugs/pembrolizumab/", "mailto:a@patients.example.org",
        "mailto:a@localhost", "tel:911,,2", "tel:+1-800-4-CANCER".replace("CANCER", "226237"), "tel:*611#",
        "tel:+18005551234;ext=12",
    ],
)  # fmt: skip
def test_a_foreign_link_keeps_its_target_as_given(link):
    assert parse_own_address(link) is None
    [kept] = find_links(prose.parse(f'<p><a href="{link.replace("&", "&amp;")}">x</a></p>')[0])
    assert kept == link


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.cancer.gov", "https://www.cancer.gov"),
        ("WWW.cancer.gov/a", "https://WWW.cancer.gov/a"),
        ("//example.org/x", "https://example.org/x"),
        ("drugs/pembrolizumab", "/drugs/pembrolizumab"),
        ("#signs", "#signs"),
    ],
)
def test_a_link_is_mended_only_where_it_is_sure_what_was_meant(typed, kept):
    assert mend_address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "sms:988", "javascript:alert(1)", "javascript://localhost/%0aalert(1)", "data:text/html,x", "ftp://example.org/",
        "cancer.gov", "/\\example.org", "tel:call-me", "https://a b", "a@b.org", "nowhere", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_what_cannot_be_linked_to_is_refused_and_the_allowed_ways_are_named(typed):
    assert mend_address(typed) == ""
    [told] = link_blockers(f"<p>See <a href='{typed}'>it</a>.</p>")
    assert typed in told
    assert all(start in told for start in ("https://", "http://", "mailto:", "tel:"))


@given(st.text("abc:/\\#?.@%&;,' \tdrugsen0123456789-", max_size=30))
def test_no_link_is_lost_unsaid(link):
    html = f'<p>See <a href="{link.replace("&", "&amp;")}">it</a>.</p>'
    is_kept = bool(find_links(prose.parse(html)[0]))
    assert is_kept or list(link_blockers(html)) or not link.strip()


def test_stored_links_are_found_in_stored_html_only():
    assert show_html_addresses("<p>href /documents/17/</p>", "") == ("<p>href /documents/17/</p>", "")
