"""Proofs of what the product promises."""

import os

# `make prove`: larger budgets, everything tried.
PROVING = os.environ.get("PROVE") == "1"
