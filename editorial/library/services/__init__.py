"""Writing what kinds of content share: by services, like every working copy."""

from .figures import create_figure, save_figure
from .glossary import create_glossary_entry, save_glossary_entry, write_glossary_entry
from .references import create_reference, save_reference
from .site_words import create_site_words, save_site_words, write_site_words

__all__ = [
    "create_figure",
    "create_glossary_entry",
    "create_reference",
    "create_site_words",
    "save_figure",
    "save_glossary_entry",
    "save_reference",
    "save_site_words",
    "write_glossary_entry",
    "write_site_words",
]
