from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.blockers import Blocked
from editorial.editions.working.conflicts import conflicts
from editorial.editions.working.copies import Stale, version
from editorial.reviews.desk import render
from editorial.reviews.documents_admin import DocumentAdmin

from . import figures_admin  # noqa: F401 (registers it)
from .models import SiteWords
from .services import create_site_words, save_site_words

PROSE = {"Bold": True, "Italic": True, "BulletList": True, "ListItem": True, "Link": {"enableTarget": False}}


class SiteWordsForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    body = ProseEditorFormField(label=gettext_lazy("Text"), required=False, config={"extensions": PROSE})


class NewSiteWordsForm(SiteWordsForm):
    slug = forms.SlugField(label=gettext_lazy("Key"), max_length=100)
    field_order = ["slug", "title", "body"]


class WriteSiteWordsForm(SiteWordsForm):
    token = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("Why, for the history"), required=False, max_length=300)


@admin.register(SiteWords)
class SiteWordsAdmin(DocumentAdmin):
    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = NewSiteWordsForm(request.POST or None)

        def save():
            return create_site_words(**form.cleaned_data, user=request.user)

        return self._answer(request, form, save, title=_("New site words"))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        words = self.get_object(request, unquote(object_id))
        if words is None:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        token = version(words.document, "en")
        initial = {"title": words.title_en, "body": words.body_en, "token": token}
        form = WriteSiteWordsForm(request.POST or None, initial=initial)

        def save():
            return save_site_words(words.document, **form.cleaned_data, user=request.user)

        return self._answer(request, form, save, title=str(words), words=words, token=token)

    def _answer(self, request, form, save, *, title: str, words: SiteWords | None = None, token: int = 0):
        blockers, clashes, status = [], [], 200
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            status = 400
            if form.is_valid():
                try:
                    saved = save()
                except Blocked as blocked:
                    blockers, status = blocked.blockers, 409
                    if isinstance(blocked, Stale):
                        clashes = _clashes(words, form)
                        form.data = form.data.copy()
                        form.data["token"] = token  # the next save stands on what is shown now
                else:
                    messages.success(request, _("Saved. Readers see it when it is submitted and signed."))
                    return redirect("desk:document", pk=saved.pk)
        context = {"form": form, "blockers": blockers, "conflicts": clashes, "words": words, "media": form.media}
        return render(request, "library/desk/write.html", context, title=title, status=status)


def _clashes(words: SiteWords, form) -> list:
    typed, fields = form.cleaned_data, form.fields
    return list(
        conflicts(
            [
                (fields["title"].label, words.title_en, typed["title"], False),
                (fields["body"].label, words.body_en, typed["body"], True),
            ]
        )
    )
