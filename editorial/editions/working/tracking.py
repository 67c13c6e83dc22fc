"""History of working copies: who changed which row, when and why, with the name copied in.

An app's translation.py calls `register_words` with what its kinds declare, and `track` with tables that hold no words:
only after the registration of its words does the history of a table know the columns of every language. The
untranslated originals stay out of it, because they follow the active language and would show changes that nobody made.
"""

import functools
from typing import Any

import simple_history
from django.db import models
from django.dispatch import receiver
from modeltranslation.translator import TranslationOptions, translator
from simple_history.manager import HistoryManager
from simple_history.signals import pre_create_historical_record

from editorial.accounts.models import NAME_LENGTH

from ..fields import RowFields

_FORMS: dict[type[models.Model], dict[str, str]] = {}


class NamedHistory(models.Model):
    """Added to every history row: the name of who changed it, which outlives the account's."""

    history_user_name = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        abstract = True


class CachedHistoryManager(HistoryManager):  # type: ignore[misc]  # the library has no types
    """django-simple-history makes a class of managers each time that somebody asks for a history: here it is one."""

    @classmethod
    @functools.cache
    def from_queryset(cls, queryset_class: type[models.QuerySet[Any]], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


def track(model: type[models.Model]) -> None:
    """Keep the history of a model. Its translated originals are left out."""
    originals = []
    if model in translator.get_registered_models():
        originals = list(translator.get_options_for_model(model).all_fields)
    simple_history.register(
        model, bases=[NamedHistory], excluded_fields=originals, history_manager=CachedHistoryManager
    )


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


@receiver(pre_create_historical_record, dispatch_uid="editions.name_history")
def _copy_name(sender: type[models.Model], history_instance: Any, **_kwargs: Any) -> None:
    if not issubclass(sender, NamedHistory):
        return
    if history_instance.history_user is None:
        raise RuntimeError("A working copy is saved through a service, which names its user: see working/copies.py.")
    history_instance.history_user_name = history_instance.history_user.name
