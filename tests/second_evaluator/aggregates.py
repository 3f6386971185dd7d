"""合计 数量 平均 … over the rows of a list or over years and months."""

from fractions import Fraction

from answers import Error, Known, Missing, all_of, any_of, fails, first_error, holds, needed, negation, strict
from values import Month, Year


def over_list(evaluator, node, scope):
    stored = evaluator.program.fields[node["list"]]
    record = scope.records[node["of"]]
    found = record.given(stored["name"], stored)
    if found is None:
        return Missing(record.lacks(stored["name"]))
    return over(evaluator, node, [scope.with_record(node["item"], item) for item in found[0]])


def over_periods(evaluator, node, scope):
    ends = [evaluator.evaluate(node[end], scope) for end in ("from", "to") if end in node]
    stop = strict(ends)
    if stop:
        return stop
    last = ends[-1].value
    if "from" in node:
        first = ends[0].value.number
    else:
        stored = evaluator.program.fields[node["series"]]
        record = scope.records[node["of"]]
        series = record.series(stored)
        if series is None:
            return Missing(record.lacks(stored["name"]))
        first = min(series, default=last.number + 1)
    kind = Year if isinstance(last, Year) else Month
    periods = [kind(number) for number in range(first, last.number + 1)]
    return over(evaluator, node, [scope.with_period(node["period"], period) for period in periods])


def over(evaluator, node, scopes):
    filters, values = [], []
    for scope in scopes:
        where = evaluator.evaluate(node["where"], scope) if "where" in node else Known(True)
        # An item that is out is out whatever it lacks.
        out = fails(where) or "each" not in node
        filters.append(where)
        values.append(Known(True) if out else evaluator.evaluate(node["each"], scope))
    if node["op"] == "exists":
        return any_of([all_of(pair) for pair in zip(filters, values)])
    if node["op"] == "all":
        if "each" not in node:
            return all_of(filters)
        return all_of([any_of([negation(where), value]) for where, value in zip(filters, values)])

    inside = [value for where, value in zip(filters, values) if holds(where)]
    perhaps = [value for where, value in zip(filters, values) if not fails(where)]
    stop = first_error(filters) or first_error(inside) or needed(filters + perhaps)
    return stop or compute(node["op"], [value.value for value in inside], node.get("first"))


def compute(op, values, first):
    if op == "count":
        return Known(Fraction(len(values)))
    if op == "sum":
        return Known(sum(values, Fraction(0)))
    if op == "top":
        return Known(sum(sorted(values, reverse=True)[:first], Fraction(0)))
    if op == "distinct":
        return Known(Fraction(len(set(values))))
    if not values:
        return Error("nothing to rank")
    if op == "mean":
        return Known(sum(values) / len(values))
    if op == "largest":
        return Known(max(values))
    if op == "smallest":
        return Known(min(values))
    values = sorted(values)
    middle = len(values) // 2
    return Known(values[middle] if len(values) % 2 else (values[middle - 1] + values[middle]) / 2)
