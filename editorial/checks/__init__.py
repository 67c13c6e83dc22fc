"""Findings: what small checks say about a page while it is written, beside the text.

A check is a stateless class with an id, a name, why it matters, and one method that reads a `CheckedPage`.
Checks of words alone are here; those about references, glossary or drugs live with these. The one ordered list of them
all is the site's (`registry.register_checks`), and docs/findings.md is printed from it.
"""
