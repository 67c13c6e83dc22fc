"""A field of a form as every page of the desk lays it out.

In Python, because a writing page has hundreds of them: a template for each took as long as the rest of the page.
"""

from django.forms import BoundField
from django.utils.html import conditional_escape as text
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

_ENDS = ":?.!"  # Django's own message: what a label may end with that needs no colon


def field_box(field: BoundField, remarks: str = "") -> SafeString:
    """Label, box, help and errors, then `remarks`, which are HTML."""
    key, errors = field.auto_id, field.errors
    name, place = f"field field-{field.name}", f' id="field-{text(field.html_name)}"' if key else ""
    html = [f'<div{place} class="{text(name)}{" has-errors" if errors else ""}">']
    if field.use_fieldset:
        described = field.aria_describedby
        about = f' aria-describedby="{text(described)}"' if described else ""
        html.append(f"<fieldset{about}><legend>{text(field.label)}</legend>{field}</fieldset>")
    else:
        html += [_label(field), str(field)]
    if field.help_text:
        own = f' id="{text(key)}_helptext"' if key else ""
        html.append(f'<p class="help"{own}>{field.help_text}</p>')
    if errors:
        html.append(str(errors))
    return mark_safe("".join([*html, remarks, "</div>"]))  # noqa: S308 (words are escaped, helps are HTML of ours)


def _label(field: BoundField) -> str:
    """What `BoundField.label_tag` makes of a form without classes for labels."""
    label, suffix, own = str(text(field.label)), field.form.label_suffix, field.id_for_label
    if suffix and label and label[-1] not in gettext(_ENDS):
        label += str(text(suffix))
    return f'<label for="{text(own)}">{label}</label>' if own else label
