"""Writing figures. A new picture on a figure shows on pages only when they are signed again."""

import logging
from collections.abc import Iterable
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.languages import source_column, source_text
from editorial.accounts.models import User
from editorial.editions.blockers import refuse_if, validation_blockers
from editorial.editions.working.copies import cite_blockers, refreshed_user, save_row
from editorial.editions.working.row_conflicts import refuse_if_changed
from editorial.editions.working.rows import set_column, set_words
from editorial.text_hygiene import clean_line

from .. import figure_storage, images
from ..models import Figure

log = logging.getLogger(__name__)

NOT_STORED = gettext_lazy(
    "The picture could not be stored, because the server's disk is full or cannot be written. What you typed is still "
    "here. Tell whoever runs the site, then choose the picture again."
)
WORDS = ("alt", "caption", "credit")
FIELDS = (*WORDS, "licence", "licence_url", "decorative")
SHOWN = (*map(source_column, WORDS), *FIELDS[len(WORDS) :], "files")


def create_figure(
    upload: BinaryIO | None,
    *,
    key: str,
    alt: str = "",
    caption: str = "",
    credit: str = "",
    licence: str,
    licence_url: str = "",
    decorative: bool = False,
    user: User,
) -> Figure:
    """A new figure, its words in the source language. Raises Blocked."""
    fields = {
        "alt": alt, "caption": caption, "credit": credit, "licence": licence, "licence_url": licence_url,
        "decorative": decorative,
    }  # fmt: skip
    missing = [] if upload else [_("Choose a picture to upload.")]
    return _save(Figure(key=key), upload, fields, user=user, reason=_("created"), blockers=missing)


def save_figure(
    figure: Figure,
    *,
    user: User,
    upload: BinaryIO | None = None,
    seen: int | None = None,
    reason: str = "",
    **fields: Any,
) -> Figure:
    """Change FIELDS of a figure, words in the source language, and with `upload` its picture. Its key stays.

    `seen` is what `last_seen` told when the form was opened, None for a program that reads and writes at once. Raises
    Blocked, or RowChanged when somebody changed what the form shows since.
    """
    with transaction.atomic():
        figure = Figure.objects.select_for_update().get(pk=figure.pk)
        refuse_if_changed(figure, seen, SHOWN, user=user)
        return _save(figure, upload, fields, user=user, reason=reason)


def _save(
    figure: Figure,
    upload: BinaryIO | None,
    fields: dict[str, Any],
    *,
    user: User,
    reason: str,
    blockers: Iterable[str] = (),
) -> Figure:
    with transaction.atomic():
        refuse_if(cite_blockers(refreshed_user(user)))
        problems, files = list(blockers), []
        for name in FIELDS:
            if name in fields and name in WORDS:
                set_words(figure, name, fields[name])
            elif name in fields:
                value = fields[name]
                set_column(figure, name, clean_line(value) if isinstance(value, str) else value)
        if upload:
            try:
                files = images.make_image_files(upload.read(images.LARGEST + 1))
            except images.UnreadableImage as error:
                problems.append(str(error))
            else:
                figure.files = [file.to_json() for file in files]
                figure.width, figure.height = files[0].width, files[0].height
        if not figure.decorative and not source_text(figure, "alt"):
            problems.append(
                _(
                    "Write the alternative text: what somebody who cannot see the picture needs to know. A figure that "
                    "says nothing of its own is marked as decorative instead."
                )
            )
        try:
            figure.full_clean(exclude=["width", "height", "files", *WORDS])  # the words by their columns
        except ValidationError as error:
            problems += validation_blockers(error, Figure)
        refuse_if(problems)
        try:
            for file in files:
                figure_storage.store_file(file)
        except OSError as error:
            log.critical("A figure could not be stored: %s", error)
            refuse_if([str(NOT_STORED)])
        save_row(figure, user=user, reason=reason)
        return figure
