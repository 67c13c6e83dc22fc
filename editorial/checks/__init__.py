"""Findings: what small checks say about a page while it is written, beside the text.

A check is a stateless class with an id, a name, why it matters, and one method that reads a `Page`. Checks about words
alone are in `sentences.py` and `words.py`; those about references, glossary or drugs live with these; the one ordered
list of them all is the site's (`registry.register_checks`). docs/findings.md is printed from it.
"""
