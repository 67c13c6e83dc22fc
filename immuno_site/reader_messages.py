"""The messages of readers' templates, as their own engine finds them."""

from jinja2 import Environment

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])  # noqa: S701 (it reads templates and renders none)


def calls_of(source: str) -> str:
    """The messages of a template as calls in Python, each in the line in which it stands."""
    lines: list[list[str]] = [[] for _line in source.splitlines()]
    for number, function, message in ENVIRONMENT.extract_translations(source):
        texts = [text for text in (message if isinstance(message, tuple) else (message,)) if text is not None]
        lines[number - 1].append(f"{function}({', '.join(map(repr, texts))})")
    return "\n".join("; ".join(calls) for calls in lines)
