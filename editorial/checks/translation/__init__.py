"""Checks of a translation: each compares one text with its source. The words that they know of a language are in
`languages/`, a module for each."""
