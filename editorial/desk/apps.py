from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "editorial.desk"
    label = "desk"
