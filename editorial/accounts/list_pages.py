"""Pages of the admin's lists, whose cost does not grow with the table: nobody turns a thousand pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property


class BoundedPaginator(Paginator):  # type: ignore[type-arg]  # Django's class takes no arguments at run time
    """Counts at most MOST rows and shows no more; `has_more` says whether there are others."""

    MOST = 1_000

    @cached_property
    def counted(self) -> int:
        """One more than MOST where there are more."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]  # of a list of the admin
        return rows.order_by()[: self.MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.MOST)

    @property
    def has_more(self) -> bool:
        return self.counted > self.MOST
