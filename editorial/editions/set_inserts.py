"""One statement that writes many rows: INSERT … SELECT, which Django's ORM has no call for."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import QuerySet, Value
from django.db.models.expressions import Combinable


def insert_from(queryset: QuerySet[Any], model: type[models.Model], columns: Mapping[str, Any]) -> int:
    """Insert one row of `model` for each row of `queryset`; returns how many.

    `columns` is {field of `model`: an expression over the queryset's model, or a value that all rows share}. Fields
    that are not named get what the database gives. The rules of the table hold as for any INSERT; no signal is sent.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    expressions = {
        f"_column_{number}": value
        if isinstance(value, Combinable)
        else Value(_key(value), output_field=_plain_field(field))
        for number, (field, value) in enumerate(zip(fields, columns.values(), strict=True))
    }
    connection = connections[queryset.db]
    selected = queryset.order_by().annotate(**expressions).values_list(*expressions)
    try:
        select, params = selected.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:  # told without asking the database
        return 0
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {quote(model._meta.db_table)} ({names}) {select}", params)
        return int(cursor.rowcount)


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _plain_field(field: Any) -> Any:
    """The field itself, or of a foreign key the one that it holds a value of."""
    return field.target_field if field.is_relation else field
