"""What reviewing keeps besides the records of editions."""

from .extents import Extent, measure
from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement

__all__ = ["Cause", "Extent", "Outcome", "Recheck", "Settlement", "SignOffPolicy", "measure", "required_sign_offs"]
