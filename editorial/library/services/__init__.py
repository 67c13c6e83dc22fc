"""Writing what kinds of content share: by services, like every working copy."""

from .figures import create_figure, save_figure
from .references import create_reference, save_reference

__all__ = [
    "create_figure",
    "create_reference",
    "save_figure",
    "save_reference",
]
