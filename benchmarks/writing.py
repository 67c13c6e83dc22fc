"""What writing and signing cost, in milliseconds of processor, at 5 languages and at 30: `make bench-growth`.

Everything is done to one article of the demonstration, with its words in every language, in transactions that are
undone; what writes nothing is asked outside of one, as on the site. At 30 languages the other 25 hold the Spanish
words, in columns that are added to the tables. Trust the ratios of one run: absolute times say more about the machine
than about the site.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from statistics import median
from time import process_time
from typing import Any
from unittest import mock

from _demonstration import with_site

ROUNDS = 15
SLUG, LANGUAGE = "immunotherapy-for-breast-cancer", "es"
FEW, MANY = 5, 30
SETTINGS = {FEW: "immuno_site.settings.local", MANY: "_many_languages"}


def measure() -> dict[str, float]:
    """{what was done: median milliseconds of processor, or bytes}"""
    from django.db import transaction

    from articles.models import Article
    from articles.services import save_article
    from editorial.accounts.models import User
    from editorial.editions.freezing import find_signed_source
    from editorial.editions.models import Document, Edition
    from editorial.editions.working.copies import version_token
    from editorial.editions.working.translated_words import typed_words, write_translation
    from editorial.reviews.services import sign_off, submit
    from immuno_site.demonstration.people import PASSWORD
    from tests.factories.pages import answers

    document = Document.objects.get(kind="article", slug=SLUG)
    author, translator, reviewer = (User.objects.get(username=name) for name in ("author", "translator", "reviewer"))
    section = Article.objects.get(document=document).sections.filter(retired=False)[1]
    place, source = (section.block_id, "heading"), find_signed_source(document)
    heading = typed_words(document, LANGUAGE)[place]
    letters = iter(f"{one}{two}" for one in "abcdefghijklmnopqrstuvwxyz" for two in "abcdefghijklmnopqrstuvwxyz")

    def save_translation() -> None:
        words, token = {place: f"{heading} {next(letters)}"}, version_token(document, LANGUAGE)
        write_translation(document, LANGUAGE, words, source=source, user=translator, token=token)

    def save_source() -> None:
        row = {"id": section.pk, "body": f"{section.body_en}<p>Ask whoever treats you {next(letters)}.</p>"}
        token, note = version_token(document, "en"), {"change_note": "Whom to ask."}
        save_article(document, user=author, token=token, fields=note, sections=[row])

    def submit_saved(_nothing: None = None) -> Edition:
        return submit(document, "en", user=author, has_no_note=True)

    def save_and_submit() -> Edition:
        save_source()
        return submit_saved()

    def sign(edition: Edition) -> None:
        sign_off(edition, user=reviewer, password=PASSWORD, answers=answers(edition))

    def timed(
        act: Callable[..., object], prepare: Callable[[], object] | None = None, *, is_write: bool = True
    ) -> float:
        times = []
        for _round in range(ROUNDS):
            with transaction.atomic() if is_write else nullcontext():
                arguments = [prepare()] if prepare else []
                start = process_time()
                act(*arguments)
                times.append((process_time() - start) * 1000)
                if is_write:
                    transaction.set_rollback(True)
        return median(times[1:])

    figures = {}
    for name, save in (("a translation", save_translation), ("the source", save_source)):
        figures[f"save {name}"] = timed(save)
        with without_history():
            figures[f"save {name}, without history"] = timed(save)
    figures["submit"] = timed(submit_saved, save_source)
    figures["sign"] = timed(sign, save_and_submit)
    figures["findings at a pause"] = timed(find_findings(document), is_write=False)
    for name, save in (("a translation", save_translation), ("the source", save_source)):
        with transaction.atomic():
            before = count_history_bytes()
            save()
            figures[f"bytes of history, {name}"] = count_history_bytes() - before
            transaction.set_rollback(True)
    return figures


@contextmanager
def without_history() -> Iterator[None]:
    """Neither history rows nor who wrote which text."""
    from django.test import override_settings

    from editorial.editions.working import copies

    with override_settings(SIMPLE_HISTORY_ENABLED=False), mock.patch.object(copies, "keep_writers"):
        yield


def find_findings(document: Any) -> Callable[[], None]:
    """Sends the author's whole form, as the page does when they pause."""
    from urllib.parse import urlencode

    from django.test import Client

    from editorial.accounts.models import User
    from tests.desk.forms import filled

    client, address = Client(), f"/admin/articles/article/{document.pk}/"
    client.force_login(User.objects.get(username="author"))
    fields = filled(client.get(f"{address}change/"))
    title = fields["title"]
    numbers = iter(range(1_000))

    def pause() -> None:
        typed = urlencode(fields | {"title": f"{title} {next(numbers)}"}, doseq=True)
        response = client.post(f"{address}findings/", typed, content_type="application/x-www-form-urlencoded")
        assert response.status_code == 200

    return pause


def count_history_bytes() -> int:
    """Bytes of the texts in the history of articles' sections and titles."""
    from django.db import connection

    from articles.models import Article, Section

    total = 0
    for model in (Article, Section):
        table = model.history.model._meta.db_table
        columns = [field.column for field in model.history.model._meta.concrete_fields]
        with connection.cursor() as cursor:
            lengths = " + ".join(f'COALESCE(LENGTH(CAST("{name}" AS BLOB)), 0)' for name in columns)
            cursor.execute(f'SELECT SUM({lengths}) FROM "{table}"')
            total += cursor.fetchone()[0] or 0
    return total


def add_languages() -> None:
    """Give every table the columns that no migration makes."""
    from django.apps import apps
    from django.db import connection

    for model in apps.get_models(include_auto_created=True):
        with connection.cursor() as cursor:
            present = {
                column.name for column in connection.introspection.get_table_description(cursor, model._meta.db_table)
            }
        with connection.schema_editor() as editor:
            for field in model._meta.concrete_fields:
                if field.column not in present:
                    editor.add_field(model, field)


def fill_languages() -> None:
    """Give this article words in every language."""
    from django.conf import settings
    from django.db.models import F
    from modeltranslation.translator import translator

    from articles.models import Article, KeyPoint, Section

    for model in (Article, KeyPoint, Section):
        words = translator.get_options_for_model(model).all_fields
        more = [code for code, _name in settings.LANGUAGES[FEW:]]
        # With the rewriting manager of modeltranslation, F("title_es") is the column of that name.
        model._base_manager.update(**{f"{name}_{code}": F(f"{name}_{LANGUAGE}") for name in words for code in more})


def run_with_languages() -> None:
    from django.conf import settings
    from django.core.management import call_command

    if len(settings.LANGUAGES) > FEW:
        add_languages()
    call_command("prepare", verbosity=0, stdout=sys.stderr)
    fill_languages()
    json.dump(measure(), sys.stdout)


def main() -> None:
    figures = {}
    for count in SETTINGS:
        command = [sys.executable, __file__, str(count)]
        figures[count] = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    few, many = figures[FEW], figures[MANY]
    print(f"{MANY} languages : {FEW}; milliseconds of processor, each the median of {ROUNDS}\n")
    for name in few:
        print(f"{name:40} {many[name]:9,.1f} : {few[name]:9,.1f} = {many[name] / few[name]:5.2f}")
    for name in ("save a translation", "save the source"):
        ratios = [values[name] / values[f"{name}, without history"] for values in (many, few)]
        print(f"{name + ' ÷ without history':40} {ratios[0]:9.2f} : {ratios[1]:9.2f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        with_site(run_with_languages, settings=SETTINGS[int(sys.argv[1])])
    else:
        main()
