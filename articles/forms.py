"""The author's page of an article: its form and its lists. Saving is the service's business."""

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from editorial.desk.writing.forms import RowForm, row_formset, write_form
from editorial.desk.writing.key_field import KeyField
from editorial.desk.writing.piece_field import PieceField
from editorial.library.models import CareLevel, Figure
from editorial.library.topics_admin import TopicsForm

from .fields import ARTICLE, KEY_POINTS, SECTIONS
from .models import Group

format_html_lazy = lazy(format_html, SafeString)


class SectionChoicesForm(RowForm):
    group = forms.ChoiceField(label=_("Group"), choices=Group, initial=Group.OVERVIEW)
    care_level = forms.ChoiceField(
        label=_("Care level"), required=False, choices=[("", _("none")), *CareLevel.choices],
        help_text=_("Only for a section that asks the reader to act."),
    )  # fmt: skip
    figure = KeyField(
        Figure.objects.all(), url=reverse_lazy("admin:library_figure_choices"), label=_("Figure"), required=False,
        help_text=format_html_lazy(
            '{} {} <a class="figure-new" href="{}" target="_blank">{}</a>',
            _("Type a few letters of its key or its words."),
            _("Appears after the text."),
            reverse_lazy("admin:library_figure_add"),
            _("Upload a new figure (in a new tab)"),
        ),
    )  # fmt: skip
    shows = PieceField(
        url=reverse_lazy("admin:articles_piece_choices"), label=_("Piece of another page"), required=False,
        help_text=format_html_lazy(
            "{} {}",
            _("Type a few letters of the page's title or of the piece."),
            _("Appears at the end of the section, with its own heading and its own review line."),
        ),
    )  # fmt: skip


ArticleForm = write_form(
    ARTICLE, "title", "lead", "topics", "change_note", "is_minor", "review_interval_months", base=TopicsForm
)
LISTS = {
    "key_points": row_formset(KEY_POINTS),
    "sections": row_formset(
        SECTIONS, "heading", "group", "care_level", "body", "figure", "shows", base=SectionChoicesForm
    ),
}
