"""Articles in the admin: a list with each language's state, and pages of their own to add and to write."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from editorial.accounts.admin import RoleAdmin, first_words
from editorial.accounts.languages import source_column, source_text
from editorial.accounts.models import User
from editorial.accounts.roles import Permission
from editorial.desk.writing.forms import saved
from editorial.desk.writing.piece_field import find_pieces
from editorial.editions.working_copy import WorkingCopy
from editorial.library.choices import answer_choices, asked_words
from editorial.library.row_search import search_rows
from editorial.library.writing_admin import CitingAdmin
from editorial.reading.paths import arrange_path

from .forms import LISTS, ArticleForm
from .models import Article, Topic
from .services import save_article, save_topic, write_article
from .topic_form import TopicForm
from .topic_search import COLUMNS


@admin.register(Topic)
class TopicAdmin(RoleAdmin):
    """Topics, named in the source language; translators name them where they translate."""

    change_permission = Permission.WRITE
    form = TopicForm
    fields = ["slug", source_column("name"), "path"]
    list_display = ["__str__", "slug"]
    search_fields = COLUMNS

    def get_search_results(self, request, queryset, search_term):
        return search_rows(queryset, first_words(search_term), COLUMNS), False

    def get_urls(self) -> list[URLPattern]:
        choices = path("choices/", self.admin_site.admin_view(self.choices), name="articles_topic_choices")
        return [choices, *super().get_urls()]

    def choices(self, request: HttpRequest) -> JsonResponse:
        """The topics that an author's form offers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return answer_choices(request, Topic.objects.all(), COLUMNS, key="slug")

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        if source_column("name") in form.base_fields:
            form.base_fields[source_column("name")].required = True
        return form

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def save_model(self, request, obj, form, change):
        obj.pk = save_topic(obj.slug, source_text(obj, "name"), user=request.user).pk
        if (path := form.cleaned_data.get("path")) is not None:
            arrange_path(obj.slug, path, user=request.user)


@admin.register(Article)
class ArticleAdmin(CitingAdmin):
    new_title = gettext_lazy("New article")
    write_form = ArticleForm
    lists = LISTS

    def get_urls(self) -> list[URLPattern]:
        pieces = path("pieces/", self.admin_site.admin_view(self.piece_choices), name="articles_piece_choices")
        return [pieces, *super().get_urls()]

    def piece_choices(self, request: HttpRequest) -> JsonResponse:
        """What the box for a piece of another page offers."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = find_pieces(" ".join(asked_words(request)))
        return JsonResponse({"choices": [{"value": key, "name": name} for key, name in found.items()]})

    def write(self, copy: WorkingCopy, *, fields: dict[str, Any], **rows: Any) -> None:
        write_article(copy, topics=fields.pop("topics"), fields=fields, **rows)

    def save(self, row: Article, *, user: User, token: int, reason: str, fields: dict[str, Any], **rows: Any) -> None:
        topics = fields.pop("topics")
        save_article(row.document, user=user, token=token, reason=reason, fields=fields, topics=topics, **rows)

    def initial(self, row: Article) -> dict[str, Any]:
        names = [name for name in ArticleForm.base_fields if name != "topics"]
        return {**saved(row, names), "topics": [link.topic for link in row.topics.select_related("topic")]}
