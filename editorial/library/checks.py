"""Checks about what kinds of pages share: references, and words that the glossary explains."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import column
from editorial.checks.checked_pages import CheckedPage, RunningText
from editorial.checks.contract import Check, FindingPlace
from editorial.checks.sentences import shorten_quote
from editorial.editions.compiled_questions import KEYS, RawRow, ask_rows
from editorial.editions.models import Document, Release
from editorial.editions.name_finder import NameFinder, keep_finder
from editorial.editions.tree import inline
from editorial.editions.tree.links import find_linked_documents
from editorial.editions.tree.nodes import Node
from editorial.editions.tree.tables import HEADER_BOTH, HEADER_ROW

from .glossary.models import GlossaryEntry
from .numeric_claims import CLAIMS, first_numeric_claim
from .references import nearest_citations


class NumberWithoutReference(Check):
    """A citation counts in the block itself; for the items of a list, in the paragraph that introduces it; for a cell,
    in its row, in the heading of its column or in the paragraph that introduces the table.
    """

    id = "number-without-reference"
    name = gettext_lazy("Number without a reference")
    why = gettext_lazy("Reviewers cannot check a number without its source. Cite the source next to it: [@key].")
    languages = frozenset(CLAIMS)
    rich = frozenset(
        {"paragraph", "item", "cell", "point", "dose", "side-effect", "boxed-warning", "biomarker", "approval"}
    )

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        introduced = dict(_introduced(page.tree.root))
        for text in page.texts:
            if text.node.type not in self.rich:
                continue
            if (
                not _cites(text.node)
                and not introduced.get(text.node.id)
                and (claim := first_numeric_claim(text.plain, page.language))
            ):
                yield FindingPlace(text.node, shorten_quote(claim), word=text.name)


def _introduced(root: Node) -> Iterator[tuple[str, bool]]:
    """(id of a list's item or of a table's cell, whether what introduces it cites something)."""
    for parent in root.walk():
        for before, node in zip((None, *parent.children), parent.children, strict=False):
            is_cited = before is not None and before.type == "paragraph" and _cites(before)
            if node.type == "list":
                yield from ((item.id, is_cited) for item in node.children)
            if node.type == "table":
                yield from _introduced_cells(node, is_cited)


def _introduced_cells(table: Node, is_cited: bool) -> Iterator[tuple[str, bool]]:
    has_headings = table.attrs["header"] in (HEADER_ROW, HEADER_BOTH)
    heads = [has_headings and _cites(cell) for cell in table.children[0].children] if table.children else []
    for row in table.children:
        in_row = any(map(_cites, row.children))
        yield from ((cell.id, is_cited or in_row or head) for cell, head in zip(row.children, heads, strict=True))


def _cites(node: Node) -> bool:
    return any(map(inline.cites, node.words.values()))


class UnreadableCitation(Check):
    """Whatever begins like a citation and is none, which readers would see as it was typed."""

    id = "unreadable-citation"
    name = gettext_lazy("Citation that cannot be read")
    why = gettext_lazy("Readers would see it as it is typed. Write one key in each pair of brackets: [@key].")
    is_blocker = True
    begun = re.compile(r"\[@(?:[^\[\]]{0,100}\]|[^\[\]\s]{0,60})")  # without its end, it ends with the word

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        for node in page.nodes.values():
            for name, words in node.words.items():
                for match in self.begun.finditer(_typed(words)):
                    if isinstance(words, str) and inline.cites(inline.from_text(match[0])):
                        continue  # each kind says itself where words cite nothing
                    yield FindingPlace(node, match[0], self._message(match[0], words), word=name)

    @staticmethod
    def _message(typed: str, words: str | inline.Runs) -> str:
        if isinstance(words, str):
            return _("Titles and other plain lines hold no citations: “%(text)s”") % {"text": words}
        told = {"typed": typed, "meant": nearest_citations(typed), "text": shorten_quote(inline.plain(words))}
        if told["meant"]:
            return _("“%(typed)s” isn't a citation. Did you mean %(meant)s? “%(text)s”") % told
        return _("“%(typed)s” isn't a citation, and no reference has a similar key: “%(text)s”") % told


def _typed(words: str | inline.Runs) -> str:
    """The text in which citations that were read have no signs of their own."""
    return words if isinstance(words, str) else "".join(run.get("text", " ") for run in words)


class DeadReference(Check):
    id = "dead-reference"
    name = gettext_lazy("Unreliable reference")
    why = gettext_lazy("Readers who look up the source must find it, and find what you read there.")
    placeholder = re.compile(r"\W*(?:to-?do|tbd|tbc|xxx*|n/?a|none|unknown|untitled|title|source|0)?\W*", re.IGNORECASE)
    years = 5  # after so many a web page without DOI or PMID has probably moved, or says something else

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        for node in page.nodes.values():
            if node.type == "reference":
                yield from (
                    FindingPlace(node, f"[@{node.attrs['key']}]", problem)
                    for problem in self._problems(node.attrs, page)
                )

    def _problems(self, attrs: Mapping[str, Any], page: CheckedPage) -> Iterator[str]:
        for name, label in (("title", _("title")), ("source", _("source"))):
            if self.placeholder.fullmatch(attrs.get(name, "")):
                yield _("the %(field)s is only a placeholder") % {"field": label}
        is_lasting = attrs.get("doi") or attrs.get("pmid")
        if not is_lasting and not attrs.get("url"):
            yield _("no DOI, PMID or web address")
        read = parse_date(attrs.get("accessed") or "")
        if read is None:
            yield _("no date of access")
        elif read > page.today:
            yield _("the date of access, %(day)s, is in the future") % {"day": date_format(read)}
        elif not is_lasting and page.today.year - read.year > self.years:
            yield _("the web page was last accessed on %(day)s") % {"day": date_format(read)}


class UnlinkedTerm(Check):
    """Where a word stands first, once a page; only words whose entry readers have been able to open."""

    id = "unlinked-term"
    name = gettext_lazy("Glossary word not linked")
    why = gettext_lazy("Link it once, so that readers can open its explanation without leaving the page.")

    def find(self, page: CheckedPage) -> Iterator[FindingPlace]:
        if page.tree.kind in ("glossary", "site-words"):
            return  # entries stand on their own, and labels hold no links
        texts = [(text, _not_linked(text)) for text in page.texts]
        entry_words, addresses = _find_entry_words([words for _text, words in texts], page.language)
        linked = find_linked_documents(page.tree.root)
        for text, words in texts if addresses else ():
            for written, (word, pk) in entry_words.find(words):
                is_another = word.isupper() and written != word  # "ALL" is not "all"
                if pk not in linked and not is_another:
                    linked.add(pk)
                    yield FindingPlace(text.node, written, f"/glossary/{addresses[pk]}/", word=text.name)


EntryWords = NameFinder[tuple[str, int]]


def _find_entry_words(texts: list[str], language: str) -> tuple[EntryWords, dict[int, str]]:
    """(what finds (word, key of its entry's document) in these texts, {key: its address}). Two queries, mostly.

    There are many entries, and a page has words of few. Only of these it is asked whether readers have been able to
    open them; where they have not, their words may hide others, which are looked for without them.
    """
    for is_signed in (False, True):
        rows = ask_rows(_ask_entries, language, is_signed)
        entry_words = keep_finder((_ask_entries, language, is_signed), rows, _read_entries, in_compounds=False)
        found = {pk for text in texts for _written, (_word, pk) in entry_words.find(text)}
        addresses: dict[int, str] = dict(ask_rows(_ask_addresses, keys=sorted(found))) if found else {}
        if addresses.keys() >= found:
            break
    return entry_words, addresses


def _read_entries(rows: Iterable[RawRow]) -> Iterator[tuple[str, tuple[str, int]]]:
    return ((word, (word, pk)) for word, pk in rows if word)


def _ask_entries(language: str, is_signed: bool) -> QuerySet[GlossaryEntry, Any]:
    entries: QuerySet[GlossaryEntry] = QuerySet(GlossaryEntry)
    if is_signed:
        entries = entries.filter(Exists(Release.objects.filter(document=OuterRef("document"))))
    return entries.values_list(f"title_{column(language)}", "document")


def _ask_addresses() -> QuerySet[Document, Any]:
    """Of documents that were ever released."""
    released = Exists(Release.objects.filter(document=OuterRef("pk")))
    return Document.objects.filter(released, pk__in=[KEYS]).values_list("pk", "slug")


def _not_linked(text: RunningText) -> str:
    """The words of a text in which a link could stand: what is a link cannot hold another."""
    if isinstance(text.words, str):
        return ""
    return inline.plain([{"text": " | "} if inline.address(run) else run for run in text.words])
