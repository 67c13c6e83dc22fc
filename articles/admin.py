"""Articles in the admin: a list with each language's state, and pages of their own to add and to write."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy

from editorial.desk.writing.piece_field import find_pieces
from editorial.library.choices import asked_words
from editorial.library.topics_admin import TopicalAdmin

from .forms import LISTS, ArticleForm
from .models import Article


@admin.register(Article)
class ArticleAdmin(TopicalAdmin):
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
