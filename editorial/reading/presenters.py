"""From verified releases to what templates get. The words come from the tree; here they are only laid out."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.accounts.languages import bcp47, direction, language_name, public_languages
from editorial.accounts.models import Specialty
from editorial.editions.kinds import Kind, all_kinds, kind_named
from editorial.editions.models import Meaning
from editorial.editions.tree.nodes import Node, Tree

from .addresses import list_url, page_url, reviewer_url
from .older_facts import NOTHING_OLDER, OlderFacts, is_outdated
from .record_rows import LiveRelease, SignOffRow
from .source_updates import SourcePart, SourceUpdate
from .structured_data import describe
from .verified_releases import VerifiedRelease, home_date

NO_PARTS: Mapping[str, SourcePart] = MappingProxyType({})
NO_PAGES: Mapping[str, str] = MappingProxyType({})


def number_references(root: Node) -> dict[str, int]:
    """{reference key: its number on the page}, in the order of the tree, from 1."""
    keys = [node.attrs["key"] for node in root.walk() if node.type == "reference"]
    return {key: number for number, key in enumerate(keys, 1)}


def signer_context(sign_off: SignOffRow, language: str) -> dict[str, str]:
    """Who signed, as copied into the record."""
    return {
        "name": sign_off.signer_name,
        "letters": sign_off.signer_credentials,
        "specialty": specialty_label(sign_off),
        "url": reviewer_url(sign_off.signer_slug, language),
    }


def specialty_label(sign_off: SignOffRow) -> str:
    """The specialty as the site calls it today; one that it no longer has, as it was recorded."""
    try:
        return str(Specialty(sign_off.signer_specialty).label)
    except ValueError:
        return sign_off.signer_specialty


def page_context(
    verified: VerifiedRelease,
    language: str,
    *,
    source: LiveRelease | None,
    at: datetime,
    older: OlderFacts = NOTHING_OLDER,
    update: SourceUpdate | None = None,
    parts: Mapping[str, SourcePart] = NO_PARTS,
) -> dict[str, Any]:
    """What a kind's template gets, for a page asked for in `language`. `source` is the live source release, `update`
    what it says otherwise, and `parts` those of it that readers must not overlook.
    """
    return {
        **tree_context(verified.tree, at),
        "description": describe(verified.root),
        "page": page_state(verified, language, source=source, at=at, older=older, update=update, parts=parts),
    }


def tree_context(tree: Tree, at: datetime) -> dict[str, Any]:
    """What comes out of the tree alone."""
    kind_context = kind_named(tree.kind).context(tree.root, at)
    return {"root": tree.root, "numbers": number_references(tree.root), **kind_context}


def page_state(
    verified: VerifiedRelease,
    language: str,
    *,
    source: LiveRelease | None,
    at: datetime,
    older: OlderFacts = NOTHING_OLDER,
    update: SourceUpdate | None = None,
    parts: Mapping[str, SourcePart] = NO_PARTS,
) -> dict[str, Any]:
    """What readers learn about an edition: its language, who checked it and when, whether it is due or outdated."""
    edition, last_reviewed_on = verified.edition, verified.last_reviewed_on
    newest = [
        sign_off
        for sign_off in verified.sign_offs
        if home_date(sign_off.signed_at) == last_reviewed_on and sign_off.meaning != Meaning.BACK_CHECKED
    ]
    signers = {sign_off.signer_slug: signer_context(sign_off, language) for sign_off in newest}
    back_checkers = {row.signer_slug: signer_context(row, language) for row in verified.back_checks}
    return {
        **title_context(verified),
        "kind_name": verified.kind_name,
        "is_fallback": verified.language != language,
        "fallback_name": language_name(verified.language),
        "is_outdated": is_outdated(verified, source),
        "older": older,
        "update": update,
        "source_parts": parts,
        "source_url": page_url(kind_named(verified.kind_name), verified.slug, settings.SOURCE_LANGUAGE),
        "is_due": verified.is_due(at),
        "signers": list(signers.values()),
        "back_checkers": list(back_checkers.values()),
        "last_reviewed_on": last_reviewed_on,
        "review_due_on": verified.review_due_on,
        "edition_number": edition.number,
        "writers": [person["name"] for person in edition.contributors if person.get("name")],
        "is_translation": edition.source_edition_id is not None,
        "released_on": home_date(verified.release.released_from),
    }


def preview_context(tree: Tree, at: datetime, *, number: int | None = None) -> dict[str, Any]:
    """What a kind's template gets for words that are not released, marked as a preview.

    `number` is that of the edition that froze them; None for a working copy.
    """
    return {
        **tree_context(tree, at),
        **menu_context(tree.language),
        "page": {
            "title": tree.root.plain("title"),
            "lang": bcp47(tree.language),
            "dir": direction(tree.language),
            "is_preview": True,
            "edition_number": number,
        },
    }


def title_context(verified: VerifiedRelease) -> dict[str, str]:
    """The title with its language and direction."""
    language = verified.language
    return {"title": verified.edition.title, "lang": bcp47(language), "dir": direction(language)}


def list_item(verified: VerifiedRelease, language: str, at: datetime, *, is_outdated: bool) -> dict[str, Any]:
    """One row of a list of pages, for a reader of `language`."""
    kind = kind_named(verified.kind_name)
    return {
        **title_context(verified),
        "kind": kind,
        "names": list(dict.fromkeys(kind.other_names(verified.root))),
        "root": verified.root,
        "slug": verified.slug,
        "url": page_url(kind, verified.slug, language),
        "lead": verified.root.plain("lead"),
        "topics": [node.plain("name") for node in verified.root.walk() if node.type == "topic"],
        "is_fallback": verified.language != language,
        "is_outdated": is_outdated,
        "is_due": verified.is_due(at),
        "language_name": language_name(verified.language),
        "last_reviewed_on": verified.last_reviewed_on,
    }


def validator_parts(verified: VerifiedRelease, at: datetime) -> list[Any]:
    """What a page's ETag must cover of one edition on it."""
    return [
        verified.slug,
        verified.release.record_digest,
        verified.edition.content_digest,
        *(sign_off.record_digest for sign_off in verified.sign_offs),
        verified.is_due(at),
        *sorted(verified.withheld),
    ]


