"""The verbs of monographs and of what regulators did. Each: all blockers at once, then one transaction."""

from .events import correct_event, record_event, take_back, verify_event
from .monographs import create_monograph, save_monograph

__all__ = ["correct_event", "create_monograph", "record_event", "save_monograph", "take_back", "verify_event"]
