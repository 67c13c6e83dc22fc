"""Who wrote which text of a row, and who changed the row: brought up to its history with each save, and asked for.

What a save adds depends on what it changed, never on how many came before it.
"""

import base64
import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeGuard

from django.apps import AppConfig
from django.db import connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, OuterRef, Q, Subquery
from modeltranslation.translator import translator

from editorial.accounts.languages import all_languages, column

from ..compiled_questions import KEYS, find_rows
from ..fields import PLAIN, PROSE, Slot, parse_words
from ..models import HistoryMark, RowWriter, WrittenText
from ..tree import inline
from ..tree.units import Place, digest_words
from .row_history import SavedRow, complete_words, fill_from_before, held_columns, history_of, word_columns
from .tracking import tracked_models, word_forms

FACTS = ""  # stands for the columns that hold no words
ORDER = "order"  # the column that says where a part stands: its page's, since who moves it saves the page
AT_ONCE = 200  # rows whose history is asked for in one query
MANY = 500  # digests to ask for by name; for more, all texts of the rows are read

TextKey = tuple[int, str, str, str, str]  # (row's key, column, node id, word, digest)


@dataclass(frozen=True, slots=True)
class _Change:
    """A save put other words at a place."""

    row_id: int
    column: str
    place: Place
    before: str  # the digests of its words
    after: str
    user_id: int

    def key(self, digest: str) -> TextKey:
        return self.row_id, self.column, *self.place, digest


def keep_writers(saved: Iterable[SavedRow]) -> None:
    """Note who wrote what the history of these rows tells since it was last read. Called with their rows locked.

    A number of queries for each table that does not depend on the number of rows or of earlier saves.
    """
    saved = list(saved)
    for model, keys in _by_model(save.row for save in saved).items():
        _keep_writers(model, keys, [save for save in saved if type(save.row) is model and save.is_next])


def catch_up(rows: Iterable[models.Model]) -> None:
    """As `keep_writers`, for rows that nobody saves just now: they are locked where anything is to be noted."""
    for model, keys in _by_model(rows).items():
        if behind := _find_behind(model, keys):
            _lock_and(_keep_writers, model, behind)


def _lock_and(act: Callable[[type[models.Model], set[Any]], None], model: type[models.Model], keys: set[Any]) -> None:
    with transaction.atomic():
        list(model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))
        act(model, keys)


def _has_links(words: str | inline.Runs | None) -> TypeGuard[inline.Runs]:
    return isinstance(words, list) and any(inline.address(run) for run in words)


class Writers:
    """The writers of rows, asked for at once: a number of queries that does not depend on how many rows there are.

    `signed` maps the places that are asked for to the words that were signed there, or None; `slots` hold them, and
    `rows` are those of which `of_row` will be asked.
    """

    def __init__(self, slots: Iterable[Slot], rows: Iterable[models.Model], language: str, signed: Mapping[Place, Any]):
        slots, rows = list(slots), list(rows)
        self.language, self.signed = language, signed
        catch_up([*(slot.row for slot in slots), *rows])
        self._read(slots, rows)
        if outdated := [slot.row for slot in slots if self._is_outdated(slot)]:
            for model, keys in _by_model(outdated).items():
                _lock_and(_read_anew, model, keys)
            self._read(slots, rows)

    def _read(self, slots: list[Slot], rows: list[models.Model]) -> None:
        known = {_digest(inline.comparable(words)) for words in self.signed.values() if words is not None}
        self._texts = _read_texts(
            {
                (slot.row._meta.label_lower, slot.row.pk, slot.column(self.language)): known
                | set(_digests(slot, self.language).values())
                for slot in slots
            }
        )
        self._rows = _read_row_writers([*(slot.row for slot in slots), *rows])

    def _is_outdated(self, slot: Slot) -> bool:
        """Whether words that hold links are known under other digests than they have now."""
        row = (slot.row._meta.label_lower, slot.row.pk, slot.column(self.language))
        for kept, digest in _digests(slot, self.language).items() if slot.form == PROSE else ():
            known = self.signed.get(kept)
            if kept in self.signed and (
                (*row, *kept, digest) not in self._texts
                or (_has_links(known) and (*row, *kept, _digest(inline.comparable(known))) not in self._texts)
            ):
                return True
        return False

    def of_slot(self, slot: Slot) -> dict[Place, set[int]]:
        """{place: keys of the users whose words stand there now and did not when the place was last signed}.

        Of the places that were asked for. Where nothing was signed, everyone who had a hand in the words at that place
        counts. An earlier text that comes back comes back with those who wrote it.
        """
        name = slot.column(self.language)
        row = (slot.row._meta.label_lower, slot.row.pk, name)
        writers: dict[Place, set[int]] = {}
        for kept, digest in _digests(slot, self.language).items():
            place = kept if slot.form == PROSE else (slot.node_id, slot.word)
            if place not in self.signed:
                continue
            known = self.signed[place]
            text = self._texts.get((*row, *kept, digest))
            base = self._texts.get((*row, *kept, _digest(inline.comparable(known)))) if known is not None else None
            # A text that no save tells of is whoever's changed the column: rather one too many.
            writers[place] = text.writers_since(base) if text else self._rows.get(row, set())
        return writers

    def of_row(self, row: models.Model, words_of: str = "") -> set[int]:
        """Keys of the users who made a row, or changed what is no word in it (a figure's file, a care level).

        With `words_of`, a language, those who changed any of its words in that too, also such as stand there no more.
        """
        names = [FACTS, *(f"{name}_{column(words_of)}" for name in _word_names(type(row)) if words_of)]
        found = [self._rows.get((row._meta.label_lower, row.pk, name), set()) for name in names]
        return set().union(*found)


