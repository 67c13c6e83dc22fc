"""The interface speaks every language of the site, completely: no gap, no guess, no lost placeholder."""

import ast
import re
import subprocess
import sys
from functools import cache

import polib
import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from immuno_site.reader_messages import calls_of
from tests.databases import ROOT

OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.SOURCE_LANGUAGE]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# Django's names of folders: zh-hans is zh_Hans.
FOLDERS = {code: re.sub(r"-(\w)", lambda match: "_" + match[1].upper(), code) for code in OTHERS}


@cache
def catalogue(language: str) -> polib.POFile:
    path = ROOT / "locale" / FOLDERS[language] / "LC_MESSAGES" / "django.po"
    assert path.is_file(), f"{path} is not there"
    return polib.pofile(str(path), check_for_duplicates=True)


def entries(language: str) -> list[polib.POEntry]:
    return [entry for entry in catalogue(language) if not entry.obsolete]


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(language):
    found = entries(language)
    assert found
    assert [entry.msgid for entry in found if not all(text.strip() for text in translations(entry))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_a_guess(language):
    assert [entry.msgid for entry in entries(language) if entry.fuzzy] == []


def test_quoted_words_keep_their_own_direction_within_arabic():
    texts = [text for entry in entries("ar") for text in translations(entry)]
    assert [text for text in texts if re.search(r"[«“]%\(\w+\)s[»”]", text)] == []


@pytest.mark.parametrize("language", OTHERS)
def test_placeholders_are_those_of_the_message(language):
    wrong = []
    for entry in entries(language):
        wanted = {frozenset(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural) if text}
        # A plural form may leave the number out ("one text"), and the singular's may differ from the plural's.
        allowed = wanted | {frozenset().union(*wanted)}
        for text in filter(None, translations(entry)):
            used = frozenset(PLACEHOLDER.findall(text))
            if used not in allowed and not (entry.msgid_plural and used < frozenset().union(*wanted)):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_white_space_at_the_ends_and_line_breaks_are_kept(language):
    def ends(text: str) -> tuple:
        return text.startswith("\n"), text.endswith("\n"), text[:1].isspace(), text[-1:].isspace()

    wrong = [
        entry.msgid
        for entry in entries(language)
        for text in translations(entry)
        if text and ends(text) != ends(entry.msgid)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_plurals_have_every_form_of_the_language(language):
    po = catalogue(language)
    count = int(re.search(r"nplurals\s*=\s*(\d+)", po.metadata["Plural-Forms"])[1])
    assert count == {"es": 3, "ar": 6, "zh-hans": 1, "vi": 1}[language] or (language, count) == ("es", 2)
    assert [
        entry.msgid for entry in entries(language) if entry.msgid_plural and len(entry.msgstr_plural) != count
    ] == []


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogues_have_the_same_messages(language):
    def keys(code: str) -> set:
        return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries(code)}

    assert keys(language) == keys(OTHERS[0])


@pytest.mark.parametrize("language", OTHERS)
def test_a_browser_reads_the_compiled_catalogue(language, tmp_path):
    po = catalogue(language)
    po.save_as_mofile(str(tmp_path / "django.mo"))
    compiled = polib.mofile(str(tmp_path / "django.mo"))
    assert len(compiled) == len([entry for entry in po if entry.translated()])


CALLS = {"_": 0, "gettext": 0, "gettext_lazy": 0, "ngettext": 0, "ngettext_lazy": 0, "pgettext": 1, "pgettext_lazy": 1}


def said(source: str) -> set[str]:
    """The messages that this Python says."""
    found = set()
    for call in ast.walk(ast.parse(source)):
        name = isinstance(call, ast.Call) and getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in CALLS and len(call.args) > CALLS[name] and isinstance(call.args[CALLS[name]], ast.Constant):
            found.add(call.args[CALLS[name]].value)
    return found


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_of_the_code_is_in_the_catalogues(language):
    """Django's own, such as "Yes", are translated by Django."""
    ours = {entry.msgid for entry in entries(language)}
    with override(language):
        untranslated = {
            (str(path.relative_to(ROOT)), message)
            for app in ("immuno_site", "articles", "drugs", "editorial")
            for path in sorted((ROOT / app).rglob("*.py"))
            if not {"migrations", "management"} & {*path.parts}
            for message in said(path.read_text()) - ours
            if gettext(message) == message
        }
    assert untranslated == set()


def test_every_message_of_the_templates_is_in_the_catalogues():
    """Those that a template marks alone on a line."""
    known = {entry.msgid for entry in entries(OTHERS[0])}
    simple = re.compile(r"""{% translate ("[^"]+"|'[^']+')""")
    marked = {
        match[1:-1]
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for match in simple.findall(path.read_text())
    }
    assert marked - known == set()


def test_every_message_of_readers_templates_is_in_the_catalogues():
    """As their own engine finds them, which `manage.py makemessages` asks too."""
    known = {entry.msgid for entry in entries(OTHERS[0])}
    marked = {
        message
        for path in sorted(settings.READER_TEMPLATES.rglob("*.html"))
        for call in ast.walk(ast.parse(calls_of(path.read_text())))
        if isinstance(call, ast.Call)
        for message in [call.args[1 if call.func.id == "pgettext" else 0].value]
    }
    assert "Skip to the text" in marked
    assert marked - known == set()


def test_messages_of_a_readers_template_are_found_in_their_lines():
    source = """{{ _("One") }}{{ pgettext("menu", "Two") }}

{% trans trimmed name=user %}Three
   {{ name }}{% endtrans %}
{% trans number=3 %}{{ number }} page{% pluralize number %}{{ number }} pages{% endtrans %}
"""
    assert calls_of(source).splitlines() == [
        "_('One'); pgettext('menu', 'Two')", "", "gettext('Three %(name)s')", "",
        "ngettext('%(number)s page', '%(number)s pages')",
    ]  # fmt: skip


def test_the_pages_of_the_site_speak_the_readers_language():
    """In another process, which reads the catalogues anew."""
    program = (
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('compile_locale')\n"
        "from django.utils.translation import gettext, override\n"
        "print([code for code in %r if override(code).__enter__() or gettext('All articles') == 'All articles'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program % OTHERS],
        cwd=ROOT, capture_output=True, text=True, check=True,
        env={"DJANGO_SETTINGS_MODULE": "immuno_site.settings.test", "PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "[]"
