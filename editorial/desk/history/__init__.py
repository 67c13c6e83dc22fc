"""One document's timeline: everything that happened to it, newest first, whichever table tells of it.

`sources.py` says what a source is, `records.py` and `edits.py` are those of the engine, an app above adds its own with
`add_source`; `pages.py` merges them by time, a page at a time.
"""
