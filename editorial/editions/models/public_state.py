"""One number for all that readers see: whoever kept a page knows by it whether anything may have changed since."""

from django.db import models


class ShownToReaders(models.Model):
    """Rows that readers' pages show though they are no records: changing one raises the public state, too.

    With `STATE_COLUMNS`, only a change of these does, and the deletion of a row.
    """

    STATE_COLUMNS: tuple[str, ...] = ()

    class Meta:
        abstract = True


class PublicState(models.Model):
    """How often what readers see was changed, and by what last. Triggers write it, in the change's own transaction.

    A number alone could come again after a backup was restored; with the digest of the record that raised it (where
    no record did, with random digits) no pair ever does.
    """

    scope = models.CharField(max_length=30, unique=True)  # a kind's name; "" for everything
    number = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.scope or '*'} {self.number}"
