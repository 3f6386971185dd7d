"""A neutral workload (policies.json and records.parquet) as a project in Huiyu and a register that it reads.

    convert.py DATA OUT [--first F] [--policies K] [--file N] [--each] [--records] [--json N]

OUT/rules: 企业.hui (the schema and its lists), 类.hui (the industries that a prefix stands for), and files of policies for
each region, of at most N each with --file (200). OUT/register.parquet, with --records: the same records, money in 元, places as GB/T 2260 has them, and a key,
which is the record's position. --first and --policies: K policies from the F-th on, so that a workload which is too large to
be compiled at once can be made in parts; the schema is the same in all of them. --each: every one of them a project
of its own, OUT/0, OUT/1, … OUT/records.jsonl, with --json: N records
spread evenly over the register, each on a line.

What is not carried over as it stands:
- The workload's counties are made up: 11 cities of 8 or 9. They become counties of a province that has as many; the order
  of codes is kept, and with it the order of the records.
- Its industries are made up too, so they are a list, and a prefix is a named part of that list.
- A ratio whose divisor is null, zero or negative is unknown there, whereas here a division by zero is an error: its
  comparison comes after `divisor 超过 0元`, with 没有 pushed down to it.
"""
import argparse
import json
import os

PROVINCE = "410000"
FLIPPED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
FORWARD = {"<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于"}


def places(here):
    """The workload's county -> a county of GB/T 2260, city by city, both in the order of their codes."""
    table = os.path.join(here, "../../../stdlib-policies/regions/gbt2260.csv")
    cities = {}
    with open(table, encoding="utf-8") as file:
        for line in file:
            code, _, level, parent = line.rstrip("\n").split(",")
            if level == "county" and parent.startswith(PROVINCE[:2]):
                cities.setdefault(parent, []).append(code)
    return [sorted(counties) for _, counties in sorted(cities.items())]


class Places:
    def __init__(self, counties, here):
        by_city = {}
        for code in counties:
            by_city.setdefault(code[:4], []).append(code)
        self.county, self.city = {}, {}
        real = iter(places(here))
        for city, members in sorted(by_city.items()):
            found = next(c for c in real if len(c) >= len(members))
            self.city[city] = found[0][:4] + "00"
            self.county.update(zip(sorted(members), found))

    def region(self, prefix):
        return {2: lambda _: PROVINCE, 4: self.city.get, 6: self.county.get}[len(prefix)](prefix)


def money(fen):
    sign, fen = ("-" if fen < 0 else ""), abs(fen)
    whole, rest = divmod(fen, 100)
    if rest == 0 and whole % 10_000 == 0 and whole:
        return f"{sign}{whole // 10_000}万元"
    return f"{sign}{whole}.{rest:02d}元" if rest else f"{sign}{whole}元"


def percent(numerator, denominator):
    scaled = numerator * 10_000 // denominator
    assert scaled * denominator == numerator * 10_000
    sign, scaled = ("-" if scaled < 0 else ""), abs(scaled)
    return f"{sign}{scaled // 100}.{scaled % 100:02d}".rstrip("0").rstrip(".") + "%"


