"""Articles in the admin: a list with each language's state, and pages of their own to add and to write."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.roles import Permission
from editorial.desk.writing.writing_admin import saved
from editorial.library.writing_admin import CitingAdmin

from .forms import LISTS, ArticleForm
from .models import Article, Topic
from .services import create_article, save_article, save_topic, write_article


@admin.register(Topic)
class TopicAdmin(RoleAdmin):
    """Topics, named in the source language; translators name them where they translate."""

    change_permission = Permission.WRITE
    fields = ["slug", "name_en"]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if "name_en" in form.base_fields:
            form.base_fields["name_en"].required = True
        return form

    list_display = ["__str__", "slug"]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def save_model(self, request, obj, form, change):
        obj.pk = save_topic(obj.slug, obj.name_en or "", user=request.user).pk


@admin.register(Article)
class ArticleAdmin(CitingAdmin):
    new_title = gettext_lazy("New article")
    write_form = ArticleForm
    lists = LISTS

    def create(self, *, user, **fields) -> Article:
        return create_article(**fields, user=user)

    def write(self, copy, *, fields, **rows) -> None:
        write_article(copy, topics=fields.pop("topics"), fields=fields, **rows)

    def save(self, row, *, user, token, reason, fields, **rows) -> None:
        topics = fields.pop("topics")
        save_article(row.document, user=user, token=token, reason=reason, fields=fields, topics=topics, **rows)

    def initial(self, row) -> dict:
        names = [name for name in ArticleForm.base_fields if name != "topics"]
        return {**saved(row, names), "topics": [each.topic_id for each in row.topics.all()]}
