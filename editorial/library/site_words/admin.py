"""The page on which site words are written."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from editorial.desk.writing.forms import RowForm, WriteForm, row_formset, write_form
from editorial.desk.writing.writing_admin import WritingAdmin

from .kind import PHRASES, SiteWordsKind
from .models import SiteWords, SiteWordsPhrase


class IsPageForm(WriteForm):
    is_page = forms.BooleanField(
        label=gettext_lazy("A page of its own"),
        required=False,
        help_text=gettext_lazy("For texts such as the privacy policy, which readers open."),
    )


class KeyForm(RowForm):
    key = SiteWordsPhrase._meta.get_field("key").formfield(help_text=gettext_lazy("Pages ask for the phrase by it."))


@admin.register(SiteWords)
class SiteWordsAdmin(WritingAdmin):
    new_title = gettext_lazy("New site words")
    write_form = write_form(SiteWordsKind.fields, "title", "body", "is_page", base=IsPageForm)
    lists = {"phrases": row_formset(PHRASES, "key", "text", base=KeyForm)}
