"""The checks that this site runs over pages while they are written, in the order in which people see them.

`manage.py print_findings` prints docs/findings.md from this list.
"""

from articles.checks import NoWhenToCall
from drugs.checks import DrugWithoutItsPage, UnverifiedCorrection, WithdrawnApproval
from editorial.checks.abbreviations import Abbreviation
from editorial.checks.absolute_claims import AbsoluteClaims
from editorial.checks.assertions import UntrueAssertion
from editorial.checks.change_notes import OldNote
from editorial.checks.headings import Headings
from editorial.checks.links import BrokenLink, ClickHere
from editorial.checks.numbers import ChangedNumber
from editorial.checks.sentences import LongParagraph, LongSentence, ReadingLevel
from editorial.checks.translation.checks import TRANSLATION_CHECKS
from editorial.checks.urgencies import SignUnderTwoUrgencies
from editorial.library.checks import DeadReference, NumberWithoutReference, UnlinkedTerm, UnreadableCitation

CHECKS = (
    BrokenLink(),
    UnreadableCitation(),
    UntrueAssertion(),
    ChangedNumber(),
    OldNote(),
    NoWhenToCall(),
    SignUnderTwoUrgencies(),
    NumberWithoutReference(),
    DrugWithoutItsPage(),
    WithdrawnApproval(),
    UnverifiedCorrection(),
    DeadReference(),
    AbsoluteClaims(),
    Abbreviation(),
    UnlinkedTerm(),
    ReadingLevel(),
    LongSentence(),
    LongParagraph(),
    Headings(),
    ClickHere(),
    *TRANSLATION_CHECKS,
)
