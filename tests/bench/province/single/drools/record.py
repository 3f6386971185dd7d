"""The class of a record, with a getter for each plain column of an export: record.py EXPORT > Rec.java"""
import pathlib
import sys

CLASS = """package bench;

public class Rec {{
    public final int position;
    final int[] values;
    final int[][] lists;

    public Rec(int position, int[] values, int[][] lists) {{
        this.position = position;
        this.values = values;
        this.lists = lists;
    }}
{getters}
    public boolean has(int column, int tag) {{
        if (lists[column] != null) for (int one : lists[column]) if (one == tag) return true;
        return false;
    }}
    public boolean lacks(int column, int tag) {{ return lists[column] != null && !has(column, tag); }}
}}"""


def main() -> None:
    columns = [line.split() for line in (pathlib.Path(sys.argv[1]) / "columns.txt").read_text(encoding="utf-8").splitlines()]
    getters = [f"    public int get{name[0].upper()}{name[1:]}() {{ return values[{i}]; }}"
               for i, (name, kind) in enumerate(columns) if kind == "I"]
    print(CLASS.format(getters="\n".join(getters)))


if __name__ == "__main__":
    main()
