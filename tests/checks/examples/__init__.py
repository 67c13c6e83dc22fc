"""Examples of what checks find: one table for all of them."""

from tests.checks.examples.build import CALL, Example, article, body
from tests.checks.examples.table import EXAMPLES

__all__ = ["CALL", "EXAMPLES", "Example", "article", "body"]
