"""What reviewing keeps besides the records of editions."""

from .policies import SignOffPolicy, required_sign_offs
from .rechecks import Cause, Outcome, Recheck, Settlement
from .remarks import Act, Mention, Remark

__all__ = [
    "Act", "Cause", "Mention", "Outcome", "Recheck", "Remark", "Settlement", "SignOffPolicy", "required_sign_offs",
]  # fmt: skip
