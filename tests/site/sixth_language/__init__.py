"""A site that is given a sixth language, as docs/adding-a-language.md says: on a copy of the project."""
