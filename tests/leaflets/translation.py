from modeltranslation.translator import TranslationOptions, register

from editorial.editions.working.tracking import track

from .models import Leaflet


@register(Leaflet)
class LeafletWords(TranslationOptions):
    fields = ("title", "body")


track(Leaflet)