def _keep_writers(model: type[models.Model], keys: set[Any], next_saves: Collection[SavedRow] = ()) -> None:
    """Nothing is read of the history of those of which there are the next saves."""
    states: dict[Any, Any] = {}
    changes: list[_Change] = []
    writers: set[tuple[int, str, int]] = set()

    def note(row_id: Any, before: Any, past: Any, held: Iterable[str]) -> None:
        for name in _changed_columns(model, before, past, held):
            writers.add((row_id, name, past.history_user_id))
            if name != FACTS:
                changes.extend(_changes(model, row_id, name, before, past))

    unread = keys - {save.row.pk for save in next_saves}
    marks = _read_marks(model, unread) if unread else {}
    for past in _past(model, unread, marks):
        row_id = getattr(past, _key(model))
        before = states.get(row_id)
        states[row_id] = past
        if past.history_id != marks.get(row_id):
            note(row_id, before, past, fill_from_before(past, before))
    for save in next_saves:
        states[save.row.pk], marks[save.row.pk] = save.past, save.before.told_row
        note(save.row.pk, save.before, save.past, held_columns(save.past))
    label = model._meta.label_lower
    RowWriter.objects.bulk_create(
        (RowWriter(model=label, row_id=row_id, column=name, user_id=user) for row_id, name, user in sorted(writers)),
        ignore_conflicts=True,
    )
    outdated = _keep_texts(label, changes) & marks.keys()
    HistoryMark.objects.bulk_create(
        (HistoryMark(model=label, row_id=row_id, history_id=past.history_id) for row_id, past in states.items()),
        update_conflicts=True, update_fields=["history_id"], unique_fields=["model", "row_id"],
    )  # fmt: skip
    if outdated:
        _read_anew(model, outdated)


def _read_anew(model: type[models.Model], keys: set[Any]) -> None:
    """Read the whole history of rows again, of which texts are known under other digests than they have now.

    That happens once to words that led to an address before there was a page at it.
    """
    for derived in (HistoryMark, RowWriter, WrittenText):
        derived._base_manager.filter(model=model._meta.label_lower, row_id__in=keys).delete()
    _keep_writers(model, keys)


