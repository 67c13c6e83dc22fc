"""What drawings say that were uploaded before their words were read: later ones keep their words with the figure."""

from django.core.validators import RegexValidator
from django.db import models


class DrawingWords(models.Model):
    """The words that are drawn in one stored file. They follow from its bytes, so nobody wrote them: no history."""

    digest = models.CharField(max_length=64, primary_key=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")])
    words = models.JSONField(default=list)  # ["2 tablets a day", …], in their order

    class Meta:
        verbose_name = "words of a drawing"
        verbose_name_plural = "words of drawings"

    def __str__(self) -> str:
        return self.digest
