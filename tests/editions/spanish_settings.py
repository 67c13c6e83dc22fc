"""The tests' settings with Spanish as the source language."""

from immuno_site.settings.test import *  # noqa: F403

SOURCE_LANGUAGE = LANGUAGE_CODE = MODELTRANSLATION_DEFAULT_LANGUAGE = "es"
