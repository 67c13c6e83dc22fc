"""What search engines are told of a page in their own terms (schema.org, as JSON-LD): of its signed tree and records.

Nothing is said here that readers do not see on the page.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from django.utils.html import strip_tags
from markupsafe import Markup

from editorial.editions.kinds import kind_named
from editorial.editions.tree import prose
from editorial.editions.tree.nodes import Node

_QUESTION_MARKS = ("?", "？", "؟")
# What could end the element that holds it, or a line of a script: JSON has another form for each.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def write_json(data: Any) -> Markup:
    """JSON as the text of a script element, which nothing in it can leave."""
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES))  # noqa: S704 (escaped)


def describe(root: Node) -> str:
    """What a page is about, in signed words of its own: its lead, its short form or its first paragraph."""
    for name in ("lead", "short"):
        if text := root.plain(name):
            return text
    return next((text for node, name in prose.find_words(root.children) if (text := node.plain(name))), "")


def page_graph(
    root: Node,
    page: Mapping[str, Any],
    *,
    address: str,
    language: str,
    breadcrumbs: Sequence[Mapping[str, str]] = (),
) -> dict[str, Any]:
    """A live page: its type, who reviewed it and when, for whom it is, its sources, its questions, and where it stands.

    `page` is what `presenters.page_state` says of it; `address` its own, in whole; `breadcrumbs` hold the
    `title` and the `url` of each page above it.
    """
    kind = kind_named(page["kind_name"])
    is_medical = kind.listing.is_in_menu
    questions = list(_questions(root, address))
    types = ["MedicalWebPage" if is_medical else "WebPage", *(["FAQPage"] if questions else [])]
    described = {
        "@type": types if len(types) > 1 else types[0],
        "@id": address,
        "url": address,
        "name": page["title"],
        "description": describe(root),
        "inLanguage": page["lang"],
        "dateModified": page["released_on"].isoformat(),
        "lastReviewed": page["last_reviewed_on"].isoformat(),
        "reviewedBy": [_person(signer, address) for signer in page["signers"]],
        "audience": {"@type": "MedicalAudience", "audienceType": "Patient"} if is_medical else None,
        "about": kind.schema_subject(root),
        "citation": [_source(node) for node in root.walk() if node.type == "reference"],
        "mainEntity": questions,
    }
    steps = [*breadcrumbs, {"title": page["title"], "url": ""}]
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": strip_tags(str(step["title"])).strip(),
                "item": urljoin(address, step.get("url") or address),
            }
            for position, step in enumerate(steps, 1)
        ],
    }
    graph = [{name: value for name, value in described.items() if value}, trail]
    return {"@context": "https://schema.org", "@graph": graph}


def _person(signer: Mapping[str, str], address: str) -> dict[str, str]:
    person = {
        "@type": "Person",
        "name": signer["name"],
        "honorificSuffix": signer["letters"],
        "jobTitle": signer["specialty"],
        "url": urljoin(address, signer["url"]),
    }
    return {name: value for name, value in person.items() if value}


def _source(reference: Node) -> dict[str, str]:
    attrs = reference.attrs
    doi, pmid = attrs.get("doi"), attrs.get("pmid")
    source = {
        "@type": "ScholarlyArticle" if doi or pmid else "CreativeWork",
        "name": attrs.get("title", ""),
        "url": attrs.get("url") or (f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else ""),
        "sameAs": f"https://doi.org/{doi}" if doi else "",
    }
    return {name: value for name, value in source.items() if value}


def _questions(root: Node, address: str) -> Iterator[dict[str, Any]]:
    """The sections whose headings are questions, with all that the page answers in words."""
    for section in root.children:
        heading = section.plain("heading").strip()
        texts = [node.plain(name) for node, name in prose.find_words(section.children)]
        answer = "\n".join(filter(None, texts))
        if heading.endswith(_QUESTION_MARKS) and answer:
            yield {
                "@type": "Question",
                "name": heading,
                "url": f"{address}#{section.id}",
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
