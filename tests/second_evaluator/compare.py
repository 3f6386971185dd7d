"""Whether two answers for one record and one policy say the same."""

# What depends on meaning; the names and citations beside it do not.
COMPARED = ("outcome", "amount", "parts", "shares", "value", "disposal", "alerts", "needs")


def meaning(row):
    """The part of a row of `huiyu match --format json` that is compared."""
    return {name: row[name] for name in COMPARED if name in row}


def differences(command, evaluator):
    """One line for each thing in which the command's row and the evaluator's answer differ."""
    command, evaluator = meaning(command), meaning(evaluator)
    return [
        f"{name}: command {command.get(name)}, second evaluator {evaluator.get(name)}"
        for name in COMPARED
        if command.get(name) != evaluator.get(name)
        or list(dict(command.get(name) or {}) if name in ("parts", "shares") else ())
        != list(dict(evaluator.get(name) or {}) if name in ("parts", "shares") else ())
    ]


def first_difference(rows, answers):
    """Of all pairs of record and policy: the first that differs, with how; None where all agree."""
    found = {(row["key"], row["policy"]): row for row in rows}
    if len(found) != len(rows):
        return "the command answers a pair twice"
    for pair, answer in answers.items():
        if pair not in found:
            return f"{pair}: the command does not answer"
        different = differences(found[pair], answer)
        if different:
            return f"{pair}: " + "; ".join(different)
    extra = [pair for pair in found if pair not in answers]
    return f"{extra[0]}: the second evaluator does not answer" if extra else None
