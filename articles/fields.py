"""The words of articles, declared once: see editorial/editions/fields.py."""

from django.utils.translation import gettext_lazy as _

from editorial.editions.fields import CITED, PROSE, ContentFields, PartFields, Words

from .models import Article, KeyPoint, Section

KEY_POINTS = PartFields(
    model=KeyPoint,
    related="key_points",
    block="point",
    label=_("Key point"),
    words={"text": Words(CITED, lines=2)},
    heading=_("Key points"),
    add_label=_("Add a key point"),
    named_by=("text",),
)

SECTIONS = PartFields(
    model=Section,
    related="sections",
    block="section",
    label=_("Section"),
    words={"heading": Words(), "body": Words(PROSE)},
    heading=_("Sections"),
    add_label=_("Add a section"),
    named_by=("heading",),
)

ARTICLE = ContentFields(
    model=Article,
    block="article",
    label=_("Title and lead"),
    words={"title": Words(), "lead": Words(lines=3), "change_note": Words()},
    parts=(KEY_POINTS, SECTIONS),
)
