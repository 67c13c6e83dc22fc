"""Since which edition a page has said what it says: what tells whether a translation is behind its source.

Derived from the signed trees, and written with each edition that is frozen: see reviews/wordings.py.
"""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from .editions import Edition


class EditionWording(models.Model):
    """What an edition says as far as its translations go.

    `says_as` is the edition of the source whose words it still has but for typography and what was signed as minor:
    often itself; of a translation, that of the source edition that it was made from. A live translation is outdated
    where the live source's is another one.

    `critical` lists what a reader may come to harm by of what changed since the edition before it, by the id of the
    page's top block that it stands in ("" where the page itself says it) and what it is (`critical_words.Sort`).
    """

    edition = models.OneToOneField(Edition, models.PROTECT, primary_key=True, related_name="wording")
    says_as = models.ForeignKey(Edition, models.PROTECT, related_name="+", db_index=False)
    critical: "models.JSONField[list[Any], list[Any]]" = models.JSONField(default=list)

    class Meta:
        verbose_name = "wording of an edition"

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.says_as_id}"


# Of releases: the edition of the source that they say as. What nobody has looked at yet says only what it says itself.
SAYS_AS = Coalesce("edition__wording__says_as_id", "edition__source_edition_id", "edition_id")