class Writer:
    def __init__(self, workload):
        self.kinds, self.dictionaries = workload["columns"], workload["dictionaries"]
        self.prefixes, self.lists = set(), {}

    def literal(self, column, value):
        kind = self.kinds[column]
        return {"int64": money, "int32": lambda v: f"{v}项", "date": str}.get(kind, str)(value)

    def members(self, column, values):
        """A list that several policies copy is named once."""
        values = tuple(values)
        if len(values) < 20:
            return "、".join(values)
        name = self.lists.setdefault((column, values), f"列{len(self.lists)}")
        return name

    def atom(self, node, negated):
        if "ratio" in node or "growth" in node:
            a, b = node.get("ratio") or node["growth"]
            quotient = f"{a} ÷ {b}" if "ratio" in node else f"（{a} − {b}）÷ {b}"
            op = FLIPPED[node["op"]] if negated else node["op"]
            return f"（{b} 超过 0元 且 {quotient} {FORWARD[op]} {percent(node['num'], node['den'])}）"
        column, op, value = node["col"], node["op"], node["val"]
        kind = self.kinds[column]
        if kind == "bool":
            return column if value != negated else f"没有 {column}"
        if op == "prefix":
            self.prefixes.add((column, value))
            return f"{column} {'不属于' if negated else '属于'} 类{value}"
        if op == "in":
            return f"{column} {'不属于' if negated else '属于'} {self.members(column, value)}"
        if op == "contains":
            return f"{column} {'不包含' if negated else '包含'} {value}"
        if op == "=":
            if kind in ("enum", "code"):
                return f"{column} {'不属于' if negated else '属于'} {value}"
            return f"{'没有 ' if negated else ''}（{column} ＝ {self.literal(column, value)}）"
        if op == "between":
            low, high = (self.literal(column, v) for v in value)
            inside = f"{low} ≤ {column} ≤ {high}"
            return f"没有（{inside}）" if negated else f"（{inside}）"
        op = FLIPPED[op] if negated else op
        sign = {"<": "＜", "<=": "≤", ">": "＞", ">=": "≥"}[op]
        return f"{column} {sign} {self.literal(column, value)}"

    def condition(self, node, negated, top=False):
        if "not" in node:
            return self.condition(node["not"], not negated, top)
        if "and" not in node and "or" not in node:
            return "  条件 " * top + self.atom(node, negated)
        joined_by_and = ("and" in node) != negated
        parts = [self.condition(n, negated) for n in node.get("and") or node["or"]]
        if top and joined_by_and:
            return "\n".join(f"  条件 {p}" for p in parts)
        text = (" 且 " if joined_by_and else " 或 ").join(parts)
        return f"  条件 {text}" if top else f"（{text}）"

    def grant(self, formula):
        base = formula["base"]
        bounds = ""
        if "cap" in formula:
            bounds += f"，最高 {money(formula['cap'])}"
        if "floor" in formula:
            bounds += f"，最低 {money(formula['floor'])}"
        if formula["mode"] == "flat":
            return f"  奖励 {base} × {percent(formula['rate_bp'], 10_000)}{bounds}"
        tiers = formula["tiers"]
        rows = []
        for tier, after in zip(tiers, tiers[1:] + [None]):
            low = "" if tier["from"] == 0 and after else f"{money(tier['from'])}以上"
            high = f"不满{money(after['from'])}" if after else ""
            rate = percent(tier["rate_bp"], 10_000)
            value = rate if formula["mode"] == "marginal" else f"{base} × {rate}"
            rows.append(f"    {' '.join(filter(None, (low, high)))}：{value}")
        kind = "分段" if formula["mode"] == "marginal" else "分档"
        return f"  奖励 {kind} {base}：\n" + "\n".join(rows) + (f"\n    {bounds}" if bounds else "")

    def policy(self, policy, region):
        return (f"政策 补助{policy['id']}   编号 {policy['id']}   依据 样例   辖区 {region}（county）   有效 长期\n"
                f"{self.condition(policy['condition'], False, top=True)}\n{self.grant(policy['formula'])}\n")

    def schema(self):
        types = {"bool": "真假", "int64": "金额", "int32": "个数", "date": "日期"}
        lines = ["结构 企业 键 key", "  key ： 文本"]
        for column, kind in self.kinds.items():
            of_list = f"{column}名录"
            kind = types.get(kind) or {"enum": of_list, "code": of_list, "list": f"集合 {of_list}"}[kind]
            lines.append(f"  {column} ： {'地区' if column == 'county' else kind}")
        lines += ["", *(f"名录 {column}名录：{'、'.join(values)}" for column, values in self.dictionaries.items()
                        if column != "county")]
        return "\n".join(lines) + "\n"

    def groups(self):
        lines = [f"名录 类{prefix} ： {column}名录 = "
                 + "、".join(v for v in self.dictionaries[column] if v.startswith(prefix))
                 for column, prefix in sorted(self.prefixes)]
        lines += [f"名录 {name} ： {column}名录 = {'、'.join(values)}" for (column, values), name in self.lists.items()]
        return "\n".join(lines) + "\n"


