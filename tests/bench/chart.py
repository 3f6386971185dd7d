"""Draws the county's figures as bars: the whole command, from the policies and the register to a Parquet file."""
import statistics
from xml.sax.saxutils import escape

# The pairs whose ratios are reported.
COMPARED = (
    ("eligible, native, warm", "eligible, DuckDB"),
    ("eligible, interpreted", "eligible, DuckDB"),
    ("all pairs, native, warm", "all pairs, DuckDB"),
    ("all pairs, interpreted", "all pairs, DuckDB"),
)
GROUPS = (
    ("Who is eligible", (("eligible, native, warm", "Huiyu, native"), ("eligible, native, cold", "Huiyu, native, empty cache"),
                         ("eligible, auto, cold", "Huiyu, auto, empty cache"),
                         ("eligible, interpreted", "Huiyu, interpreted"), ("eligible, DuckDB", "DuckDB"))),
    ("Every pair", (("all pairs, native, warm", "Huiyu, native"), ("all pairs, interpreted", "Huiyu, interpreted"),
                    ("all pairs, DuckDB", "DuckDB"))),
)
LEFT, WIDTH, BAR, GAP = 210, 420, 20, 8
COLOURS = {"DuckDB": "#b8860b"}


def svg(results):
    """A bar for the median time of the processors of each command, and a line from the least to the most: unlike the time
    by the clock it hardly depends on what else the machine does."""
    figures = results["trials"]
    most = max(max(figures[name]["processor"]) for _, bars in GROUPS for name, _ in bars)
    parts, y = [], 44
    for title, bars in GROUPS:
        parts.append(f'<text x="16" y="{y}" font-weight="bold">{escape(title)}</text>')
        y += 12
        for name, label in bars:
            values = figures[name]["processor"]
            median, least, high = (WIDTH * value / most for value in (statistics.median(values), min(values), max(values)))
            middle = y + BAR / 2
            parts += [
                f'<text x="{LEFT - 10}" y="{middle + 4:.0f}" text-anchor="end">{escape(label)}</text>',
                f'<rect x="{LEFT}" y="{y}" width="{median:.1f}" height="{BAR}" fill="{COLOURS.get(label, "#2f6f9f")}"/>',
                f'<line x1="{LEFT + least:.1f}" x2="{LEFT + high:.1f}" y1="{middle}" y2="{middle}" stroke="#444"/>',
                f'<text x="{LEFT + high + 8:.1f}" y="{middle + 4:.0f}">{statistics.median(values):.2f} s</text>',
            ]
            y += BAR + GAP
        y += 24
    heading = f"{results['firms']:,} firms, policies in, Parquet out: seconds of the processors, median and spread of {results['rounds']}"
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + 90}" height="{y}" '
        'font-family="sans-serif" font-size="13">', '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="16" y="22">{escape(heading)}</text>', *parts, "</svg>", ""])
