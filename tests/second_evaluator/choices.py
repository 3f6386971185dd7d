"""Ladders, tables, 一般 and 例外: which row gives its value."""

from answers import Error, Known, Missing, fails, first_error, holds, needed


def choose(evaluator, node, scope):
    answer = decide(evaluator, node, scope)
    # Of a ladder or table whose subject is missing, the subject alone is needed.
    if isinstance(answer, Undecided) and "subject" in node:
        subject = evaluator.evaluate(node["subject"], scope)
        if isinstance(subject, Missing):
            return subject
    return Missing(answer.facts) if isinstance(answer, Undecided) else answer


class Undecided:
    """Which row it is, is open: what the open conditions need."""

    def __init__(self, conditions):
        self.facts = needed(conditions).facts


def decide(evaluator, node, scope):
    rows = [(evaluator.evaluate(row["condition"], scope), row["value"]) for row in node["rows"]]
    conditions = [condition for condition, _ in rows]

    def value(number):
        return evaluator.evaluate(number, scope)

    def otherwise():
        return value(node["otherwise"]) if "otherwise" in node else Error("no row holds")

    def agreed(numbers, perhaps_none, missing):
        """What all rows that are open give, where they give the same; that none holds is one more possibility."""
        values = [value(number) for number in numbers] + ([otherwise()] if perhaps_none else [])
        same = all(isinstance(one, Known) and one.value == values[0].value for one in values)
        return values[0] if values and same else Undecided(missing)

    rule = node["rule"]
    if rule == "first":
        start = next((i for i, one in enumerate(conditions) if not fails(one)), None)
        if start is None:
            return otherwise()
        if holds(conditions[start]):
            return value(rows[start][1])
        if isinstance(conditions[start], Error):
            return conditions[start]
        end = next((i for i, one in enumerate(conditions) if holds(one)), None)
        open_rows = [row for row in rows[start : None if end is None else end + 1] if not fails(row[0])]
        missing = [condition for condition, _ in open_rows if isinstance(condition, Missing)]
        if first_error([condition for condition, _ in open_rows]):
            return Undecided(missing)
        return agreed([number for _, number in open_rows], end is None, missing)

    true = [number for condition, number in rows if holds(condition)]
    missing = [condition for condition in conditions if isinstance(condition, Missing)]
    error = first_error(conditions)

    if rule in ("unique", "exclusive"):
        if len(true) > 1:
            return Error("several rows hold")
        if missing:
            if rule == "unique" or error:
                return Undecided(missing)
            open_rows = [number for condition, number in rows if not fails(condition)]
            return agreed(open_rows, not true, missing)
        return error or (value(true[0]) if true else otherwise())

    # highest, sum: strict over the conditions and over what the rows that hold give.
    values = [value(number) for number in true]
    strict = conditions + values
    if first_error(strict):
        return first_error(strict)
    if needed(strict):
        return Undecided(strict)
    if not true:
        return otherwise()
    numbers = [one.value for one in values]
    return Known(max(numbers) if rule == "highest" else sum(numbers))