def write_rules(workload, where, out, policies, most=200):
    writer, files = Writer(workload), {}
    for policy in policies:
        region = where.region(policy["region"])
        files.setdefault(region, []).append(writer.policy(policy, region))
    rules = os.path.join(out, "rules")
    os.makedirs(rules, exist_ok=True)
    for name, text in [("企业", writer.schema()), ("类", writer.groups()),
                       *((f"{region}-{at // most + 1:02d}", "\n".join(texts[at:at + most]))
                         for region, texts in files.items() for at in range(0, len(texts), most))]:
        with open(os.path.join(rules, f"{name}.hui"), "w", encoding="utf-8") as file:
            file.write(text)


def write_records(workload, where, data, out):
    import numpy
    import pyarrow
    import pyarrow.parquet

    def amount(fen):
        """Whole fen as decimal(18, 2): the same integers, sixteen bytes each."""
        values = numpy.asarray(fen.fill_null(0))
        wide = numpy.empty((len(values), 2), numpy.int64)
        wide[:, 0], wide[:, 1] = values, values >> 63
        bits = numpy.packbits(numpy.asarray(fen.is_valid()), bitorder="little")
        return pyarrow.Array.from_buffers(pyarrow.decimal128(18, 2), len(values),
                                          [pyarrow.py_buffer(bits.tobytes()), pyarrow.py_buffer(wide.tobytes())])

    file = pyarrow.parquet.ParquetFile(os.path.join(data, "records.parquet"))
    writer, first = None, 0
    for group in range(file.num_row_groups):
        table = file.read_row_group(group)
        columns = [pyarrow.array(map(str, range(first, first + len(table))))]
        first += len(table)
        for name in table.column_names:
            column = table[name].combine_chunks()
            if name == "county":
                names = pyarrow.array([where.county[c] for c in column.dictionary.to_pylist()])
                column = pyarrow.DictionaryArray.from_arrays(column.indices, names)
            elif workload["columns"][name] == "int64":
                column = amount(column)
            columns.append(column)
        table = pyarrow.table(columns, names=["key", *table.column_names])
        writer = writer or pyarrow.parquet.ParquetWriter(os.path.join(out, "register.parquet"), table.schema,
                                                         compression="zstd", compression_level=1)
        writer.write_table(table, row_group_size=131_072)
    writer.close()


def write_json(workload, where, data, out, count):
    import pyarrow.parquet

    def written(name, value):
        if value is None or isinstance(value, (bool, list)):
            return json.dumps(value, ensure_ascii=False)
        if name == "county":
            return f'"{where.county[value]}"'
        if workload["columns"][name] == "int64":
            whole, rest = divmod(abs(value), 100)
            return f"{'-' if value < 0 else ''}{whole}.{rest:02d}"
        return str(value) if isinstance(value, int) else f'"{value}"'

    table = pyarrow.parquet.read_table(os.path.join(data, "records.parquet"))
    step = len(table) // count
    rows = table.take(list(range(0, step * count, step))).to_pylist()
    with open(os.path.join(out, "records.jsonl"), "w", encoding="utf-8") as file:
        for number, row in enumerate(rows):
            facts = ",".join(f'"{name}":{written(name, value)}' for name, value in row.items())
            file.write(f'{{"key":"{number * step}",{facts}}}\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--policies", type=int)
    parser.add_argument("--file", type=int, default=200)
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--records", action="store_true")
    parser.add_argument("--json", type=int)
    options = parser.parse_args()
    with open(os.path.join(options.data, "policies.json"), encoding="utf-8") as file:
        workload = json.load(file)
    where = Places(workload["dictionaries"]["county"], os.path.dirname(os.path.abspath(__file__)))
    os.makedirs(options.out, exist_ok=True)
    end = None if options.policies is None else options.first + options.policies
    policies = workload["policies"][options.first:end]
    parts = [(os.path.join(options.out, str(i)), [one]) for i, one in enumerate(policies)]
    for out, some in parts if options.each else [(options.out, policies)]:
        write_rules(workload, where, out, some, options.file)
    if options.records:
        write_records(workload, where, options.data, options.out)
    if options.json:
        write_json(workload, where, options.data, options.out, options.json)


if __name__ == "__main__":
    main()
