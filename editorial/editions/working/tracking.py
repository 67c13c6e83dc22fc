"""History of working copies: who changed which row, when and why, with the name copied in.

An app's translation.py calls `register_words` with what its kinds declare, and `track` with tables that hold no words:
only after the registration of its words does the history of a table know the columns of every language. The
untranslated originals stay out of it, because they follow the active language and would show changes that nobody made.
"""

from typing import Any

import simple_history
from django.db import models
from django.dispatch import receiver
from modeltranslation.translator import TranslationOptions, translator
from simple_history.signals import pre_create_historical_record

from ..fields import RowFields
from .row_history import CachedHistoryManager, FullHistoryQuerySet, HistoryFields, leave_out_words, word_columns

BEFORE = "_row_before"  # where a row that is saved has itself as it was, of `lock_rows`
PAST = "_past_row"  # where it then has the row of history that was written of it
_FORMS: dict[type[models.Model], dict[str, str]] = {}


def track(model: type[models.Model]) -> None:
    """Keep the history of a model. Its translated originals are left out."""
    originals = []
    if model in translator.get_registered_models():
        originals = list(translator.get_options_for_model(model).all_fields)
    simple_history.register(
        model, bases=[HistoryFields], excluded_fields=originals, history_manager=CachedHistoryManager,
        historical_queryset=FullHistoryQuerySet, table_name=_history_table(model),
    )  # fmt: skip


def _history_table(model: type[models.Model]) -> str | None:
    """Beside a table that has kept a name of before; None for the name that is usual."""
    table, name = model._meta.db_table, model._meta.model_name or ""
    return None if table == f"{model._meta.app_label}_{name}" else f"{table.removesuffix(name)}historical{name}"


def register_words(*declared: RowFields) -> None:
    """Give words their columns in every language, and keep the history of their tables; of a page, its parts' too."""
    for fields in declared:
        for table in fields.tables():
            options = {"fields": tuple(table.words)}
            translator.register(table.model, type(f"{table.model.__name__}Words", (TranslationOptions,), options))
            track(table.model)
            _FORMS[table.model] = table.forms


def word_forms(model: type[models.Model]) -> dict[str, str]:
    """{field: PLAIN, CITED or PROSE} of the words of a table; {} where it holds none."""
    return _FORMS.get(model, {})


def tracked_models() -> list[type[models.Model]]:
    from simple_history.models import registered_models

    return list(registered_models.values())


@receiver(pre_create_historical_record, dispatch_uid="editions.describe_history")
def _describe_save(sender: type[models.Model], instance: models.Model, history_instance: Any, **_kwargs: Any) -> None:
    if not issubclass(sender, HistoryFields):
        return
    before = getattr(instance, BEFORE, None)
    is_unknown = before is None and history_instance.history_type == "~" and bool(word_columns(type(instance)))
    if history_instance.history_user is None or is_unknown:
        raise RuntimeError("A working copy is saved through a service, which names its user: see working/copies.py.")
    history_instance.history_user_name = history_instance.history_user.name
    leave_out_words(history_instance, before)
    setattr(instance, PAST, history_instance)
