"""Topics in the admin: their list, a page to name one and to order what is read about it; and the topics of a page."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _

from editorial.accounts.admin import RoleAdmin, first_words
from editorial.accounts.languages import source_column, source_text
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.desk.frame import desk_user
from editorial.desk.writing.forms import IntervalWriteForm, saved
from editorial.desk.writing.many_keys_field import ManyKeysField
from editorial.editions.working_copy import WorkingCopy
from editorial.reading.paths import arrange_path

from .choices import answer_choices
from .models import Topic
from .row_search import search_rows
from .services.topics import save_topic, save_topical_page, write_topical_page
from .topic_form import TopicForm
from .topic_search import COLUMNS, find_topics
from .topics import TOPICS
from .writing_admin import CitingAdmin


@admin.register(Topic)
class TopicAdmin(RoleAdmin):
    """Topics, named in the source language; translators name them where they translate."""

    change_permission = Permission.WRITE
    form = TopicForm
    fields = ["slug", source_column("name"), "path"]
    list_display = ["__str__", "slug"]
    search_fields = COLUMNS

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return search_rows(queryset, first_words(search_term), COLUMNS), False

    def get_urls(self) -> list[URLPattern]:
        choices = path("choices/", self.admin_site.admin_view(self.choices), name="library_topic_choices")
        return [choices, *super().get_urls()]

    def choices(self, request: HttpRequest) -> JsonResponse:
        """The topics that the form of a page offers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return answer_choices(request, Topic.objects.all(), COLUMNS, key="slug")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.user = request.user
        if source_column("name") in form.base_fields:
            form.base_fields[source_column("name")].required = True
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["slug"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: BaseForm, change: bool) -> None:
        user = desk_user(request)
        obj.pk = save_topic(obj.slug, source_text(obj, "name"), user=user).pk
        if (documents := form.cleaned_data.get("path")) is not None:
            arrange_path(obj.slug, documents, user=user)


class TopicsForm(IntervalWriteForm):
    """Writes a page that is about topics."""

    topics = ManyKeysField(
        Topic.objects.all(), column="slug", url=reverse_lazy("admin:library_topic_choices"), suggest=find_topics,
        label=_("Topics"), required=False,
        add_label=_("Add a topic: type a few letters, then choose from the list"),
        error_messages={
            "unknown": _("There is no topic “%(key)s”. Type a few letters of its name, then choose from the list.")
        },
    )  # fmt: skip


class TopicalAdmin(CitingAdmin):
    """Writes pages of a TopicalKind with a form that is a TopicsForm."""

    def write(self, copy: WorkingCopy, *, fields: dict[str, Any], **rows: Any) -> None:
        write_topical_page(copy, topics=fields.pop(TOPICS), fields=fields, **rows)

    def save(
        self, row: Any, *, user: User, token: int | None, reason: str, fields: dict[str, Any], **rows: Any
    ) -> None:
        topics = fields.pop(TOPICS)
        save_topical_page(row.document, user=user, token=token, reason=reason, fields=fields, topics=topics, **rows)

    def initial(self, row: models.Model) -> dict[str, Any]:
        names = [name for name in self.write_form.base_fields if name != TOPICS]
        links = getattr(row, TOPICS).select_related("topic")
        return {**saved(row, names), TOPICS: [link.topic for link in links]}
