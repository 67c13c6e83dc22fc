"""A language is a setting, one command that writes its migrations, and people: shown on a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.databases import ROOT

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", "*.mo", "benchmarks", "screenshots")
LAST = '    ("vi", "Tiếng Việt"),\n'


class Copy:
    """The project in a folder of its own, with a database there."""

    def __init__(self, folder: Path):
        self.folder = folder
        shutil.copytree(ROOT, folder, ignore=LEFT_OUT)

    def run(self, *arguments: str, **environment: str) -> str:
        keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *arguments],
            cwd=self.folder,
            env={
                **keep, "DJANGO_SETTINGS_MODULE": "immuno_site.settings.test", "PYTHONPATH": str(self.folder),
                "DATABASE_URL": f"sqlite:///{self.folder / 'site.sqlite3'}", **environment,
            },
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-6000:]
        return done.stdout

    def manage(self, *arguments: str, **environment: str) -> str:
        return self.run("manage.py", *arguments, **environment)

    def add_language(self, code: str, name: str) -> None:
        settings = self.folder / "immuno_site/settings/base.py"
        text = settings.read_text(encoding="utf-8")
        assert text.count(LAST) == 1
        settings.write_text(text.replace(LAST, f'{LAST}    ("{code}", "{name}"),\n'), encoding="utf-8")


@pytest.mark.long
@pytest.mark.prove
@pytest.mark.parametrize(("code", "name"), [("fr", "Français"), ("tl", "Tagalog")])
def test_a_sixth_language_is_added_read_and_hidden(tmp_path, code, name):
    """French, which Django knows, and Tagalog, of which neither it nor any list of ours knows anything."""
    copy = Copy(tmp_path / "site")
    copy.manage("compile_locale")
    copy.manage("migrate", "--verbosity", "0")
    copy.run("-m", "tests.site.sixth_language.before")

    copy.add_language(code, name)
    written = copy.manage("makemigrations", "-n", f"add_{code}")
    apps = re.findall(r"Migrations for '(\w+)'", written)
    assert len(apps) == len(set(apps)) == written.count(f"add_{code}.py")
    assert {"articles", "drugs", "library"} <= set(apps)
    assert "Remove" not in written and "Delete" not in written
    assert "No changes" in copy.manage("makemigrations", "--check")
    copy.manage("migrate", "--verbosity", "0")
    assert f"({code}): lacks" in copy.manage("language_status", code)

    folder = copy.folder / "locale" / code / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = polib.POFile()
    catalogue.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=n > 1;"}
    catalogue.append(polib.POEntry(msgid="All articles", msgstr="…"))
    catalogue.save(str(folder / "django.po"))
    copy.manage("compile_locale")
    assert "public words" in copy.manage("language_status", code)

    copy.run("-m", "tests.site.sixth_language.after", code)
    shown = copy.manage("verify_records")
    copy.run("-m", "tests.site.sixth_language.after", code, "hidden", PUBLIC_LANGUAGES="en,es,ar,zh-hans,vi")
    assert copy.manage("verify_records", PUBLIC_LANGUAGES="en,es,ar,zh-hans,vi") == shown
