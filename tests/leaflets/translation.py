from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track
from tests.leaflets.models import Leaflet


@register(Leaflet)
class LeafletWords(TranslationOptions):
    fields = ("title", "body")


track(Leaflet)
