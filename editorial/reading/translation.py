"""Whose history is kept (see editions/working/tracking.py)."""

from editorial.editions.working.tracking import track

from .models import PathStep

track(PathStep)
