"""`manage.py makemessages`, which reads readers' templates as their own engine does."""

from pathlib import Path

from django.conf import settings
from django.core.management.commands import makemessages

from immuno_site.reader_messages import calls_of


class BuildFile(makemessages.BuildFile):
    def preprocess(self) -> None:
        path = Path(self.path).resolve()
        if settings.READER_TEMPLATES not in path.parents:
            super().preprocess()
            return
        Path(self.work_path).write_text(calls_of(path.read_text(encoding="utf-8")), encoding="utf-8")


class Command(makemessages.Command):
    build_file_class = BuildFile
