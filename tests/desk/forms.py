"""Filling in forms as a browser does: from the page that was served, with some fields typed anew."""

from editorial.reviews import checklist
from tests.factories import pages
from tests.parsing import parse_page


def forms(response) -> list[dict]:
    """What each form of the page would send as it stands: {"action": address, "fields": {name: value}}."""
    root = parse_page(response)
    return [
        {"action": form.get("action", ""), "fields": dict(_fields(form)), "form": form}
        for form in root.iter("form")
        # The admin's frame has a button to sign out.
        if form.get("method", "").lower() == "post" and not form.get("action", "").endswith("/logout/")
    ]


def _fields(form):
    for field in _inside(form):
        name = field.get("name")
        # Whose page it is matters where one person's form is sent by another: see test_kept_text.py.
        if not name or name in ("csrfmiddlewaretoken", "_account") or field.get("disabled") is not None:
            continue
        if field.tag == "textarea":
            yield name, (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            yield name, chosen[0].get("value", "") if chosen else ""
        elif field.tag == "input":
            kind = field.get("type", "text")
            if kind in ("checkbox", "radio"):
                if field.get("checked") is not None:
                    yield name, field.get("value", "on")
            elif kind != "submit":
                yield name, field.get("value", "")


def _inside(element):
    """Everything in a form but what waits in its templates."""
    for child in element:
        if isinstance(child.tag, str) and child.tag != "template":
            yield child
            yield from _inside(child)


def filled(response, **typed) -> dict:
    """The fields of the page's largest form, with some typed anew; __ in a name stands for -."""
    largest = max(forms(response), key=lambda form: len(form["fields"]))
    return largest["fields"] | {name.replace("__", "-"): value for name, value in typed.items()}


def agreed(edition, prefix: str) -> dict[str, str]:
    """What a form sends of a checklist that is answered with yes."""
    answers = {f"{prefix}-question-{key}": str(answer) for key, answer in pages.answers(edition).items()}
    return {**answers, f"{prefix}-seen": checklist.context_digest(edition, checklist.current_questions(edition))}
