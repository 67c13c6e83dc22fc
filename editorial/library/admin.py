"""What all kinds of content share, in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from editorial.reviews.writing import WritingAdmin

from .forms import PHRASES, SiteWordsForm
from .models import SiteWords
from .services import create_site_words, save_site_words


@admin.register(SiteWords)
class SiteWordsAdmin(WritingAdmin):
    new_title = gettext_lazy("New site words")
    write_form = SiteWordsForm
    lists = {"phrases": PHRASES}

    def create(self, *, user, **fields) -> SiteWords:
        return create_site_words(**fields, user=user)

    def save(self, row, *, user, token, reason, fields, **rows) -> None:
        save_site_words(row.document, **fields, **rows, user=user, token=token, reason=reason)
