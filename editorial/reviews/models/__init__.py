"""What reviewing keeps besides the records of editions."""

from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement

__all__ = ["Cause", "Outcome", "Recheck", "Settlement", "SignOffPolicy", "required_sign_offs"]
