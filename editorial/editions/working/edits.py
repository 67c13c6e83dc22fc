"""What each saved row of a working copy changed: its words, word by word, and its structure, in words.

Read from the history of the tables that a document's words are kept in: those of its kind (the content and its parts)
and the rows that it shares with others (topics, figures). Nothing here loads more than the rows that are asked for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Window
from django.db.models.functions import Coalesce, Lag
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from editorial.accounts.languages import all_languages, column

from ..fields import Slot
from ..kinds import kind_of
from ..models import Document
from ..models.addresses import show_html_addresses
from ..tree import diff, inline
from .restoration import as_text
from .row_history import has_language, history_of
from .tracking import tracked_models

HistoryRow = Any  # of a class that django-simple-history makes for each table
Pairs = list[tuple[HistoryRow, HistoryRow | None]]
Slots = dict[tuple[type[models.Model], int], list[Slot]]  # those of each row


@dataclass(frozen=True, slots=True)
class TextChange:
    """One text as somebody saved it. `slot` is where it stands now; None where its row is no longer the document's."""

    label: str
    field: str
    language: str
    parts: list[tuple[str, str]]
    slot: Slot | None
    is_current: bool


@dataclass(frozen=True, slots=True)
class Edit:
    """One row as somebody saved it: what it is, and what that changed. `facts` say in words what is not words."""

    model: type[models.Model]
    row_id: int
    history_id: int
    label: str
    at: datetime
    by: str
    by_id: int | None
    reason: str
    texts: list[TextChange] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    # Languages in which more than one text of the row could come back as it was then, and is another now.
    whole_in: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class TrackedTable:
    """One table, and those rows of its history that tell of a document."""

    model: type[models.Model]
    rows: QuerySet[Any]
    parent: str = ""  # the field that names the content

    @property
    def words(self) -> list[str]:
        """Its translated fields."""
        return list(_words(self.model))

    def in_language(self, language: str) -> QuerySet[Any]:
        """Its rows that changed words in one language. In the source language also those that changed the structure,
        because it is written there: all that changed no words in another language."""
        source = settings.SOURCE_LANGUAGE
        if not self.words:
            return self.rows if language == source else self.rows.none()
        # What they changed is told by the rows of now, and by the words beside those of before.
        rows, condition = self.rows.filter(changed_languages__isnull=True), self._differs(language)
        for code in all_languages():
            if code == language or language == source:
                rows = rows.annotate(**self._now_and_before(code))
        if language == source:
            others = Q()
            for code in all_languages():
                others |= Q() if code == source else self._differs(code)
            condition |= ~others
        # Within a CASE, PostgreSQL makes the list of keys once. A join, which it would make of a condition, has it read
        # the list again for each row until it has statistics of a table that was just filled.
        known = has_language(language)
        if language == source:
            known |= Q(changed_languages="")
        changed = known | Q(history_id__in=rows.filter(condition).values("history_id"))
        changes: QuerySet[Any] = self.rows.alias(is_changed=Case(When(changed, then=True), default=False))
        return changes.filter(is_changed=True)

    def _now_and_before(self, language: str) -> dict[str, Any]:
        values, key = {}, F(self.model._meta.pk.attname)
        for name in self.words:
            stored = f"{name}_{column(language)}"
            before = Window(Lag(stored), partition_by=[key], order_by=F("history_id").asc())
            values[f"now_{stored}"] = Coalesce(F(stored), Value(""), output_field=models.TextField())
            values[f"was_{stored}"] = Coalesce(before, Value(""), output_field=models.TextField())
        return values

    def _differs(self, language: str) -> Q:
        condition = Q()
        for name in self.words:
            stored = f"{name}_{column(language)}"
            condition |= ~Q(**{f"was_{stored}": F(f"now_{stored}")})
        return condition


def _words(model: type[models.Model]) -> list[str]:
    if model not in translator.get_registered_models():
        return []
    names = translator.get_options_for_model(model).all_fields
    return [field.name for field in model._meta.concrete_fields if field.name in names]


def slots_by_row(document: Document) -> Slots:
    """Every place of words of the document, by the row that holds it."""
    slots: Slots = {}
    kind = kind_of(document)
    for slot in kind.slots(kind.read_copy(document)):
        slots.setdefault((type(slot.row), slot.row.pk), []).append(slot)
    return slots


