"""Inline text as a model: a list of runs, each a small dict.

    {"text": "…", "marks": ["em", "strong"], "link": "https://…"}    marks and link only where there are any;
                                                                     marks are em, strong, and one of sub and sup
    {"text": "…", "document": 17, "block": "s-7kq2m9xa"}             a link to a document, or to that block of it; with
                                                                     a block alone, to one of the same page
    {"cite": "schmid-2020"}                                          a citation of a reference by its key
    {"asserts": "FDA: 2 drugs for triple-negative"}                  what the sentence around it asserts
    {"break": true}                                                  a line break

People write a citation as [@schmid-2020]; it becomes a run here and a number on the page. They write what a sentence
asserts as [=FDA: 2 drugs for triple-negative], within it; readers see nothing of that. Kinds of content say what such
a fact means: see editions/assertions.py.
"""

import re
from collections import Counter
from collections.abc import Callable
from html import escape
from typing import Any
from urllib.parse import urlsplit

from editorial.text_hygiene import fold_no_break_spaces

from .addresses import mend_address, run_address, run_target

MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sub": "sub", "sup": "sup"}
RAISED = ("sub", "sup")  # of which a text has at most one
# What Unicode has above and below the line, for words without marks: 10⁹ is not 109.
_RAISED_SIGNS = {
    "sup": str.maketrans("0123456789+-−=()niabcdefghjklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"),
    "sub": str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
}
_EXPONENT = re.compile(r"[-+−]?\d")
LONGEST_FACT = 180  # characters
_MARK = re.compile(rf"\[@([a-z0-9]+(?:-[a-z0-9]+)*)\]|\[=\s*([^\s\[\]:]{{1,20}}:\s[^\[\]]{{1,{LONGEST_FACT - 22}}})\]")
# What stands right behind a word, and so behind a mark that readers do not see.
_BEHIND_A_WORD = re.compile(r"[ .,;:!?)\]»”’…。，；：！？、）」』؟،؛]")
_SPACE = re.compile(r"[ \t\r\n\f]+")

Run = dict[str, Any]
Runs = list[Run]


def address(run: Run) -> str:
    """Where a run leads, in the form in which HTML is stored; "" where it is no link."""
    return run_address(run)


def normalise(runs: Runs) -> Runs:
    """Fold white space, merge equal neighbours and trim both ends, so that equal texts have equal runs."""
    merged: Runs = []
    for run in runs:
        if "text" not in run:
            merged.append(run)
            continue
        text = _SPACE.sub(" ", run["text"])
        previous = merged[-1] if merged else None
        if text.startswith(" ") and (previous is None or previous.get("text", "").endswith(" ") or "break" in previous):
            text = text[1:]
        if not text:
            continue
        rest = {key: value for key, value in run.items() if key != "text"}
        if previous and "text" in previous and {k: v for k, v in previous.items() if k != "text"} == rest:
            merged[-1] = {**previous, "text": previous["text"] + text}
        else:
            merged.append({**run, "text": text})
    return _trimmed(_attached(merged) if any("asserts" in run for run in merged) else merged)


def _attached(runs: Runs) -> Runs:
    """Without the space before each mark of what is asserted, unless a word follows the mark: readers see no mark."""
    attached: Runs = []
    for place, run in enumerate(runs):
        previous = attached[-1] if attached else None
        if "asserts" in run and previous and previous.get("text", "").endswith(" "):
            following = next((after for after in runs[place + 1 :] if "asserts" not in after), {})
            if "text" not in following or _BEHIND_A_WORD.match(following["text"]):
                attached.pop()
                if text := previous["text"].rstrip(" "):
                    attached.append({**previous, "text": text})
        attached.append(run)
    return attached


def _trimmed(runs: Runs) -> Runs:
    """Without the breaks and white space at both ends. It changes the list that it is given."""
    while runs:
        last = runs.pop()
        if "break" in last:
            continue
        text = last["text"].rstrip(" ") if "text" in last else ""
        if text or "text" not in last:
            runs.append({**last, "text": text} if text else last)
            break
    first = next((place for place, run in enumerate(runs) if "break" not in run), len(runs))
    return runs[first:]


def from_text(text: str) -> Runs:
    """Runs from text that people typed into a plain box: no marks, but citations and what is asserted."""
    return normalise(_split(text))


def marked(text: str, marks: frozenset[str], link: str) -> Runs:
    """Runs of one piece of marked text, with the citations and assertions in it taken out of the marks."""
    extra: Run = {}
    if marks:
        extra["marks"] = sorted(marks)
    if link:
        extra |= run_target(link)
    return [{**run, **extra} if "text" in run else run for run in _split(text)]


