"""The checks that this site runs over pages while they are written, in the order in which people see them.

`manage.py print_findings` prints docs/findings.md from this list.
"""

from articles.findings import NoWhenToCall
from drugs.findings import DrugWithoutItsPage, WithdrawnApproval
from editorial.library.findings import DeadReference, NumberWithoutReference, UnlinkedTerm
from editorial.reviews.findings.abbreviations import Abbreviation
from editorial.reviews.findings.numbers import ChangedNumber
from editorial.reviews.findings.promises import AbsoluteWords
from editorial.reviews.findings.sentences import LongParagraph, LongSentence, ReadingLevel
from editorial.reviews.findings.words import BrokenLink, ClickHere, Headings, OldNote

CHECKS = (
    BrokenLink(),
    ChangedNumber(),
    OldNote(),
    NoWhenToCall(),
    NumberWithoutReference(),
    DrugWithoutItsPage(),
    WithdrawnApproval(),
    DeadReference(),
    AbsoluteWords(),
    Abbreviation(),
    UnlinkedTerm(),
    ReadingLevel(),
    LongSentence(),
    LongParagraph(),
    Headings(),
    ClickHere(),
)
