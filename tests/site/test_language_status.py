"""What each language still lacks is listed, and the public pages lack nothing in a language of the site."""

from io import StringIO

import polib
import pytest
from django.core.management import CommandError, call_command

from editorial.accounts.languages import all_languages, target_languages
from immuno_site.demonstration.content_files import read_content, translated_languages
from immuno_site.language_status import find_lacks, find_missing_content, find_untranslated, public_messages
from immuno_site.page_checks import CHECKS
from tests.factories import pages, people

# What the languages of the site lack. A language that is added appears here, lack by lack.
LACKING = {
    "ar": {"reading-level"},
    "zh-hans": {"reading-level", "stemmer"},
    "vi": {"reading-level", "reading speed", "stemmer"},
}
UNKNOWN = "tl"  # which neither Django nor any list of ours knows


@pytest.mark.parametrize("language", all_languages())
def test_what_a_language_of_the_site_lacks_is_listed(language):
    assert {lack.key for lack in find_lacks(language)} == LACKING.get(language, set())


def test_a_language_that_nothing_knows_lacks_all_of_it():
    keys = {lack.key for lack in find_lacks(UNKNOWN)}
    assert {check.id for check in CHECKS if check.languages is not None} <= keys
    assert {check.id for check in CHECKS if getattr(check, "needs_words", False)} <= keys
    assert {"months", "negations", "stemmer", "stop words", "alphabet", "formats", "catalogue"} <= keys
    assert all(lack.where for lack in find_lacks(UNKNOWN))


@pytest.mark.parametrize("language", target_languages())
def test_readers_pages_have_every_word_of_the_interface(language):
    assert len(public_messages()) > 100
    assert find_untranslated(language) == set()


@pytest.mark.parametrize("language", target_languages())
def test_readers_pages_have_every_signed_phrase_in_the_demonstration(language):
    texts = [words[name] for words in read_content("site_words")["site_words"] for name in ("title", "body")]
    texts += [
        phrase["text"] for words in read_content("site_words")["site_words"] for phrase in words.get("phrases", [])
    ]
    assert len(texts) > 100
    assert [text["en"] for text in texts if language not in translated_languages(text)] == []


@pytest.mark.parametrize("broken", ["missing", "fuzzy", "empty", "a form"])
def test_a_word_that_a_language_lacks_is_found(broken, settings, tmp_path):
    message, plural = "Skip to the text", next(text for text in sorted(public_messages()) if "%(" in text)
    catalogue = polib.POFile()
    catalogue.metadata = {"Plural-Forms": "nplurals=2; plural=n != 1;"}
    for text in public_messages() - {message}:
        catalogue.append(polib.POEntry(msgid=text, msgstr="x"))
    if broken != "missing":
        entry = polib.POEntry(msgid=message, msgstr="" if broken == "empty" else "x")
        if broken == "fuzzy":
            entry.flags.append("fuzzy")
        if broken == "a form":
            entry = polib.POEntry(msgid=message, msgid_plural=plural, msgstr_plural={0: "x"})
        catalogue.append(entry)
    folder = tmp_path / UNKNOWN / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue.save(str(folder / "django.po"))
    settings.LOCALE_PATHS = [tmp_path]
    assert find_untranslated(UNKNOWN) == {message}


@pytest.mark.django_db
def test_what_people_still_have_to_do_is_listed():
    writer, signer = people.author(), people.reviewer("en", "es")
    words = pages.site_words(writer, "withdrawn", phrases=[{"key": "a-phrase", "text": "A phrase"}])
    pages.publish(words, writer, signer)
    assert {lack.key for lack in find_missing_content("es")} == {"site words", "translators"}
    translator = people.translator("es")
    pages.publish_translation(words, "es", translator, signer)
    assert list(find_missing_content("es")) == []
    assert {lack.key for lack in find_missing_content("vi")} == {"site words", "translators", "signers"}
    printed = StringIO()
    call_command("language_status", "vi", stdout=printed)
    assert printed.getvalue().startswith("Tiếng Việt (vi): lacks 6\n")
    assert "not signed in it: withdrawn" in printed.getvalue()
    with pytest.raises(CommandError, match="xx"):
        call_command("language_status", "xx")
