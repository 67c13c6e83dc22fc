from django.urls import path

from .numbers.views import export_numbers, numbers
from .overview.views import overview

app_name = "translation_desk"

urlpatterns = [
    path("", overview, name="translations"),
    path("numbers/", numbers, name="translation-numbers"),
    path("numbers/table/", export_numbers, name="translation-numbers-export"),
]
