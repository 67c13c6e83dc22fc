"""Finds a Chromium for the browser's tests; `python -m tests.chromium` installs one where it may."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ADVICE = "No Chromium found. Install Debian's `chromium` package, or set CHROMIUM to the path of one."


def find() -> str | None:
    """CHROMIUM if set, else one on PATH, else one that Playwright installed; None when there is none."""
    if named := os.environ.get("CHROMIUM"):
        return shutil.which(named)
    for name in NAMES:
        if path := shutil.which(name):
            return path
    kept = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    newest_first = sorted(kept.glob("chromium-*/chrome-linux*/chrome"), reverse=True)
    return str(newest_first[0]) if newest_first else None


def install() -> None:
    """Debian's package, where this user may install one. Raises CalledProcessError when that fails."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
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
