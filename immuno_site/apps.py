from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "immuno_site"
