from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_prose_editor.fields import ProseEditorFormField

from editorial.editions.blockers import Blocked
from editorial.editions.working.copies import version
from editorial.reviews.desk import render
from editorial.reviews.documents_admin import DocumentAdmin

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
        return self._answer(request, form, _("New site words"), lambda: create_site_words(
            **form.cleaned_data, user=request.user
        ).document)  # fmt: skip

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not self.has_view_permission(request):
            raise PermissionDenied
        words = get_object_or_404(SiteWords.objects.select_related("document"), pk=object_id)
        initial = {"title": words.title_en, "body": words.body_en, "token": version(words.document, "en")}
        form = WriteSiteWordsForm(request.POST or None, initial=initial)
        return self._answer(request, form, str(words), lambda: save_site_words(
            words.document, **form.cleaned_data, user=request.user
        ).document, words=words)  # fmt: skip

    def _answer(self, request, form, title: str, save, words: SiteWords | None = None):
        blockers, status = [], 200
        if request.method == "POST":
            if not self.has_change_permission(request):
                raise PermissionDenied
            status = 400
            if form.is_valid():
                try:
                    document = save()
                except Blocked as blocked:
                    blockers, status = blocked.blockers, 409
                else:
                    messages.success(request, _("Saved. Readers see it when it is submitted and signed."))
                    return redirect("desk:document", pk=document.pk)
        context = {"form": form, "blockers": blockers, "words": words, "media": form.media}
        return render(request, "library/desk/write.html", context, title=title, status=status)
