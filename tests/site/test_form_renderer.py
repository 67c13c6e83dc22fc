"""Forms are rendered by two engines, and read as by one."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from immuno_site.form_renderer import FormRenderer

CHOICES = [("", "–"), ("Group", [("a", "A & B"), ("b", "<B>")])]


class EveryField(forms.Form):
    text = forms.CharField(help_text="Shown <em>below</em>.", label="“Text” & more")
    number = forms.DecimalField()
    long = forms.CharField(widget=forms.Textarea)
    chosen = forms.ChoiceField(choices=CHOICES)
    one = forms.ChoiceField(choices=CHOICES[1][1], widget=forms.RadioSelect)
    several = forms.MultipleChoiceField(choices=CHOICES[1][1], widget=forms.CheckboxSelectMultiple)
    ticked = forms.BooleanField(required=False)
    day = forms.DateField()
    file = forms.FileField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput)


SENT = {
    "text": "\"'<>&",
    "long": '\n<b>A</b> & "B"\n',
    "number": "1.50",
    "chosen": "c",
    "one": "b",
    "several": ["a", "b"],
    "ticked": "on",
    "day": "x",
}


@pytest.mark.parametrize("data", [None, {}, SENT], ids=["empty", "nothing sent", "sent"])
def test_what_is_compiled_says_what_djangos_engine_says(data):
    compiled, plain = EveryField(data, renderer=FormRenderer()), EveryField(data, renderer=DjangoTemplates())
    for as_html in (str, EveryField.as_p):
        assert parse_html(as_html(compiled)) == parse_html(as_html(plain))