def _keep_texts(label: str, changes: list[_Change]) -> set[int]:
    """Returns the keys of the rows in which a text that was written over is not known."""
    outdated: set[int] = set()
    if not changes:
        return outdated
    empty = _digest("")
    digests = {empty, *(change.before for change in changes), *(change.after for change in changes)}
    kept = WrittenText.objects.filter(model=label, row_id__in={change.row_id for change in changes})
    if len(digests) <= MANY:
        kept = kept.filter(column__in={change.column for change in changes}, digest__in=digests)
    texts: dict[TextKey, WrittenText] = {_text_key(text): text for text in kept}
    written: dict[TextKey, WrittenText] = {}
    for change in changes:
        key, user = change.key(change.after), str(change.user_id)
        if key not in texts:
            above = texts.get(change.key(change.before))
            texts[key] = _text_below(label, change, above)
            if above:
                above.is_tip = False
                written[change.key(change.before)] = above
            elif change.before != empty:
                outdated.add(change.row_id)
        texts[key].writers[user] = texts[key].depth
        written[key] = texts[key]
    WrittenText.objects.bulk_update([text for text in written.values() if text.pk], ["is_tip", "writers"], MANY)
    WrittenText.objects.bulk_create([text for text in written.values() if not text.pk], MANY)
    return outdated


def _text_below(label: str, change: _Change, above: WrittenText | None) -> WrittenText:
    node_id, word = change.place
    text = WrittenText(
        model=label, row_id=change.row_id, column=change.column, node_id=node_id, word=word, digest=change.after,
    )  # fmt: skip
    if above:
        text.depth, text.writers = above.depth + 1, dict(above.writers)
        text.path = above.path if above.is_tip else [*above.path, [above.line, above.depth]]
        text.branch = above.line if above.is_tip else ""
    return text


@functools.cache
def _fact_fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    words = word_columns(model).keys() | set(_word_names(model))
    return [field for field in model._meta.concrete_fields if field.name not in words and field.name != ORDER]


def _has_other_facts(model: type[models.Model], before: Any, past: Any) -> bool:
    """What was set is compared as the database keeps it: a day that came as text is a day."""
    return any(
        getattr(before, field.attname) != field.to_python(getattr(past, field.attname)) for field in _fact_fields(model)
    )


def _changed_columns(model: type[models.Model], before: Any, past: Any, written: Iterable[str]) -> Iterator[str]:
    """`written` are the columns of words that the row of history holds."""
    if before is None or _has_other_facts(model, before, past):
        yield FACTS
    for name in sorted(written):
        if (getattr(before, name, "") or "") != (getattr(past, name) or ""):
            yield name


def _changes(model: type[models.Model], row_id: int, name: str, before: Any, past: Any) -> Iterator[_Change]:
    field = next(field for field in _word_names(model) if name in {f"{field}_{column(c)}" for c in all_languages()})
    form = word_forms(model).get(field, PLAIN)
    was, now = (_text_digests(form, getattr(state, name, "") or "") for state in (before, past))
    empty = _digest("")
    for place in dict.fromkeys([*was, *now]):
        if was.get(place) != now.get(place):
            yield _Change(row_id, name, place, was.get(place, empty), now.get(place, empty), past.history_user_id)


def _text_digests(form: str, value: str) -> dict[Place, str]:
    """{place: digest of its words}; a single text stands at ("", "").

    Links name the documents that they lead to now, as in what is frozen: see `_read_anew`.
    """
    return {place: _digest(inline.comparable(words)) for place, words in parse_words(form, value, ("", "")).items()}


def _digest(words: str | inline.Runs) -> str:
    """128 bits of their digest: enough to tell texts of one place apart, and these rows are many."""
    return base64.urlsafe_b64encode(bytes.fromhex(digest_words(words))[:16]).rstrip(b"=").decode()


def _digests(slot: Slot, language: str) -> dict[Place, str]:
    return _text_digests(slot.form, slot.value(language))


def _read_texts(asked: Mapping[tuple[str, int, str], set[str]]) -> dict[tuple[Any, ...], WrittenText]:
    texts: dict[tuple[Any, ...], WrittenText] = {}
    for label in {label for label, _row_id, _name in asked}:
        rows = {key: digests for key, digests in asked.items() if key[0] == label}
        found = WrittenText.objects.filter(
            model=label,
            row_id__in={row_id for _label, row_id, _name in rows},
            column__in={name for _label, _row_id, name in rows},
            digest__in=set().union(*rows.values()),
        )
        texts |= {(label, *_text_key(text)): text for text in found}
    return texts


