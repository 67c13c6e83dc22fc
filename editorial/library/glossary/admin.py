"""The page on which glossary entries are written."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from editorial.desk.writing.forms import write_form

from ..writing_admin import CitingAdmin
from .kind import GlossaryKind
from .models import GlossaryEntry


@admin.register(GlossaryEntry)
class GlossaryEntryAdmin(CitingAdmin):
    new_title = gettext_lazy("New glossary entry")
    write_form = write_form(GlossaryKind.fields)
