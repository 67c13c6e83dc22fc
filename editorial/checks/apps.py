from django.apps import AppConfig


class ChecksConfig(AppConfig):
    name = "editorial.checks"
    label = "checks"
