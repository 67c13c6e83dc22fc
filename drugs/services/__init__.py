"""The verbs of monographs and of what regulators did. Each: all blockers at once, then one transaction."""

from .authorities import save_authority
from .events import correct_event, record_event, void_event
from .monographs import create_monograph, save_monograph
from .verifications import verify_event

__all__ = [
    "correct_event",
    "create_monograph",
    "record_event",
    "save_authority",
    "save_monograph",
    "verify_event",
    "void_event",
]
