"""One document's timeline: everything that happened to it, newest first, whichever table tells of it.

`sources.py` says what a source is; `record_sources.py` and `edit_sources.py` hold those of the engine, and an app above
adds its own with `add_source`. `timeline.py` merges them by time, a page at a time; `presenters.py` groups by day.
"""
