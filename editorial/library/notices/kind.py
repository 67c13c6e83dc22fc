"""What urgent notices say, as the engine knows it: a document of two sentences, signed by one reviewer."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editorial.accounts.roles import Permission
from editorial.editions.fields import ContentFields, Words
from editorial.editions.kinds import Attributes, Kind, Listing, register
from editorial.editions.models import Document
from editorial.editions.tree.nodes import Node, Tree
from editorial.editions.working_copy import WorkingCopy
from editorial.reading.notices import NOTICE
from editorial.reading.site_words import NOTICE_WORDS

from .models import Notice


class NoticeKind(Kind):
    name = NOTICE
    label = gettext_lazy("urgent notice")
    label_plural = gettext_lazy("Urgent notices")
    template = "library/notice.html"
    path = "notices"
    written_with = Permission.RECORD_FACTS
    is_urgent = True
    site_words = (NOTICE_WORDS, "helpline")
    listing = Listing(is_in_menu=False)
    review_months = 1
    attributes = Attributes(
        labels={
            "subject": gettext_lazy("about"),
            "because": gettext_lazy("record of what happened"),
            "happened": gettext_lazy("happened on"),
        },
        document_keys=frozenset({"subject"}),
    )
    fields = ContentFields(
        model=Notice,
        block="notice",
        label=gettext_lazy("Urgent notice"),
        words={
            "title": Words(
                lines=2, help_text=gettext_lazy("What happened, in one plain sentence. Name the drug and the use.")
            ),
            "action": Words(
                lines=2, help_text=gettext_lazy("What readers should do, in one plain sentence, and whom to call.")
            ),
        },
    )

    def is_page(self, root: Node) -> bool:
        return False

    def has_page(self, document: Document) -> bool:
        return False

    def build(self, copy: WorkingCopy) -> tuple[Tree, list[str]]:
        row = copy.row
        happened_on = row.happened_on.isoformat() if row.happened_on else ""
        root = self.fields.node(row, {"subject": row.subject_id, "because": row.because, "happened": happened_on})
        blockers = []
        if not root.words["title"]:
            blockers.append(_("Say in one sentence what happened."))
        if not root.words["action"]:
            blockers.append(_("Say in one sentence what readers should do, and whom to call."))
        if not row.because:
            blockers.append(_("An urgent notice is begun from the decision that it is about."))
        return self.tree(root), blockers


register(NoticeKind())
