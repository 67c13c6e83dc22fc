"""What was translated how: rows to look up by, all derived from signed editions, which are asked again at each look-up.

`memory/rows.py` writes them in the transaction of the release, and `manage.py rebuild_memory` makes them anew.
"""

from django.db import models

from editorial.editions.models import Document, Edition, UnitState


class MemoryText(models.Model):
    """A text of a signed source and its translation, once for all the editions in which both stand."""

    language = models.CharField(max_length=10)
    source_digest = models.BinaryField(max_length=32)  # SHA-256 of the source words: see memory/texts.py
    pair_digest = models.BinaryField(max_length=32, unique=True)  # of the language and both
    source = models.TextField()  # canonical JSON, as the words stand in a tree
    target = models.TextField()

    class Meta:
        verbose_name = "text of the memory"
        indexes = [models.Index(fields=["language", "source_digest"], name="memory_texts_by_source")]

    def __str__(self) -> str:
        return self.source


class MemoryGram(models.Model):
    """A few pairs of words of a source text, by which others that are like it find it: see grams.py.

    Of a text that is gone nobody waits for its rows, nor do they wait for it: no key of the database binds the two.
    """

    pk = models.CompositePrimaryKey("gram", "text")
    gram = models.BigIntegerField()  # a hash of the pair and the language
    text = models.ForeignKey(MemoryText, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        verbose_name = "pair of words of the memory"

    def __str__(self) -> str:
        return f"{self.gram}: {self.text_id}"


class MemoryEdition(models.Model):
    """A translation whose texts the memory has, while its release is open."""

    edition = models.OneToOneField(Edition, models.CASCADE, primary_key=True, related_name="+")
    document = models.ForeignKey(Document, models.CASCADE, related_name="+")
    texts = models.PositiveIntegerField()  # how many different ones
    rules = models.PositiveSmallIntegerField()  # texts.RULES when they were written

    class Meta:
        verbose_name = "edition of the memory"

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.texts}"


class MemoryUse(models.Model):
    """Where a text stands in an edition first. As of its pairs of words, no key of the database binds it to the text:
    to take a page down never waits for somebody else's release, or fails by it.
    """

    text = models.ForeignKey(MemoryText, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="uses")
    holder = models.ForeignKey(MemoryEdition, models.CASCADE, related_name="uses")
    node_id = models.CharField(max_length=60)
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = "use of a text of the memory"
        constraints = [models.UniqueConstraint(fields=["text", "holder"], name="memory_uses_once")]

    def __str__(self) -> str:
        return f"{self.holder_id} {self.node_id}.{self.word}"


class SuggestedUnit(models.Model):
    """A unit that has a suggestion of the memory: with the edition that it comes from, the suggestion goes."""

    state = models.OneToOneField(UnitState, models.CASCADE, primary_key=True, related_name="+")
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "unit with a suggestion"

    def __str__(self) -> str:
        return f"{self.state_id}: {self.edition_id}"
