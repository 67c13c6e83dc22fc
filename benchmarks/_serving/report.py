"""What is told of a run: a table, a picture, and a file with the versions and the machine."""

import importlib.metadata
import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from html import escape
from math import log10
from pathlib import Path
from shutil import which
from statistics import median
from typing import NamedTuple

from .load import Load
from .servers import ROOT

RESULTS = ROOT / "benchmarks/results"
BAR, LABEL, HEIGHT = 420, 230, 26  # of the picture, in pixels


class Row(NamedTuple):
    name: str
    loads: list[Load]
    remark: str = ""

    @property
    def per_second(self) -> float:
        return median(load.per_second for load in self.loads)

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return median(load.p99 for load in self.loads)

    @property
    def spread(self) -> float:
        """What lies between the fastest and the slowest round, as a part of the median."""
        rates = [load.per_second for load in self.loads]
        return (max(rates) - min(rates)) / self.per_second


class Goal(NamedTuple):
    """A ratio that one run measured, and what it should be. `measured` is None where a part was not there."""

    name: str
    measured: float | None
    wanted: float
    is_at_most: bool = False

    @property
    def is_met(self) -> bool | None:
        if self.measured is None:
            return None
        return self.measured <= self.wanted if self.is_at_most else self.measured >= self.wanted

    def line(self) -> str:
        sign = "≤" if self.is_at_most else "≥"
        told = "not measured" if self.measured is None else f"{self.measured:.2f}"
        verdict = {True: "met", False: "MISSED", None: "-"}[self.is_met]
        return f"{self.name:62} {told:>12}   {sign} {self.wanted:<6g} {verdict}"


def ratio(rows: dict[str, Row], one: str, other: str, what: str = "per_second") -> float | None:
    return getattr(rows[one], what) / getattr(rows[other], what) if one in rows and other in rows else None


def table(rows: list[Row]) -> str:
    lines = [f"{'':42} {'requests/s':>10} {'spread':>7} {'p50 ms':>8} {'p99 ms':>8}"]
    for row in rows:
        p50 = median(load.p50 for load in row.loads)
        lines.append(f"{row.name:42} {row.per_second:10,.0f} {row.spread:7.0%} {p50:8.2f} {row.p99:8.2f}")
    return "\n".join(lines)


def picture(rows: list[Row], title: str) -> str:
    """SVG: a bar for each row, on a logarithmic scale that begins at 10 requests a second."""
    most = max(log10(max(row.per_second, 11)) for row in rows) - 1
    height = HEIGHT * (len(rows) + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LABEL + BAR + 120} {height}" font-family="sans-serif" '
        f'font-size="13" role="img"><title>{escape(title)}</title><rect width="100%" height="100%" fill="white"/>'
        f'<text x="10" y="20" font-weight="bold">{escape(title)}</text>'
    ]
    for number, row in enumerate(rows, 1):
        y = HEIGHT * number + 8
        width = max(1.0, (log10(max(row.per_second, 11)) - 1) / most * BAR)
        colour = "#1f6f5c" if row.name.startswith("ours") else "#9aa5ad"
        parts.append(
            f'<text x="{LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(row.name)}</text>'
            f'<rect x="{LABEL}" y="{y}" width="{width:.0f}" height="{HEIGHT - 7}" fill="{colour}"/>'
            f'<text x="{LABEL + width + 6:.0f}" y="{y + 15}">{row.per_second:,.0f}</text>'
        )
    note = (
        f'<text x="{LABEL}" y="{height - 6}" font-size="11">'
        "requests a second, logarithmic; one worker, 16 connections</text>"
    )
    return "\n".join([*parts, note, "</svg>", ""])


def versions(peer_python: Path) -> dict[str, str]:
    found = {name: importlib.metadata.version(name) for name in ("Django", "gunicorn")}
    found["Python"] = platform.python_version()
    for program, option in (("nginx", "-v"), ("wrk", "-v")):
        if which(program) is None:  # what grows is measured without them
            continue
        done = subprocess.run([program, option], capture_output=True, text=True)
        found[program] = next(iter((done.stdout + done.stderr).splitlines()), "")
    if not peer_python.exists():
        return found
    listed = subprocess.run([peer_python, "-m", "pip", "list", "--format", "json"], capture_output=True, text=True)
    wanted = {"wagtail", "wagtail-cache", "django-cms", "django-modeltranslation", "granian"}
    packages = json.loads(listed.stdout or "[]")
    return found | {f"peers' {each['name']}": each["version"] for each in packages if each["name"] in wanted}


def machine() -> dict[str, object]:
    model = next((line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "load before": os.getloadavg()[0],
    }


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def write(name: str, rows: list[Row], goals: list[Goal], context: dict[str, object]) -> Path:
    """`name`.json, .svg and .txt in benchmarks/results; returns the first."""
    RESULTS.mkdir(exist_ok=True)
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        **context,
        "rows": [
            {"name": row.name, "rounds": [load._asdict() for load in row.loads], "remark": row.remark} for row in rows
        ],
        "goals": [{**goal._asdict(), "is_met": goal.is_met} for goal in goals],
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    path.with_suffix(".svg").write_text(picture(rows, "One article, compressed, warm"))
    path.with_suffix(".txt").write_text("\n".join([table(rows), "", *(goal.line() for goal in goals), ""]))
    return path
