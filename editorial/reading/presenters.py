"""From standings to what templates get. The words come from the tree; here they are only laid out."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from editorial.accounts.languages import bcp47, direction, own_name
from editorial.accounts.models import Specialty
from editorial.editions.kinds import all_kinds, kind_named
from editorial.editions.models import Release, SignOff
from editorial.editions.tree.nodes import Node, Tree

from .addresses import list_url, page_url, reviewer_url
from .evidence import Standing


def numbers(root: Node) -> dict[str, int]:
    """{reference key: its number on the page}: their order in the tree."""
    keys = [node.attrs["key"] for node in root.walk() if node.type == "reference"]
    return {key: place for place, key in enumerate(keys, 1)}


def signer(sign_off: SignOff, language: str) -> dict:
    """Who signed, as copied into the record."""
    return {
        "name": sign_off.signer_name,
        "letters": sign_off.signer_letters,
        "specialty": specialty(sign_off),
        "url": reviewer_url(sign_off.signer_slug, language),
    }


def specialty(sign_off: SignOff) -> str:
    known = dict(Specialty.choices)
    return str(known.get(sign_off.signer_specialty, sign_off.signer_specialty))


def page_context(standing: Standing, language: str, *, source: Release | None, at: datetime) -> dict:
    """What a kind's template gets, for a page asked for in `language`. `source` is the live source release."""
    return {
        **tree_context(standing.edition.tree, at),
        "page": page_state(standing, language, source=source, at=at),
    }


def tree_context(tree: Tree, at: datetime) -> dict:
    """What comes out of the tree alone."""
    return {"root": tree.root, "numbers": numbers(tree.root), **kind_named(tree.kind).context(tree.root, at)}


def page_state(standing: Standing, language: str, *, source: Release | None, at: datetime) -> dict:
    """What readers are told of an edition: its language, who checked it and when, whether it has aged."""
    edition = standing.edition
    last = standing.last_reviewed_on
    newest = [each for each in standing.sign_offs if timezone.localdate(each.signed_at) == last]
    signers = {each.signer_slug: signer(each, language) for each in newest}
    kind, slug = kind_named(edition.tree.kind), standing.release.document.slug
    return {
        **words_in(standing),
        "is_fallback": standing.language != language,
        "fallback_name": _(get_language_info(standing.language)["name"]),
        "is_outdated": bool(edition.source_edition_id and source and source.edition_id != edition.source_edition_id),
        "source_url": page_url(kind, slug, settings.SOURCE_LANGUAGE),
        "is_due": standing.is_due(at),
        "signers": list(signers.values()),
        "last_reviewed_on": last,
        "review_due_on": standing.review_due_on,
        "edition_number": edition.number,
        "released_on": timezone.localdate(standing.release.released_from),
    }


def preview_context(tree: Tree, at: datetime, *, number: int | None = None) -> dict:
    """What a kind's template gets for words that nobody may read yet, marked as such.

    `number` is that of the edition that froze them; None for a working copy.
    """
    return {
        **tree_context(tree, at),
        **links(tree.language),
        "page": {
            "title": tree.root.plain("title"),
            "lang": bcp47(tree.language),
            "dir": direction(tree.language),
            "is_preview": True,
            "edition_number": number,
        },
    }


def words_in(standing: Standing) -> dict:
    """The title with the language that it is in."""
    language = standing.language
    return {"title": standing.edition.title, "lang": bcp47(language), "dir": direction(language)}


def item(standing: Standing, language: str, at: datetime) -> dict:
    """One row of a list of pages, of a release out of `gate.live_documents`."""
    kind = kind_named(standing.edition.tree.kind)
    return {
        **words_in(standing),
        "root": standing.root,
        "slug": standing.release.document.slug,
        "url": page_url(kind, standing.release.document.slug, language),
        "lead": standing.root.plain("lead"),
        "topics": [node.plain("name") for node in standing.root.walk() if node.type == "topic"],
        "is_fallback": standing.language != language,
        "is_outdated": standing.release.is_outdated,
        "is_due": standing.is_due(at),
        "language_name": own_name(standing.language),
        "last_reviewed_on": standing.last_reviewed_on,
    }


def fingerprint(standing: Standing, at: datetime) -> list:
    """What a page's validator must know of one edition on it."""
    return [
        standing.release.document.slug,
        standing.release.record_digest,
        standing.edition.content_digest,
        *(each.record_digest for each in standing.sign_offs),
        standing.is_due(at),
    ]


def links(language: str, site_pages: Collection[str] = ()) -> dict:
    """Addresses that every page leads to: lists of each kind, and the pages about the site that are live."""
    kind_name, _slug = settings.POLICY_PAGE.split("/")
    return {
        "policy_url": _site_page(settings.POLICY_PAGE, language) if settings.POLICY_PAGE in site_pages else "",
        "articles_url": list_url(kind_named(kind_name), language),
        "lists": [
            {"kind": kind.name, "label": kind.label_plural, "url": list_url(kind, language)}
            for kind in all_kinds()
            if kind.is_in_menu
        ],
        "site_pages": {
            name.split("/")[1]: _site_page(name, language) for name in settings.SITE_PAGES if name in site_pages
        },
    }


def _site_page(name: str, language: str) -> str:
    kind, slug = name.split("/")
    return page_url(kind_named(kind), slug, language)