def _split(text: str) -> Runs:
    runs: Runs = []
    end = 0
    for mark in _MARK.finditer(text):
        key, fact = mark.groups()
        runs += [{"text": text[end : mark.start()]}] if mark.start() > end else []
        runs.append({"cite": key} if key else {"asserts": " ".join(fact.split())})
        end = mark.end()
    return [*runs, {"text": text[end:]}] if text[end:] else runs


def plain(words: str | Runs) -> str:
    """The words alone: no marks, no citations, nothing of what is asserted; a break is a space, 10 to the power of 9
    is 10⁹.
    """
    if isinstance(words, str):
        return words
    text = "".join(_run_text(run) if "text" in run else " " if "break" in run else "" for run in words)
    return _SPACE.sub(" ", text).strip()


def comparable(words: str | Runs) -> str | Runs:
    """The words for comparing: a no-break space is a space, since nobody reads another word there."""
    if isinstance(words, str):
        return fold_no_break_spaces(words)
    return normalise([{**run, "text": fold_no_break_spaces(run["text"])} if "text" in run else run for run in words])


def typed_text(words: str | Runs) -> str:
    """The words as a person types them into a plain box: citations as [@key], 10 to the power of 9 as 10⁹."""
    if isinstance(words, str):
        return words
    return "".join(map(_typed_run, words))


def _typed_run(run: Run) -> str:
    if "cite" in run:
        return f"[@{run['cite']}]"
    if "asserts" in run:
        return f"[={run['asserts']}]"
    return _run_text(run) if "text" in run else " "


def _run_text(run: Run) -> str:
    mark = next((mark for mark in run.get("marks", ()) if mark in RAISED), "")
    return raised_text(run["text"], mark) if mark else str(run["text"])


def raised_text(text: str, mark: str) -> str:
    """What stands above ("sup") or below ("sub") the line, without a mark: ⁹, or ^(…) and _(…).

    The signs of Unicode where it has all of them, so that no number is taken for another.
    """
    signs = _RAISED_SIGNS[mark]
    if not text.strip():
        return text
    if all(ord(sign) in signs or sign.isspace() for sign in text):
        return text.translate(signs)
    return f"{'^' if mark == 'sup' else '_'}({text})"


def cites(words: str | Runs) -> Counter[str]:
    """How often each reference key is cited."""
    return Counter() if isinstance(words, str) else Counter(run["cite"] for run in words if "cite" in run)


def facts(words: str | Runs) -> Counter[str]:
    """How often each fact is asserted."""
    return Counter() if isinstance(words, str) else Counter(run["asserts"] for run in words if "asserts" in run)


def targets(words: str | Runs) -> set[str]:
    """Where links lead, as far as a translation shares it with its source.

    The host of a foreign page, which may be another in each language; a document of ours, a mail or telephone link by
    its whole address.
    """
    links = {link for run in words if (link := address(run))} if not isinstance(words, str) else set()
    return {urlsplit(link).hostname or link for link in links}


def as_link(html: str, link: str) -> str:
    """A link as it was typed."""
    return f'<a href="{escape(link)}">{html}</a>'


def to_html(
    words: str | Runs,
    cite: Callable[[str], str] = lambda key: f"[@{key}]",
    link: Callable[[str, str], str] = as_link,
    text: Callable[[str], str] = escape,
    power: str = "",
    fact: Callable[[str], str] = lambda fact: escape(f"[={fact}]"),
) -> str:
    """HTML of the words. `cite` turns a key into HTML, `link` what is linked, `fact` what is asserted; by default as
    people type it.

    `text` turns text into HTML; by default it only escapes. `power` is HTML to put between a number and its exponent.
    """
    if isinstance(words, str):
        return text(words)
    parts, before = [], ""
    for run in words:
        is_power = "sup" in run.get("marks", ()) and before[-1:].isdigit() and bool(_EXPONENT.match(run["text"]))
        parts.append((power if is_power else "") + _run_html(run, cite, link, text, fact))
        before = run.get("text", "")
    return "".join(parts)


def _run_html(
    run: Run,
    cite: Callable[[str], str],
    link: Callable[[str, str], str],
    text: Callable[[str], str],
    fact: Callable[[str], str],
) -> str:
    if "cite" in run:
        return cite(run["cite"])
    if "asserts" in run:
        return fact(run["asserts"])
    if "break" in run:
        return "<br>"
    html = text(run["text"])
    for mark in run.get("marks", []):
        html = f"<{mark}>{html}</{mark}>"
    # Checked again here: bytes that were frozen under an older rule meet today's rule when they are shown.
    if (target := address(run)) and mend_address(target) == target:
        html = link(html, target)
    return html
