"""Uploads that the disk has no room for: the file is left out, and the form that it came with is read all the same."""

import logging
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

log = logging.getLogger(__name__)

_FAILED = "editorial.upload_failed"  # in the request's META


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Django's for files too large for memory, on a disk that may be full."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self._leave_out(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            self._leave_out(error)
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        try:
            return super().file_complete(file_size)
        except OSError as error:  # what was still in a buffer
            log.critical("An upload could not be stored: %s", error)
            if self.request:
                self.request.META[_FAILED] = "1"
            return None

    def _leave_out(self, error: OSError) -> None:
        log.critical("An upload could not be stored: %s", error)
        if self.request:
            self.request.META[_FAILED] = "1"
        raise SkipFile from error


def has_lost_upload(request: HttpRequest) -> bool:
    """Whether a file of this request could not be stored and was left out."""
    return _FAILED in request.META
