"""Expressions on one record, node by node, as language.md and tir.h say."""

from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

import aggregates
import choices
import codes
from answers import Error, Known, Missing, all_of, any_of, at_least, first_error, negation, strict
from values import Code, Entry, Month, Year, add_days, add_months, full_years, rounded


@dataclass(frozen=True)
class Scope:
    """What is bound around an expression."""

    records: dict  # binding -> Record
    this_year: object
    this_month: object
    periods: dict = field(default_factory=dict)  # period -> Year or Month

    def with_record(self, binding, record):
        return replace(self, records={**self.records, binding: record})

    def with_period(self, binding, period):
        return replace(self, periods={**self.periods, binding: period})


class Evaluator:
    def __init__(self, program, as_of, application_year=None, given=()):
        self.program = program
        self.as_of = as_of
        self.application_year = application_year or Year(as_of.year)
        self.given = set(given)
        self.definitions = {}
        self.judged = set()  # nodes

    def scope(self, record):
        month = Month(self.as_of.year * 12 + self.as_of.month - 1)
        return Scope({0: record}, Known(self.application_year), Known(month))

    def evaluate(self, number, scope):
        node = self.program.exprs[number]
        self.judged.add(number)
        return getattr(self, "on_" + node["kind"])(node, scope)

    def all(self, numbers, scope):
        return [self.evaluate(number, scope) for number in numbers]

    def computed(self, numbers, scope, compute):
        """A strict operation: its operands' values, or why there is none."""
        operands = self.all(numbers, scope)
        return strict(operands) or compute(*(operand.value for operand in operands))

    # ---- facts ----

    def on_constant(self, node, scope):
        if "read" not in node:
            from program import value_of

            node["read"] = value_of(node["value"], node["type"])
        return Known(node["read"])

    def fact(self, record, name, stored):
        found = record.given(name, stored)
        needs = frozenset({record.prefix + name})
        if found is None:
            return Missing(record.lacks(name))
        value, whole = found
        on_trust = stored["type"]["kind"] in ("code", "set")
        return Known(value, needs if on_trust else frozenset(), not whole)

    def on_field(self, node, scope):
        stored = self.program.fields[node["field"]]
        return self.fact(scope.records[node["of"]], stored["name"], stored)

    def on_series(self, node, scope):
        stored = self.program.fields[node["field"]]
        period = self.evaluate(node["period"], scope)
        if not isinstance(period, Known):
            return period
        record = scope.records[node["of"]]
        name = record.prefix + stored["name"]
        found = record.series(stored)
        if found is None:
            return Missing(record.lacks(stored["name"]))
        if found.get(period.value.number) is None:
            return Missing(frozenset({f"{name}[{spoken(period.value)}]"}))
        return Known(found[period.value.number])

    def on_definition(self, node, scope):
        definition = self.program.definitions[node["definition"]]
        record = scope.records[max(node.get("of", 0), 0)]
        if definition["name"] in self.given:
            return self.fact(record, definition["name"], definition)
        years = self.evaluate(node["year"], scope) if "year" in node else scope.this_year
        months = self.evaluate(node["month"], scope) if "month" in node else scope.this_month
        key = (node["definition"], id(record), years, months)
        if key not in self.definitions:
            answer = self.evaluate(definition["value"], Scope({0: record}, years, months))
            # The record is kept beside its answer, or its id could come to be another's.
            self.definitions[key] = record, self.stored(answer, definition)
        return self.definitions[key][1]

    def stored(self, answer, definition):
        if not isinstance(answer, Known) or definition["type"]["kind"] != "number":
            return answer
        kept = answer.value * 10 ** definition["scale"]
        inside = definition["low"] <= kept <= definition["high"]
        return answer if inside else Error("beyond the type of " + definition["name"])

    def on_if_given(self, node, scope):
        name = self.program.definitions[node["definition"]]["name"]
        return self.evaluate(node["given" if name in self.given else "computed"], scope)

    def on_parameter(self, node, scope):
        parameter = self.program.parameters[node["parameter"]]
        for start, end, value in reversed(parameter["values"]):
            if (start is None or start <= self.as_of) and (end is None or self.as_of <= end):
                return Known(value)
        return Missing(frozenset({parameter["name"]}))

    def on_lookup(self, node, scope):
        table = self.program.tables[node["table"]]

        def look(*keys):
            for candidate in self.keys_from(keys, table["use_parent"]):
                if candidate in table["rows"]:
                    return Known(table["rows"][candidate])
            asked = "，".join(self.key_text(key) for key in keys)
            return Missing(frozenset({f"参照.{table['name']}[{asked}]"}))

        return self.computed(node["keys"], scope, look)

    def keys_from(self, keys, use_parent):
        """The keys, then those of wider codes, the last key widened first."""
        if not keys:
            return [()]
        own = [keys[0]]
        if use_parent and isinstance(keys[0], Code):
            own = [Code(keys[0].system, code) for code in codes.table(keys[0].system).line(keys[0].code)]
        return [(one, *rest) for one in own for rest in self.keys_from(keys[1:], use_parent)]

    def key_text(self, key):
        return key.code if isinstance(key, Code) else self.say(key)

    def on_input(self, node, scope):
        return {
            "基准日": Known(self.as_of),
            "申报年度": Known(self.application_year),
            "本年": scope.this_year,
            "本月": scope.this_month,
        }[node["word"]]

    def on_period(self, node, scope):
        return Known(scope.periods[node["of"]])

    def on_offset(self, node, scope):
        def move(period):
            moved = type(period)(period.number + node["by"])
            year = moved.number if isinstance(moved, Year) else moved.number // 12
            return Known(moved) if 1 <= year <= 9999 else Error("beyond the calendar")

        return self.computed([node["period"]], scope, move)

    def on_default(self, node, scope):
        fact = self.evaluate(node["fact"], scope)
        return self.evaluate(node["value"], scope) if isinstance(fact, Missing) else fact

    # ---- truth ----

    def on_and(self, node, scope):
        return all_of(self.all(node["operands"], scope))

    def on_or(self, node, scope):
        return any_of(self.all(node["operands"], scope))

    def on_at_least_of(self, node, scope):
        return at_least(node["count"], self.all(node["operands"], scope))

    def on_not(self, node, scope):
        return negation(self.evaluate(node["operand"], scope))

    def on_compare(self, node, scope):
        def compare(left, right):
            return Known(
                {
                    "less": lambda: left < right,
                    "at_most": lambda: left <= right,
                    "greater": lambda: left > right,
                    "at_least": lambda: left >= right,
                    "equal": lambda: left == right,
                    "not_equal": lambda: left != right,
                }[node["op"]]()
            )

        return self.computed([node["left"], node["right"]], scope, compare)

    def on_belongs_to(self, node, scope):
        subject = self.evaluate(node["subject"], scope)
        if not isinstance(subject, Known):
            return subject
        from program import value_of

        kind = self.program.exprs[node["subject"]]["type"]

        def within(raw):
            other = value_of(raw, kind)
            if not isinstance(other, Code):
                return Known(subject.value == other)
            inside = codes.table(other.system).within(subject.value.code, other.code)
            return Missing(subject.facts) if inside is None else Known(inside)

        inside = any_of([within(member) for member in node["members"]])
        outside = any_of([within(member) for member in node["except"]])
        return all_of([inside, negation(outside)])

    def on_set_contains(self, node, scope):
        group, member = self.all([node["set"], node["member"]], scope)
        stop = strict([group, member])
        if stop:
            return stop
        if isinstance(member.value, Code):
            # 属于 asks whether the member lies in one of the set, 包含 whether one of the set lies in the member.
            line = codes.table(member.value.system)
            inside, wanted = node["inside"], member.value.code
            tests = [line.within(wanted, one.code) if inside else line.within(one.code, wanted) for one in group.value]
            coarse = (member if inside else group).facts
            found = [Missing(coarse) if one is None else Known(one) for one in tests]
        else:
            found = [Known(member.value in group.value)]
        return any_of(found + ([Missing(group.facts)] if group.open else []))

    # ---- numbers ----

    def on_negate(self, node, scope):
        return self.computed([node["operand"]], scope, lambda value: Known(-value))

    def on_arithmetic(self, node, scope):
        left, right = self.all([node["left"], node["right"]], scope)
        if node["op"] == "divide" and right == Known(Fraction(0)):
            return first_error([left]) or Error("division by zero")
        return strict([left, right]) or Known(
            {
                "add": lambda: left.value + right.value,
                "subtract": lambda: left.value - right.value,
                "multiply": lambda: left.value * right.value,
                "divide": lambda: left.value / right.value,
            }[node["op"]]()
        )

    def on_pick(self, node, scope):
        pick = max if node["op"] == "highest" else min
        return self.computed(node["operands"], scope, lambda *values: Known(pick(values)))

    def on_cap(self, node, scope):
        pick = min if node["at_most"] else max
        return self.computed([node["operand"], node["bound"]], scope, lambda *values: Known(pick(values)))

    def on_round(self, node, scope):
        return self.computed(
            [node["operand"]], scope, lambda value: Known(rounded(value, node["mode"], node["digits"]))
        )

    def on_shift(self, node, scope):
        def shift(entry, steps):
            if steps.denominator != 1:
                return Error("a part of a step")
            last = len(self.program.enumerations[entry.enumeration]["entries"]) - 1
            return Known(Entry(entry.enumeration, min(max(entry.index - int(steps), 0), last)))

        return self.computed([node["operand"], node["steps"]], scope, shift)

    def on_call(self, node, scope):
        def whole(amount, function):
            return function(int(amount)) if amount.denominator == 1 else None

        functions = {
            "加月": lambda day, months: whole(months, lambda count: add_months(day, count)),
            "加天": lambda day, days: whole(days, lambda count: add_days(day, count)),
            "天数差": lambda later, earlier: Fraction((later - earlier).days),
            "周年数": lambda start, end: Fraction(full_years(start, end)),
            "年差": lambda later, earlier: Fraction(later.number - earlier.number),
            "年份": lambda day: Year(day.year),
            "月份": lambda day: Month(day.year * 12 + day.month - 1),
        }

        def call(*values):
            result = functions[node["builtin"]](*values)
            return Error("beyond the calendar") if result is None else Known(result)

        return self.computed(node["arguments"], scope, call)

    # ---- lists, years, choices ----

    def on_aggregate(self, node, scope):
        return aggregates.over_list(self, node, scope)

    def on_window(self, node, scope):
        return aggregates.over_periods(self, node, scope)

    def on_choose(self, node, scope):
        return choices.choose(self, node, scope)

    # ---- words ----

    def say(self, value):
        """A value that is no number, as a drafter writes it."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if isinstance(value, Entry):
            return self.program.enumerations[value.enumeration]["entries"][value.index]
        if isinstance(value, Code):
            return codes.table(value.system).display(value.code)
        if isinstance(value, (Year, Month)):
            return spoken(value)
        return value.isoformat() if isinstance(value, date) else str(value)


def spoken(period):
    if isinstance(period, Year):
        return f"{period.number}年"
    return f"{period.number // 12:04}-{period.number % 12 + 1:02}"
