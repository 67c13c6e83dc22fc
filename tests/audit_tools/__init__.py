"""The Nu HTML checker and Lighthouse, which `make audit` puts into var/audit where npm is: found there, or left out."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests import chromium
from tests.databases import ROOT

FOLDER = ROOT / "var" / "audit" / "node_modules"
_VNU = FOLDER / "vnu-jar" / "build" / "dist" / "vnu.jar"
_LIGHTHOUSE = FOLDER / "lighthouse" / "cli" / "index.js"
LONGEST = 300  # seconds of one run, on a busy machine


def missing_for_markup() -> str:
    """What is not there that Nu needs; "" where all is."""
    if not shutil.which("java"):
        return "Java is not installed"
    return "" if _VNU.exists() else "vnu.jar is not in var/audit (`make audit` fetches it where npm is)"


def missing_for_lighthouse() -> str:
    """The same for Lighthouse."""
    if not shutil.which("node"):
        return "Node is not installed"
    return "" if _LIGHTHOUSE.exists() else "Lighthouse is not in var/audit (`make audit` fetches it where npm is)"


def check_markup(files: Iterable[Path]) -> list[str]:
    """A line for each kind of error or warning of each HTML file, with its first place. Raises CalledProcessError."""
    command = ["java", "-Xss4m", "-jar", str(_VNU), "--format", "json", "--stdout", "--exit-zero-always"]
    done = subprocess.run(
        [*command, *map(str, files)], capture_output=True, text=True, check=True, timeout=LONGEST
    )  # fmt: skip
    problems: dict[tuple[str, str], list[str]] = {}
    for message in json.loads(done.stdout)["messages"]:
        if message["type"] != "info" or message.get("subType") == "warning":
            place = " ".join(message.get("extract", "").split())[:110]
            problems.setdefault((Path(message.get("url", "")).stem, message["message"]), []).append(place)
    return [f"{name}: {len(places)} × {text} {places[0]}" for (name, text), places in sorted(problems.items())]


def run_lighthouse(address: str, folder: Path) -> tuple[dict[str, float], dict[str, list[str]]]:
    """({category: score from 0 to 1}, {category: ids of what costs points}) of a page as on a phone.

    Raises CalledProcessError.
    """
    report = folder / "lighthouse.json"
    flags = "--headless=new --no-sandbox --disable-gpu --disable-quic"
    subprocess.run(
        ["node", str(_LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={report}",
         f"--chrome-flags={flags}"],
        env=os.environ | {"CHROME_PATH": chromium.find() or ""}, capture_output=True, check=True, timeout=LONGEST,
    )  # fmt: skip
    result: dict[str, Any] = json.loads(report.read_text())
    lost = {
        name: [audit["id"] for audit in category["auditRefs"] if _costs_points(audit, result["audits"])]
        for name, category in result["categories"].items()
    }
    return {name: category["score"] for name, category in result["categories"].items()}, lost


def _costs_points(audit: dict[str, Any], results: dict[str, Any]) -> bool:
    score = results[audit["id"]]["score"]
    return bool(audit["weight"]) and score is not None and score < 1
