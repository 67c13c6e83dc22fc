"""What tells one version and one build of the site from another."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

FOLDERS = ("immuno_site", "editorial", "articles", "drugs", "templates", "static", "locale")

# Compiled from what is already counted, so they would only add noise: a fresh clone has none of them yet.
GENERATED = {".mo", ".pyc"}


def version(root: Path) -> str:
    """The version of the project under `root`, from its pyproject.toml: "0.1.0"."""
    return str(tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"])


def build_id(root: Path, *, release: str = "", settings: Iterable[str] = ()) -> str:
    """A SHA-256 in hex that changes whenever a page may look different though no edition changed.

    It covers the project's files under `root`, or `release` (the operator's name of this build) instead,
    and `settings`, the values of settings that show on pages.
    """
    digest = hashlib.sha256()
    for setting in settings:
        digest.update(f"{setting}\0".encode())
    if release:
        digest.update(release.encode())
    else:
        for path in _sources(root):
            # Each is hashed on its own, so that no bytes can move unseen from one file into the next.
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            digest.update(f"{path.relative_to(root).as_posix()}\0{content}\0".encode())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    yield root / "requirements.txt"  # libraries draw part of each page
    for folder in FOLDERS:
        yield from sorted(
            path
            for path in (root / folder).rglob("*")
            if path.suffix not in GENERATED and path.is_file() and "__pycache__" not in path.parts
        )
