"""Articles in the admin: a list with each language's state, and pages of their own to add and to write."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from editorial.accounts.admin import RoleAdmin
from editorial.accounts.roles import Permission
from editorial.editions.blockers import Blocked
from editorial.editions.freezing import candidate
from editorial.editions.working import copies
from editorial.editions.working.copies import Stale
from editorial.reviews.desk import render
from editorial.reviews.documents_admin import DocumentAdmin

from .conflicts import with_saved
from .forms import FORMSETS, ArticleForm, NewArticleForm, initial_rows
from .models import Article, Topic
from .services import create_article, save_article, save_topic


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
class ArticleAdmin(DocumentAdmin):
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewArticleForm(request.POST or None)
        blockers, status = [], 400 if request.method == "POST" else 200
        if request.method == "POST" and form.is_valid():
            try:
                article = create_article(**form.cleaned_data, user=request.user)
            except Blocked as blocked:
                blockers, status = blocked.blockers, 409
            else:
                return redirect("admin:articles_article_change", article.pk)
        context = {"form": form, "blockers": blockers}
        return render(request, "articles/desk/new.html", context, title=_("New article"), status=status)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        article = self.get_object(request, unquote(object_id))
        if article is None:
            raise Http404
        return write(request, article)


def write(request, article: Article):
    """The author's page. A save that is refused keeps everything that was typed."""
    may_write = request.user.may(Permission.WRITE)
    token = copies.version(article.document, "en")
    data = request.POST or None
    form = ArticleForm(data, initial=ArticleForm.initial_of(article, token))
    lists = {
        name: factory(data, prefix=name, initial=initial_rows(getattr(article, name).all(), factory.form))
        for name, (factory, _model) in FORMSETS.items()
    }
    blockers, clashes, status = [], [], 200
    if request.method == "POST":
        status = 400
        if not may_write:
            raise PermissionDenied
        if all([form.is_valid(), *(each.is_valid() for each in lists.values())]):
            try:
                _save(article, form.cleaned_data, lists, request.user)
            except Blocked as blocked:
                blockers, status = blocked.blockers, 409
                if isinstance(blocked, Stale):
                    clashes = with_saved(article, form, lists)
                    form.data = form.data.copy()
                    form.data["token"] = token  # the next save stands on what is shown now
            else:
                messages.success(request, _("Saved. Readers see it when it is submitted and signed."))
                if "_submit" in request.POST:
                    return redirect("desk:submit", pk=article.pk, language="en")
                return redirect("admin:articles_article_change", article.pk)
    context = {
        "article": article,
        "form": form,
        "lists": lists,
        "blockers": blockers,
        "conflicts": clashes,
        "may_write": may_write,
        "problems": candidate(article.document, "en").blockers,
        "media": form.media + lists["sections"].media,
    }
    return render(request, "articles/desk/write.html", context, title=str(article), status=status)


def _save(article: Article, cleaned: dict, lists: dict, user) -> None:
    fields = {name: cleaned[name] for name in ("title", "lead", "change_note", "review_interval_months")}
    save_article(
        article.document,
        user=user,
        token=cleaned["token"],
        reason=cleaned["reason"],
        fields=fields,
        topics=cleaned["topics"],
        **{name: formset.rows() for name, formset in lists.items()},
    )
