#!/usr/bin/env python3
"""Writes 工作日表.hui from adjustments.csv; --check tells whether it is as it would be written."""

import csv
import datetime
import pathlib
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
TABLES = FOLDER / "工作日表.hui"


def adjustments():
    """The weekdays off and the weekend days worked, each with whether it is a working day."""
    found = {}
    with open(FOLDER / "adjustments.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            day = datetime.date.fromisoformat(row["date"])
            works = {"上班": True, "放假": False}[row["kind"]]
            if day in found or works == (day.weekday() < 5):
                raise ValueError(f"{day}: named twice, or nothing is changed by it")
            found[day] = works
    return found


def counted(changed):
    """Every day from the eve of the first year to the end of the last, with the working days counted up to it."""
    first = datetime.date(min(changed).year, 1, 1)
    last = datetime.date(max(changed).year, 12, 31)
    day, count = first - datetime.timedelta(days=1), 0
    yield day, count, False
    while day < last:
        day += datetime.timedelta(days=1)
        works = changed.get(day, day.weekday() < 5)
        count += works
        yield day, count, works


def text():
    """The rule file, laid out as huiyu fmt lays it out."""
    days = list(counted(adjustments()))
    width = len(f"{days[-1][1]}个工作日")
    lines = [
        "# 由 make_tables.py 从 adjustments.csv 写出，请不要改这个文件",
        f"# {days[1][0]} 至 {days[-1][0]} 每一天，到这一天为止（含）一共有多少个工作日",
        "公开 参照表 累计工作日（日期）： 工作日数",
    ]
    # Chinese characters take two columns, so padding by characters keeps the bars in line.
    lines += [f"  | {day} | {f'{count}个工作日':<{width}} |" for day, count, _ in days]
    lines += ["", "# 反过来：第几个工作日是哪一天", "公开 参照表 工作日日期（工作日数）： 日期"]
    lines += [f"  | {f'{count}个工作日':<{width}} | {day} |" for day, count, works in days if works]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        sys.exit(0 if TABLES.read_text(encoding="utf-8") == text() else f"{TABLES}: run {pathlib.Path(__file__).name}")
    TABLES.write_text(text(), encoding="utf-8")
