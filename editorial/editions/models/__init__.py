"""The records of the product. See each module; nothing here is content that people type."""

from .assertions import AssertedFact, Assertion
from .dependencies import FIRM, LEADING, Dependency, NameReading, Reliance, ShownPiece
from .documents import Contribution, Document, DraftDiscard, OldAddress, UnitState, WorkingVersion
from .draft_links import DraftLink
from .editions import CorruptEdition, Edition, Meaning, Review, Revocation, SignOff, Verdict, load_trees
from .keywords import EditionKeyword, Keyword
from .public_state import PublicState, ShownToReaders
from .records import (
    AppendOnly,
    ChainHead,
    Record,
    SiteRecord,
    TwoPersonRecord,
    append_record,
    append_records,
    append_site_record,
    lock_site_chain,
    record_models,
    site_record_models,
)
from .releases import EndCause, Reinstatement, Release, ReleaseEnd, Withdrawal
from .search import SearchText
from .stored_contents import ContentDictionary
from .wordings import EditionWording
from .written_texts import HistoryMark, RowWriter, WrittenText

__all__ = [
    "FIRM",
    "LEADING",
    "AppendOnly",
    "AssertedFact",
    "Assertion",
    "ChainHead",
    "ContentDictionary",
    "Contribution",
    "CorruptEdition",
    "Dependency",
    "Document",
    "DraftDiscard",
    "DraftLink",
    "Edition",
    "EditionKeyword",
    "EditionWording",
    "EndCause",
    "HistoryMark",
    "Keyword",
    "Meaning",
    "NameReading",
    "OldAddress",
    "PublicState",
    "Record",
    "Reinstatement",
    "Release",
    "ReleaseEnd",
    "Reliance",
    "Review",
    "Revocation",
    "RowWriter",
    "SearchText",
    "ShownPiece",
    "ShownToReaders",
    "SignOff",
    "SiteRecord",
    "TwoPersonRecord",
    "UnitState",
    "Verdict",
    "Withdrawal",
    "WorkingVersion",
    "WrittenText",
    "append_record",
    "append_records",
    "append_site_record",
    "load_trees",
    "lock_site_chain",
    "record_models",
    "site_record_models",
]  # fmt: skip
