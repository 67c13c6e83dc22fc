"""A table, curves, and a file with the versions and the machine."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from math import log10
from pathlib import Path

from _serving.report import RESULTS, Goal, machine, versions
from _serving.sites import PEER_PYTHON

__all__ = ["find_goals", "machine", "table", "write"]

Figures = dict[int, dict[str, dict[str, tuple[float, int]]]]  # {documents: {group: {name: (ms, statements)}}}
FULL = 1_000  # documents, of which every list has more than a page
LIMIT = 300  # milliseconds of a page of the desk
WIDTH, HEIGHT, LEFT, RIGHT, TOP = 380, 330, 62, 210, 34  # of a panel and around it, in pixels
LINE = 12  # of text
COLOURS = ("#1f6f5c", "#b4472e", "#3b5b92", "#8a6d1d", "#7a4b8c", "#4d7a3a", "#a03f6a", "#51636e")


def find_goals(figures: Figures) -> list[Goal]:
    """Of the largest library, and against the smallest one; of pages that list, one in which a page of them is full."""
    few, many = min(figures), max(figures)
    full = min((size for size in figures if size >= FULL), default=few)
    pages = {name: ms for name, (ms, _) in figures[many]["desk"].items() if not name.startswith("CSV")}  # those stream
    slowest = max(pages.items(), key=lambda item: item[1])
    warm = {
        name: figures[few]["readers, warm"][name][0] / ms for name, (ms, _) in figures[many]["readers, warm"].items()
    }
    cold = {
        name: ms / figures[full]["readers, cold"][name][0] for name, (ms, _) in figures[many]["readers, cold"].items()
    }
    lowest, steepest = min(warm, key=warm.__getitem__), max(cold, key=cold.__getitem__)
    return [
        Goal(f"kept pages a second at {many:,} ÷ at {few:,} ({lowest})", warm[lowest], 0.9),
        Goal(f"cold pages, the steepest ({steepest}), at {many:,} ÷ at {full:,}", cold[steepest], 1.5, is_at_most=True),
        Goal(f"slowest page of the desk ({slowest[0]}), ms", slowest[1], LIMIT, is_at_most=True),
    ]


def table(figures: Figures) -> str:
    """Milliseconds of processor at each size; statements at the smallest and the largest; the last ÷ that before."""
    sizes = sorted(figures)
    few, many = sizes[0], sizes[-1]
    before = sizes[-2] if len(sizes) > 1 else few
    lines = [f"{'':30}" + "".join(f"{size:>10,}" for size in sizes) + f"{'÷':>7}  statements"]
    for group, rows in figures[few].items():
        lines += ["", group]
        for name in rows:
            times = [figures[size][group][name][0] for size in sizes]
            digits = 4 if max(times) < 1 else 1
            ratio = figures[many][group][name][0] / figures[before][group][name][0]
            counts = [figures[size][group][name][1] for size in (few, many)]
            told = f"{counts[0]} : {counts[1]}" if any(counts) else ""
            lines.append(f"{name:30}" + "".join(f"{time:10.{digits}f}" for time in times) + f"{ratio:7.2f}  {told}")
    return "\n".join(lines)


def picture(figures: Figures) -> str:
    """SVG: a panel for each group, with both axes logarithmic and a line for each page."""
    sizes = sorted(figures)
    groups = list(figures[sizes[0]])
    title = f"Milliseconds of processor, from {sizes[0]:,} to {sizes[-1]:,} documents"
    across, down = LEFT + WIDTH + RIGHT, TOP + HEIGHT + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across * 2} {down * ((len(groups) + 1) // 2) + 24}" '
        f'font-family="sans-serif" font-size="11" role="img"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="white"/>'
        f'<text x="10" y="17" font-size="14" font-weight="bold">{escape(title)}</text>'
    ]
    for number, group in enumerate(groups):
        lines = {name: [figures[size][group][name][0] for size in sizes] for name in figures[sizes[0]][group]}
        parts.append(f'<g transform="translate({number % 2 * across} {number // 2 * down + 24})">')
        parts += _panel(group, sizes, lines)
        parts.append("</g>")
    return "\n".join([*parts, "</svg>", ""])


def _panel(group: str, sizes: list[int], lines: dict[str, list[float]]) -> Iterator[str]:
    values = [value for line in lines.values() for value in line]
    low, high = 10 ** int(log10(min(values)) // 1), 10 ** -int(-log10(max(values)) // 1)
    span = max(log10(sizes[-1] / sizes[0]), 1e-9)

    def x(size: int) -> float:
        return LEFT + log10(size / sizes[0]) / span * WIDTH

    def y(value: float) -> float:
        return TOP + HEIGHT - log10(value / low) / log10(high / low) * HEIGHT

    yield f'<text x="{LEFT}" y="{TOP - 10}" font-size="13" font-weight="bold">{escape(group)}</text>'
    mark = low
    while mark <= high * 1.01:
        yield (
            f'<path d="M{LEFT} {y(mark):.1f}h{WIDTH}" stroke="#d5dbdf"/>'
            f'<text x="{LEFT - 6}" y="{y(mark) + 4:.1f}" text-anchor="end">{mark:g} ms</text>'
        )
        mark *= 10
    for size in sizes:
        yield f'<text x="{x(size):.0f}" y="{TOP + HEIGHT + 16}" text-anchor="middle">{size:,}</text>'
    if low < LIMIT < high and group == "desk":
        yield f'<path d="M{LEFT} {y(LIMIT):.1f}h{WIDTH}" stroke="#b4472e" stroke-dasharray="4 3"/>'
    lowest = TOP + HEIGHT + 8.0
    for number, (name, line) in enumerate(sorted(lines.items(), key=lambda item: item[1][-1])):
        colour = COLOURS[number % len(COLOURS)]
        points = " ".join(f"{x(size):.1f},{y(value):.1f}" for size, value in zip(sizes, line, strict=True))
        lowest = min(y(line[-1]), lowest - LINE)  # names don't lie on one another
        yield (
            f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6"/>'
            f'<path d="M{LEFT + WIDTH} {y(line[-1]):.1f}L{LEFT + WIDTH + 14} {lowest:.1f}" stroke="{colour}"/>'
            f'<text x="{LEFT + WIDTH + 17}" y="{lowest + 4:.1f}" fill="{colour}">{escape(name)}, {line[-1]:.3g}</text>'
        )


def write(figures: Figures, name: str, context: dict[str, object]) -> Path:
    """`name`.json, .svg and .txt in benchmarks/results; returns the first."""
    RESULTS.mkdir(exist_ok=True)
    goals = find_goals(figures)
    told = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": versions(PEER_PYTHON) | {"SQLite": sqlite3.sqlite_version},
        **context,
        "milliseconds and statements": figures,
        "goals": [{**goal._asdict(), "is_met": goal.is_met} for goal in goals],
    }
    path = RESULTS / f"{name}.json"
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    path.with_suffix(".svg").write_text(picture(figures))
    path.with_suffix(".txt").write_text("\n".join([table(figures), "", *(goal.line() for goal in goals), ""]))
    return path
