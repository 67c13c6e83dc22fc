"""What an import changed or left out, told in words."""

from enum import Enum

from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, gettext_lazy
from django.utils.translation import gettext as _


class Change(Enum):
    """A kind of change, and the sentence that tells how often it was made."""

    STRUCK = gettext_lazy("Struck-out passages left out: %(count)d.")
    HIDDEN = gettext_lazy("Hidden passages left out: %(count)d.")
    COMMENT = gettext_lazy("Comments left out: %(count)d.")
    NOTE = gettext_lazy("Footnotes and endnotes left out: %(count)d. Put their words in the text, or cite a reference.")
    PICTURE = gettext_lazy("Pictures left out: %(count)d. Upload each one as a figure, then choose it for its section.")
    MEDIA = gettext_lazy("Embedded content left out: %(count)d.")
    CONTROL = gettext_lazy("Form fields and buttons left out: %(count)d.")
    SCRIPT = gettext_lazy("Scripts left out: %(count)d.")
    TITLE = gettext_lazy("Page titles left out: %(count)d.")
    LINK = gettext_lazy(
        "Links left out, their words kept: %(count)d. A link can lead to an address that begins with http, https, "
        "mailto or tel, or to a page of this site."
    )
    LINK_MENDED = gettext_lazy("Links that began with “www.” now begin with “https://”: %(count)d.")
    HEADING = gettext_lazy(
        "Headings with a new level: %(count)d. A section has two levels of headings, and none is skipped."
    )
    HEADING_INSIDE = gettext_lazy("Headings in lists and tables are bold text now: %(count)d.")
    LETTERED = gettext_lazy(
        "Letters and other numbers of lists that are 1, 2, 3 now: %(count)d. Check the places that refer to them."
    )
    DEEP_LIST = gettext_lazy("Items of lists deeper than 6 levels that are on level 6 now: %(count)d.")
    MERGED = gettext_lazy(
        "Merged cells of tables split: %(count)d. What they held is now in each cell that they covered."
    )
    WIDE = gettext_lazy(
        "Tables with too many columns: %(count)d. Their rows are paragraphs now, because a table can have at most 8 "
        "columns. Split the table into narrower ones."
    )
    NESTED = gettext_lazy(
        "Tables with a table inside: %(count)d. The outer table is paragraphs now. Check which words belong together."
    )
    FLATTENED = gettext_lazy("Headings, lists and tables that are lines of text now: %(count)d.")
    CELL_LIST = gettext_lazy("Lists in table cells are lines of text now: %(count)d.")
    NO_HEADER = gettext_lazy("Tables without headings: %(count)d. Mark the row or column that holds the headings.")
    BOLD_ROW = gettext_lazy("Tables whose bold first row is now their headings: %(count)d.")
    HEADER_ROWS = gettext_lazy("Further rows of headings that are ordinary rows now: %(count)d.")
    SYMBOL = gettext_lazy("Letters of a symbol font replaced by the signs that they show: %(count)d. Check each one.")
    UNKNOWN_SYMBOL = gettext_lazy(
        "Letters of a symbol font kept as letters: %(count)d. Replace each one by the sign that it showed."
    )
    FORMULA = gettext_lazy("Formulas that are plain text now: %(count)d. Check each one.")
    DIRECTION = gettext_lazy("Passages with a forced direction of writing: %(count)d. Check the order of their words.")
    UNDERLINED = gettext_lazy("Underlined or highlighted passages that are plain now: %(count)d.")
    QUOTATION = gettext_lazy("Quotations that are plain paragraphs now: %(count)d.")
    DEFINITION = gettext_lazy("Definition lists that are paragraphs now: %(count)d.")
    SPACED = gettext_lazy("Passages that were laid out with spaces: %(count)d. Check their lines.")
    READING_AID = gettext_lazy("Reading aids that now stand in brackets: %(count)d.")
    EXPLANATION = gettext_lazy("Explanations of abbreviations left out: %(count)d.")
    INVISIBLE = gettext_lazy("Invisible characters left out: %(count)d.")

    @property
    def sentence(self) -> str | Promise:
        return self.value


class Report:
    """Collects changes while a text is read."""

    def __init__(self) -> None:
        self._counts: dict[Change, int] = {}
        self._marks: dict[Change, int] = {}
        self._quotes: dict[Change, list[str]] = {}

    def add(self, change: Change, quote: str = "", count: int = 1, *, is_mark: bool = False) -> None:
        """Note a change once more; `quote` are the words that it is about, whole.

        A mark stands in the text for words that stand elsewhere, such as a footnote's: both count as one.
        """
        counts = self._marks if is_mark else self._counts
        counts[change] = counts.get(change, 0) + count
        if quote := " ".join(quote.split()):
            self._quotes.setdefault(change, []).append(quote)

    def sentences(self) -> list[str]:
        """One text for each kind of change, in the order in which the kinds are declared."""
        return [self._told(change) for change in Change if self._count(change)]

    def _count(self, change: Change) -> int:
        return max(self._counts.get(change, 0), self._marks.get(change, 0))

    def _told(self, change: Change) -> str:
        sentence = str(change.sentence) % {"count": self._count(change)}
        if not (quotes := self._quotes.get(change)):
            return sentence
        # Quoted words run in their own direction within a text of another.
        around = ("\u2068", "\u2069") if get_language_bidi() else ("", "")
        words = ", ".join(f"{around[0]}“{quote}”{around[1]}" for quote in quotes)
        return f"{sentence} {_('The words: %(words)s.') % {'words': words}}"
