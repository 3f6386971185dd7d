#!/usr/bin/env python3
"""Draws what a command printed as an SVG that is read on light and on dark pages, and reads such a picture again.

    draw.py draw TITLE < text > picture.svg      lines of `…` stand for what is left out
    draw.py text picture.svg                     the lines of the picture
    draw.py check picture.svg < output           fails where a line of the picture is not in the output, in order

Every run of characters of one width is placed by its column, so that Chinese stands two columns wide whatever the font.
"""

import re
import sys
import unicodedata
from xml.etree import ElementTree

CELL, LINE, MARGIN, SIZE = 8, 20, 16, 13  # px: a column, a line, the edge, the letters
FONT = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Noto Sans Mono CJK SC', 'Noto Sans CJK SC', " \
       "'Microsoft YaHei', 'PingFang SC', monospace"
STYLE = """
    .page { fill: #ffffff; stroke: #d0d7de } .bar { fill: #f6f8fa } text { fill: #1f2328 }
    .command { font-weight: bold } .yes { fill: #1a7f37 } .no { fill: #cf222e } .open { fill: #9a6700 }
    .title, .rest { fill: #59636e }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; stroke: #3d444d } .bar { fill: #151b23 } text { fill: #f0f6fc }
      .yes { fill: #3fb950 } .no { fill: #f85149 } .open { fill: #d29922 } .title, .rest { fill: #9198a1 }
    }
"""
MARKS = {"✓": "yes", "✗": "no", "?": "open", "!": "no"}


def columns(character):
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def runs(line):
    """(column, text) for each run of wide, of narrow and of blank characters; blanks are left out."""
    found, column = [], 0
    for run in re.findall(r" +|[✓✗…×−÷·‰≥≤“”‘’]|\S", line):
        width = sum(columns(c) for c in run)
        kind = columns(run[0]) if run.strip() else 0
        if run in "✓✗…×−÷·‰≥≤“”‘’":
            kind = 3  # of either width, as the font has it: each has its own place
        if found and kind in (1, 2) and found[-1][2] == kind and found[-1][3] == column:
            found[-1][1] += run
        elif kind:
            found.append([column, run, kind, 0])
        column += width
        if found:
            found[-1][3] = column if kind else -1
    return [(at, text) for at, text, _, _ in found]


def escaped(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def class_of(line, text):
    if line.startswith("$ "):
        return "command"
    if line.strip() == "…":
        return "rest"
    return MARKS.get(text, "") if line.lstrip().startswith(text) else ""


def draw(title, lines):
    width = max(sum(columns(c) for c in line) for line in lines) * CELL + 2 * MARGIN
    height = len(lines) * LINE + 2 * MARGIN + LINE
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           f'role="img" font-family="{FONT}" font-size="{SIZE}">',
           f"  <title>{escaped(title)}</title>", f"  <style>{STYLE}  </style>",
           f'  <rect class="page" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="8"/>']
    for number, line in enumerate(lines):
        y = MARGIN + (number + 1) * LINE
        for column, text in runs(line):
            length = sum(columns(c) for c in text) * CELL
            kind = class_of(line, text)
            kind = f' class="{kind}"' if kind else ""
            out.append(f'  <text x="{MARGIN + column * CELL}" y="{y}" textLength="{length}" '
                       f'lengthAdjust="spacingAndGlyphs"{kind}>{escaped(text)}</text>')
    out.append("</svg>\n")
    return "\n".join(out)


def text_of(path):
    lines = {}
    for element in ElementTree.parse(path).getroot().iter("{http://www.w3.org/2000/svg}text"):
        lines.setdefault(int(element.get("y")), []).append((int(element.get("x")), element.text))
    shown = []
    for y in range(MARGIN + LINE, max(lines) + 1, LINE):
        line = ""
        for x, text in lines.get(y, []):
            line += " " * ((x - MARGIN) // CELL - sum(columns(c) for c in line)) + text
        shown.append(line)
    return shown


def check(path, output):
    at = 0
    for line in text_of(path):
        if line.strip() in ("", "…"):
            continue
        if line not in output[at:]:
            sys.exit(f"{path}: no longer printed, or not in this place: {line}")
        at = output.index(line, at) + 1


def main(arguments):
    given = [line.rstrip() for line in sys.stdin.read().splitlines()] if arguments[0] != "text" else []
    if arguments[0] == "draw":
        sys.stdout.write(draw(arguments[1], given))
    elif arguments[0] == "text":
        print("\n".join(text_of(arguments[1])))
    else:
        check(arguments[1], given)


if __name__ == "__main__":
    main(sys.argv[1:])
