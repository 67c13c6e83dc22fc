"""Boxes of a long form are written out in Python, and say what Django's own templates say."""

import pytest
from django import forms
from django.test.html import parse_html
from django.utils.html import conditional_escape
from django.utils.translation import gettext_lazy, override

from editorial.desk.writing.choice_list import ChoiceList
from editorial.desk.writing.field_box import field_box

CHOICES = [("", "---------"), ("a", "A & <b>"), (1, gettext_lazy("Title")), (None, "none"), ("1", "again")]
GROUPS = [("Group", [("a", "A"), ("b", "B")]), ("c", "C")]


@pytest.mark.parametrize("value", [None, "", "a", 1, "1", "gone", '"><script>'])
@pytest.mark.parametrize("choices", [CHOICES, GROUPS, []])
@pytest.mark.parametrize("attrs", [None, {"id": "id_x", "required": True, "data-x": 'a"b', "disabled": False}])
def test_a_list_of_choices_is_that_of_django(value, choices, attrs):
    like = forms.Select({"class": "narrow"}, choices=choices)
    own = ChoiceList(like)
    own.choices = choices
    with override("es"):
        assert parse_html(own.render("x", value, attrs)) == parse_html(like.render("x", value, attrs))


class Form(forms.Form):
    words = forms.CharField(label=gettext_lazy("Title"), help_text="Say <em>it</em>.", max_length=5)
    asked = forms.BooleanField(label="Is <it> so?", required=False)
    ways = forms.ChoiceField(choices=GROUPS, widget=forms.RadioSelect, label="Ways")


@pytest.mark.parametrize("data", [None, {"words": "much too long"}, {"words": "right", "ways": "a"}])
@pytest.mark.parametrize("auto_id", ["id_%s", False])
@pytest.mark.parametrize("name", Form.base_fields)
def test_a_field_has_its_label_its_help_and_what_is_wrong(data, auto_id, name):
    field = Form(data, auto_id=auto_id)[name]
    box = field_box(field, "<p>a remark</p>")
    for part in (field, field.errors, "<p>a remark</p></div>"):
        assert str(part) in box
    assert ("has-errors" in box) is bool(field.errors)
    if name == "ways":
        assert "<legend>Ways</legend>" in box
    else:
        assert str(field.label_tag()) in box
        assert str(conditional_escape(field.label)) in box
    if field.help_text:
        assert field.help_text in box
        assert ('id="id_words_helptext"' in box) is bool(auto_id)
