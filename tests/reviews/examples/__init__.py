"""Examples of what checks find: one table for all of them."""

from .build import CALL, Example, article, body
from .table import EXAMPLES

__all__ = ["CALL", "EXAMPLES", "Example", "article", "body"]
