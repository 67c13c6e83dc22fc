from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "editorial.reading"
    label = "reading"
