"""Bringing a table of terms in: all of it or, where anything stands in the way, nothing.

An import adds and changes. What the table does not have stays, and nothing is removed by it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from editorial.accounts.languages import language_name, target_languages
from editorial.accounts.models import User
from editorial.editions.blockers import Blocked

from ..models.terms import PartOfSpeech, Term, TermDecision, TermTranslation
from .csv_files import TermLine
from .decisions import Decisions, decided_languages, deciding
from .services import (
    MOST_TERMS,
    MOST_TRANSLATIONS,
    TermWords,
    TypedTerm,
    affected_blockers,
    affected_languages,
    set_words,
    term_blockers,
)

MOST_MESSAGES = 50  # shown at once; the rest are of the same kinds

Key = tuple[str, str]  # (text in small letters, part of speech)
Translations = dict[int, dict[tuple[str, str], TermTranslation]]  # {term: {(language, text): row}}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import changed, or would: each decision, and how many lines said what is decided already."""

    records: list[TermDecision]
    unchanged: int


@dataclass
class _Import:
    """What is there, and what the lines read so far would make of it."""

    decisions: Decisions
    terms: dict[Key, Term]
    translations: Translations
    languages: set[str]
    changed: set[Key] = field(default_factory=set)
    seen: set[tuple[Key, str, str]] = field(default_factory=set)
    added: dict[tuple[Key, str], int] = field(default_factory=dict)
    unchanged: int = 0


def import_terms(lines: Iterable[TermLine], *, user: User, is_trial: bool = False) -> ImportReport:
    """Decide what the lines of a table say; with `is_trial` nothing is kept. Raises Blocked: what stands in the way,
    line by line. It asks the database for what is there once, and writes some hundreds of rows at a time.
    """
    with deciding(user) as decisions:
        state = _read_state(decisions)
        messages: list[str] = []
        for line in lines:
            messages += (
                _("Line %(number)d: %(message)s") % {"number": line.number, "message": message}
                for message in _decide_line(state, line)
            )
            if len(messages) >= MOST_MESSAGES:
                break
        if sum(not term.is_retired for term in state.terms.values()) > MOST_TERMS:
            messages.append(_("With these there would be more than %(most)d terms.") % {"most": MOST_TERMS})
        if messages:
            raise Blocked(messages[:MOST_MESSAGES])
        report = ImportReport(list(decisions.records), state.unchanged)
        if is_trial:
            decisions.records.clear()  # then nothing is written
    return report


def _read_state(decisions: Decisions) -> _Import:
    terms = {(term.text.lower(), term.part_of_speech): term for term in Term.objects.all()}
    translations: Translations = {}
    for row in TermTranslation.objects.all():
        translations.setdefault(row.term_id, {})[row.language, row.text] = row
    return _Import(decisions, terms, translations, set(decided_languages(decisions.user)))


def _decide_line(state: _Import, line: TermLine) -> Iterator[str]:
    """Decide what one line says, or say what stands in the way."""
    key = _find_key(state, line)
    words = TermWords(line.translation, line.level or "required", line.note)
    typed = TypedTerm(
        line.term, key[1], line.is_kept, line.term_note, {line.language: [words]} if line.language else {}
    )
    if messages := list(term_blockers(typed)):
        yield from messages
        return
    if line.translation and not line.language:
        yield _("Name the language of the translation.")
        return
    term = state.terms.get(key)
    if term and term.is_retired:
        yield _("This term was retired. Bring it back first.")
        return
    if (key, line.language, line.translation) in state.seen:
        yield _("The same translation stands on a line before.") if line.language else _("The term stands twice.")
        return
    state.seen.add((key, line.language, line.translation))
    before = len(state.decisions.records)
    yield from _decide_term(state, key, typed)
    if line.language:
        yield from _decide_translation(state, key, line, words)
    state.unchanged += len(state.decisions.records) == before


def _find_key(state: _Import, line: TermLine) -> Key:
    """Which term a line means: without a part of speech, the one that is written so, if there is only one."""
    text = line.term.lower()
    if not line.part_of_speech and (text, "") not in state.terms:
        alike = [part for part in ("", *PartOfSpeech.values) if (text, part) in state.terms]
        return text, alike[0] if len(alike) == 1 else ""
    return text, line.part_of_speech


def _decide_term(state: _Import, key: Key, typed: TypedTerm) -> Iterator[str]:
    decisions, term = state.decisions, state.terms.get(key)
    if term is None:
        if typed.is_kept:
            yield from affected_blockers(decisions.user, target_languages())
        term = Term(text=typed.text, part_of_speech=typed.part_of_speech, is_kept=typed.is_kept, note=typed.note)
        state.terms[key] = term
        state.changed.add(key)
        decisions.add_term(term)
        return
    note, is_kept = typed.note or term.note, typed.is_kept or term.is_kept
    if (note, is_kept) == (term.note, term.is_kept):
        return
    if key in state.changed:
        yield _("The lines of this term say different things of it: its note, or whether it is translated.")
        return
    rows = state.translations.get(term.pk, {}).values()
    if is_kept and rows:
        yield _("A term that is not translated has no translations. Remove them, or let it be translated.")
        return
    term.note, term.is_kept = note, is_kept
    yield from affected_blockers(decisions.user, affected_languages(term, rows))
    state.changed.add(key)
    decisions.change_term(term)


def _decide_translation(state: _Import, key: Key, line: TermLine, words: TermWords) -> Iterator[str]:
    term, language = state.terms[key], line.language
    if term.is_kept:
        yield _("A term that is not translated has no translations. Remove them, or let it be translated.")
        return
    rows = state.translations.get(term.pk, {}) if term.pk else {}
    row = rows.get((language, words.text))
    if row:  # what the line does not say stays
        words = TermWords(words.text, line.level or row.level, line.note or row.note)
    if set_words(state.decisions, term, language, words, row) is None:
        return
    if language not in state.languages:
        yield _("You can't decide about terms in %(language)s.") % {"language": language_name(language)}
    if row is None:
        state.added[key, language] = state.added.get((key, language), 0) + 1
        there = sum(row_language == language for row_language, _text in rows)
        if there + state.added[key, language] > MOST_TRANSLATIONS:
            yield _("A term has at most %(most)d translations into one language.") % {"most": MOST_TRANSLATIONS}