def menu_context(language: str, site_pages: Mapping[str, str] = NO_PAGES) -> dict[str, Any]:
    """Addresses that every page links to: the list of each kind, and the live pages about the site.

    `site_pages` holds the slugs of those that are live, by their names, which are kind/key.
    """
    urls = {name: _site_page_url(name, slug, language) for name, slug in site_pages.items()}
    return {
        "policy_url": urls.get(settings.POLICY_PAGE, ""),
        "lists": [
            {"kind": kind.name, "label": kind.label_plural, "url": list_url(kind, language)} for kind in _menu_kinds()
        ],
        "site_pages": {name.split("/")[1]: url for name, url in urls.items()},
        "language_help": _language_help(site_pages),
    }


def _language_help(site_pages: Mapping[str, str]) -> list[dict[str, str]]:
    """The notice of help in other languages, in each, as links in its own language; none while it is not live."""
    name = settings.LANGUAGE_HELP_PAGE
    if name not in site_pages:
        return []
    return [
        {
            "url": _site_page_url(name, site_pages[name], code),
            "label": _help_label(code),
            "lang": bcp47(code),
            "dir": direction(code),
        }
        for code in public_languages()
    ]


@cache
def _help_label(language: str) -> str:
    with override(language):
        return _("Help in your language")


def breadcrumbs(language: str, kind: Kind | None = None) -> list[dict[str, str]]:
    """The pages above one, from the home page down: `title` and `url` of each. `kind`, if it has a list, brings it."""
    crumbs = [{"title": _("Home"), "url": f"/{language}/"}]
    if kind and kind.listing.is_in_menu:
        crumbs.append({"title": str(kind.label_plural), "url": list_url(kind, language)})
    return crumbs


def _menu_kinds() -> list[Kind]:
    """Those that settings.MENU_FIRST names come first, in its order; the others follow as they were registered."""
    kinds = [kind for kind in all_kinds() if kind.listing.is_in_menu]
    return sorted(kinds, key=lambda kind: [name != kind.name for name in settings.MENU_FIRST])


def _site_page_url(name: str, slug: str, language: str) -> str:
    return page_url(kind_named(name.split("/")[0]), slug, language)
