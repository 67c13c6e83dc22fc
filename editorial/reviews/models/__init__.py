"""What reviewing keeps besides the records of editions."""

from .extents import Contributor, Extent, note_for_lists
from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement

__all__ = [
    "Cause",
    "Contributor",
    "Extent",
    "Outcome",
    "Recheck",
    "Settlement",
    "SignOffPolicy",
    "note_for_lists",
    "required_sign_offs",
]
