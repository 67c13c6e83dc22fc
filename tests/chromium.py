"""Finds a Chromium for the browser's tests; `python -m tests.chromium` installs one where it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# The shell is Chromium without its windows: the same pages for a third of the work.
PACKAGES = ("chromium-headless-shell", "chromium")
NAMES = (*PACKAGES, "chromium-browser", "google-chrome", "google-chrome-stable")

ADVICE = "No Chromium found. Install Debian's `chromium-headless-shell` package, or set CHROMIUM to the path of one."


def find() -> str | None:
    """CHROMIUM if set, else one on PATH, else one that Playwright installed; None when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    for pattern in ("chromium_headless_shell-*/chrome-*/*headless*shell", "chromium-*/chrome-linux*/chrome"):
        if newest_first := sorted(kept.glob(pattern), reverse=True):
            return str(newest_first[0])
    return None


def install() -> None:
    """Debian's package, where this user may install one. Raises CalledProcessError when that fails."""
    _apt_get("update")
    for package in PACKAGES:
        try:
            return _apt_get("install", "--yes", "--no-install-recommends", package)
        except subprocess.CalledProcessError:
            if package == PACKAGES[-1]:
                raise


def _apt_get(*arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "-qq", *arguments], check=True, env=environment, stdout=sys.stderr)


def main() -> int:
    if not find() and "CHROMIUM" not in os.environ and os.geteuid() == 0 and shutil.which("apt-get"):
        print("→ Installing Chromium", file=sys.stderr)
        try:
            install()
        except subprocess.CalledProcessError as error:
            print(f"{error}. {ADVICE}", file=sys.stderr)
            return 1
    if path := find():
        print(path)
        return 0
    print(ADVICE, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
