"""What the desk's pages of all kinds that cite sources share."""

from typing import Any

from editorial.accounts.models import User
from editorial.desk.writing.writing_admin import WritingAdmin
from editorial.editions.freezing import Candidate

from .references import cited_and_other_references


class CitingAdmin(WritingAdmin):
    """Shows which references the text cites, numbered as readers will see them, and the keys of the others."""

    write_template = "library/desk/write.html"

    def more_context(self, row: Any, user: User, frozen: Candidate) -> dict[str, Any]:
        if frozen.tree is None:
            raise ValueError("There is nothing that could cite.")
        cited, uncited = cited_and_other_references(frozen.tree.root)
        offers_figures = any("figure" in rows.form.base_fields for rows in self.lists.values())
        return {"cited": cited, "uncited": uncited, "offers_figures": offers_figures}
