"""The words of what pages of several kinds show, declared once: see editorial/editions/fields.py."""

from django.utils.translation import gettext_lazy as _

from editorial.editions.fields import RowFields, Words

from .models import Figure, Topic

FIGURE = RowFields(
    model=Figure, block="figure", label=_("Figure"), words={"alt": Words(), "caption": Words(), "credit": Words()}
)
TOPIC = RowFields(model=Topic, block="topic", label=_("Topic"), words={"name": Words()})