def find_tracked_tables(document: Document, slots: Slots) -> list[TrackedTable]:
    """The tables whose history tells of the document: its content, its parts, and what it shares with others."""
    content, tracked = kind_of(document).model, set(tracked_models())
    own = [TrackedTable(content, _rows(content, {content._meta.pk.attname: document.pk}))]
    for relation in content._meta.related_objects:
        if relation.related_model in tracked:
            rows = _rows(relation.related_model, {relation.field.attname: document.pk})
            own.append(TrackedTable(relation.related_model, rows, relation.field.name))
    shared: dict[type[models.Model], list[int]] = {}
    for model, pk in slots:
        if model not in {table.model for table in own}:
            shared.setdefault(model, []).append(pk)
    return own + [
        TrackedTable(model, _rows(model, {f"{model._meta.pk.attname}__in": pks})) for model, pks in shared.items()
    ]


def _rows(model: type[models.Model], which: dict[str, Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = history_of(model).filter(**which)
    return rows


def read_edits(
    document: Document, table: TrackedTable, keys: Iterable[int], slots: Slots, language: str = ""
) -> list[Edit]:
    """What these rows of a table's history changed; with `language`, of words only those in it.

    A number of queries that does not depend on how many rows are asked for.
    """
    before = history_of(table.model).filter(
        **{table.model._meta.pk.attname: OuterRef(table.model._meta.pk.attname)}, history_id__lt=OuterRef("history_id")
    )
    rows = list(
        table.rows.filter(history_id__in=list(keys)).annotate(
            before_id=Subquery(before.order_by("-history_id").values("history_id")[:1])
        )
    )
    past = history_of(table.model).in_bulk([row.before_id for row in rows if row.before_id])
    pairs = [(row, past.get(row.before_id)) for row in rows]
    reader = _Reader(document, table, slots, language, pairs)
    return [reader.edit(row, earlier) for row, earlier in pairs]


class _Reader:
    """Tells rows of one table, knowing what the rows that they name are called."""

    def __init__(self, document: Document, table: TrackedTable, slots: Slots, language: str, pairs: Pairs):
        self.document, self.table, self.slots = document, table, slots
        self.languages = [language] if language else all_languages()
        self.structure = list(_structure(table))
        self.named = {field.name: _named(field, pairs) for field in self.structure if field.is_relation}
        changed = [
            texts for row, earlier in pairs for *_place, was, now in self._changed(row, earlier) for texts in (was, now)
        ]
        stored = list(dict.fromkeys(changed))
        self.shown = dict(zip(stored, show_html_addresses(*stored), strict=True))

    def edit(self, row: HistoryRow, earlier: HistoryRow | None) -> Edit:
        model, pk = self.table.model, getattr(row, self.table.model._meta.pk.attname)
        texts = list(self._texts(row, earlier, self.slots.get((model, pk), [])))
        return Edit(
            model, pk, row.history_id, self._label(row), row.history_date, row.history_user_name, row.history_user_id,
            row.history_change_reason or "", texts, list(self._facts(row, earlier)),
            list(dict.fromkeys(change.language for change in texts if self._is_whole(row, change.language, pk))),
        )  # fmt: skip

    def _is_whole(self, row: HistoryRow, language: str, pk: int) -> bool:
        slots = self.slots.get((self.table.model, pk), [])
        changed = [slot for slot in slots if (getattr(row, slot.column(language)) or "") != slot.value(language)]
        return len(slots) > 1 and bool(changed)

    def _changed(self, row: HistoryRow, earlier: HistoryRow | None) -> Iterator[tuple[str, str, str, str]]:
        """(language, field, text before, text now) of the words that a row changed, as they are stored."""
        for language in self.languages:
            for name in self.table.words:
                was, now = (getattr(state, f"{name}_{column(language)}", "") or "" for state in (earlier, row))
                if was != now:
                    yield language, name, was, now

    def _texts(self, row: HistoryRow, earlier: HistoryRow | None, slots: list[Slot]) -> Iterator[TextChange]:
        forms = {slot.field: slot.form for slot in (slots or self._any_slots())}
        slot_by_field = {slot.field: slot for slot in slots}
        for language, name, was, now in self._changed(row, earlier):
            form, slot = forms.get(name, "plain"), slot_by_field.get(name)
            label = str(getattr(self.table.model._meta.get_field(name), "verbose_name", name))
            before, after = (as_text(form, self.shown[text]) for text in (was, now))
            is_current = slot is not None and slot.value(language) == now
            yield TextChange(label, name, language, diff.word_parts(before, after), slot, is_current)

    def _any_slots(self) -> list[Slot]:
        return next((slots for (model, _pk), slots in self.slots.items() if model is self.table.model), [])

    def _label(self, row: HistoryRow) -> str:
        """What the row is: "section: What is it?"."""
        meta, model = self.table.model._meta, self.table.model
        if self.table.words:
            values = {field.attname: getattr(row, field.attname) for field in meta.concrete_fields if _has(row, field)}
            instance = model(**values)
            if meta.pk.is_relation:
                setattr(instance, meta.pk.name, self.document)
            name = str(instance)
        else:
            name = ", ".join(self._value(field, row) for field in self.structure if field.is_relation)
        return f"{meta.verbose_name}: {name}" if name else str(meta.verbose_name)

    def _facts(self, row: HistoryRow, earlier: HistoryRow | None) -> Iterator[str]:
        if row.history_type == "+":
            yield _("added")
        elif row.history_type == "-":
            yield _("taken off")
            return
        for model_field in self.structure:
            now, was = (
                getattr(row, model_field.attname),
                getattr(earlier, model_field.attname) if earlier else model_field.get_default(),
            )
            if now == was or (now in ("", None) and was in ("", None)):
                continue
            if model_field.name == "retired":
                yield _("removed from the page; its text is kept") if now else _("back on the page")
            elif model_field.name == "order":
                if earlier:
                    yield _("moved from position %(before)s to %(after)s") % {"before": was + 1, "after": now + 1}
            elif earlier or self.table.words:  # what links two rows is told by its label
                before = self._value(model_field, earlier) if earlier else "∅"
                yield _("%(name)s: %(before)s → %(after)s") % {
                    "name": model_field.verbose_name, "before": before, "after": self._value(model_field, row),
                }  # fmt: skip

        if earlier:
            yield from self._citations(row, earlier)

    def _citations(self, row: HistoryRow, earlier: HistoryRow) -> Iterator[str]:
        """Sources that the words in the source language cite now and did not, and the other way round."""
        stored = [f"{name}_{column(settings.SOURCE_LANGUAGE)}" for name in self.table.words]
        now, was = (
            {key for name in stored for key in inline.cites(inline.from_text(getattr(state, name) or ""))}
            for state in (row, earlier)
        )
        yield from (_("cites [@%(key)s]") % {"key": key} for key in sorted(now - was))
        yield from (_("cites [@%(key)s] no longer") % {"key": key} for key in sorted(was - now))

    def _value(self, model_field: "models.Field[Any, Any]", row: HistoryRow) -> str:
        value = getattr(row, model_field.attname)
        if value in ("", None):
            return "∅"
        if model_field.is_relation:
            return self.named[model_field.name].get(value, str(value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, list | dict):
            return "…"
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT")
        return str(dict(model_field.flatchoices).get(value, value))


def _has(row: HistoryRow, model_field: "models.Field[Any, Any]") -> bool:
    return model_field.attname in row.__dict__


def _structure(table: TrackedTable) -> "Iterator[models.Field[Any, Any]]":
    """Fields that hold no words of a language and that people set."""
    columns = {f"{name}_{column(code)}" for name in table.words for code in all_languages()} | set(table.words)
    for model_field in table.model._meta.concrete_fields:
        if (
            not model_field.primary_key
            and model_field.editable
            and model_field.name != table.parent
            and model_field.name not in columns
        ):
            yield model_field


def _named(model_field: "models.Field[Any, Any]", pairs: Pairs) -> dict[int, str]:
    """{key: what the row is called that it names}."""
    keys = {getattr(row, model_field.attname) for pair in pairs for row in pair if row is not None} - {None}
    model = model_field.related_model
    if not keys or not isinstance(model, type):
        return {}
    return {pk: str(row) for pk, row in model._base_manager.in_bulk(keys).items()}
