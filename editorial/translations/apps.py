from django.apps import AppConfig


class TranslationsConfig(AppConfig):
    name = "editorial.translations"
    label = "translations"