def _read_row_writers(rows: Iterable[models.Model]) -> dict[tuple[str, int, str], set[int]]:
    found: dict[tuple[str, int, str], set[int]] = {}
    for model, keys in _by_model(rows).items():
        for label, row_id, name, user in find_rows(_ask_row_writers, model, keys=list(keys)):
            found.setdefault((label, row_id, name), set()).add(user)
    return found


def _ask_row_writers(model: type[models.Model]) -> models.QuerySet[RowWriter, Any]:
    writers = RowWriter.objects.filter(model=model._meta.label_lower, row_id__in=[KEYS])
    return writers.order_by().values_list("model", "row_id", "column", "user")


def _past(model: type[models.Model], keys: set[Any], marks: Mapping[int, int]) -> Iterator[Any]:
    """The history of these rows since the row at which each was last told, the oldest first for each row.

    A condition for each row: each of them reads a few entries of an index, however long its history is.
    """
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        since = Q()
        for key in ordered[start : start + AT_ONCE]:
            since |= Q(**{_key(model): key, "history_id__gte": marks.get(key, 0)})
        rows = history_of(model).filter(since).order_by("history_id").iterator()
        yield from _with_words_before(model, rows, marks) if marks else rows


def _with_words_before(model: type[models.Model], rows: Iterable[Any], marks: Mapping[int, int]) -> list[Any]:
    """These rows of a table's history. Those at which rows were last told get the words that others wrote over."""
    rows = list(rows)
    told = {row.history_id: row for row in rows if row.history_id == marks.get(getattr(row, _key(model)))}
    columns = word_columns(model)
    written: set[str] = set()
    for row in rows:
        if row.history_id not in told:
            written.update(columns if row.full_row is None else held_columns(row))
    if written:
        complete_words(told.values(), written)
    return rows


def _read_marks(model: type[models.Model], keys: set[Any]) -> dict[int, int]:
    return dict(find_rows(_ask_marks, model, keys=list(keys)))


def _ask_marks(model: type[models.Model]) -> models.QuerySet[HistoryMark, Any]:
    marks = HistoryMark.objects.filter(model=model._meta.label_lower, row_id__in=[KEYS])
    return marks.order_by().values_list("row_id", "history_id")


def _find_behind(model: type[models.Model], keys: set[Any]) -> set[Any]:
    """Keys of the rows of whose history something was not told yet."""
    return keys - {row_id for [row_id] in find_rows(_ask_current, model, keys=list(keys))}


def _ask_current(model: type[models.Model]) -> models.QuerySet[HistoryMark, Any]:
    newest = history_of(model).filter(**{_key(model): OuterRef("row_id")}).order_by("-history_id").values("history_id")
    marks = HistoryMark.objects.filter(model=model._meta.label_lower, row_id__in=[KEYS])
    return marks.alias(newest=Subquery(newest[:1])).filter(history_id=F("newest")).order_by().values_list("row_id")


def _by_model(rows: Iterable[models.Model]) -> dict[type[models.Model], set[Any]]:
    keys: dict[type[models.Model], set[Any]] = {}
    for row in rows:
        keys.setdefault(type(row), set()).add(row.pk)
    return keys


def _key(model: type[models.Model]) -> str:
    return model._meta.pk.attname


def _text_key(text: WrittenText) -> TextKey:
    return text.row_id, text.column, text.node_id, text.word, text.digest


def _word_names(model: type[models.Model]) -> list[str]:
    if model not in translator.get_registered_models():
        return []
    return list(translator.get_options_for_model(model).all_fields)


def keep_missing_writers(sender: AppConfig, using: str, **_kwargs: Any) -> None:
    """post_migrate of this app, sent when every app's migrations have run: the writers of what was saved before."""
    connection = connections[using]
    if HistoryMark._meta.db_table not in connection.introspection.table_names():
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return  # to an earlier state, which the models of today cannot read
    for model in tracked_models():
        if history_of(model).exists():
            keys = model._base_manager.using(using).order_by("pk").values_list("pk", flat=True).iterator()
            # Two queries for many rows where all is kept already. One row's history is in memory at a time.
            while batch := set(islice(keys, AT_ONCE)):
                for key in sorted(_find_behind(model, batch)):
                    _lock_and(_keep_writers, model, {key})
