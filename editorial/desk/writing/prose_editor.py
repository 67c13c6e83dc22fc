"""The prose editor as the desk's forms configure it: what can be written in it, and what its buttons are called.

static/desk/prose.js holds what the library does not know: tables with captions, and the buttons for them.
"""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from editorial.editions.tree.tables import MOST_COLUMNS

from .prose_field import ProseField

_BUTTONS: dict[str, Promise] = {
    "heading3": _("Subheading"),
    "heading4": _("Lower subheading"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "orderedListProperties": _("First number"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "table:insert": _("Insert a table"),
    "table:addRowBefore": _("Add a row above"),
    "table:addRowAfter": _("Add a row below"),
    "table:addColumnBefore": _("Add a column before"),
    "table:addColumnAfter": _("Add a column after"),
    "table:deleteRow": _("Delete the row"),
    "table:deleteColumn": _("Delete the column"),
    "table:toggleHeaderRow": _("Headings in the first row"),
    "table:toggleHeaderColumn": _("Headings in the first column"),
    "table:deleteTable": _("Delete the table"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
}
_DIALOGS: dict[str, Promise] = {
    "rows": _("Rows"),
    "columns": _("Columns"),
    "caption": pgettext_lazy("table", "Caption"),
    "hasHeaderRow": _("Headings in the first row"),
    "insert": _("Insert"),
    "start": _("First number"),
    "set": _("Set"),
    "address": _("Address"),
    "allowed": _("A page of this site, or an address that begins with https://, http://, mailto: or tel:"),
    "cancel": _("Cancel"),
}
# Buttons only: the library's drop-down list cannot be reached by keyboard.
_MENU = {"groups": [{"group": name} for name in ("headings", "lists", "marks", "link", "table", "history")]}
_MARKS = {
    "Bold": True, "Italic": True, "Subscript": True, "Superscript": True, "HardBreak": True,
    # A link is made by hand or pasted as one: what only looks like an address may be another, or the end of a sentence.
    "Link": {"enableTarget": False, "autolink": False, "linkOnPaste": False, "labels": _DIALOGS},
}  # fmt: skip

BLOCK_EXTENSIONS: dict[str, Any] = {
    **_MARKS,
    "Heading": {"levels": [3, 4]},
    "BulletList": True,
    "OrderedList": {"labels": _DIALOGS},
    "ListItem": True,
    "Table": {"labels": _DIALOGS, "mostColumns": MOST_COLUMNS},
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Menu": _MENU,
    "Toolbar": {"labels": _BUTTONS},
}


def block_field(label: str | Promise) -> ProseField:
    """A text of several blocks."""
    return ProseField(label=label, required=False, config={"extensions": BLOCK_EXTENSIONS})
