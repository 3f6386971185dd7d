"""How much of a program an evaluator has judged: of the nodes that its policies can reach, those it has answered.

A kind of node that the table below does not know ends the run: nothing is left out in silence.
"""

from collections import Counter

# The keys that hold nodes, by kind of node.
CHILDREN = {
    "constant": (),
    "field": (),
    "series": ("period",),
    "definition": ("year", "month"),
    "parameter": (),
    "input": (),
    "and": ("operands",),
    "or": ("operands",),
    "at_least_of": ("operands",),
    "not": ("operand",),
    "compare": ("left", "right"),
    "negate": ("operand",),
    "arithmetic": ("left", "right"),
    "pick": ("operands",),
    "cap": ("operand", "bound"),
    "round": ("operand",),
    "belongs_to": ("subject",),
    "set_contains": ("set", "member"),
    "aggregate": ("each", "where"),
    "choose": ("subject", "otherwise"),
    "default": ("fact", "value"),
    "call": ("arguments",),
    "if_given": ("given", "computed"),
    "period": (),
    "lookup": ("keys",),
    "shift": ("operand", "steps"),
    "window": ("from", "to", "each", "where"),
    "offset": ("period",),
}
# What tells nodes of one kind apart.
WORDS = ("op", "rule", "mode", "word", "builtin")


def children(program, node):
    for key in CHILDREN[node["kind"]]:
        held = node.get(key)
        yield from held if isinstance(held, list) else () if held is None else (held,)
    if node["kind"] == "choose":
        for row in node["rows"]:
            yield from (row["condition"], row["value"])
    if node["kind"] == "definition":
        yield program.definitions[node["definition"]]["value"]


def roots(policy):
    for key in ("place", "target", "condition", "year", "value"):
        if key in policy:
            yield policy[key]
    for item in policy["items"]:
        yield from (item[key] for key in ("amount", "when") if key in item)
    yield from (cap["bound"] for cap in policy["caps"])
    yield from (share["weight"] for share in policy["shares"])
    yield from (row["condition"] for alert in policy["alerts"] for row in alert["rows"])


def reachable(program):
    found = set()
    open_ = [root for policy in program.policies for root in roots(policy)]
    while open_:
        number = open_.pop()
        if number not in found:
            found.add(number)
            open_.extend(children(program, program.exprs[number]))
    return found


def name(node):
    return " ".join([node["kind"], *(str(node[word]) for word in WORDS if word in node)])


class Judged:
    """Over all programs of a run."""

    def __init__(self):
        self.reached, self.judged = Counter(), Counter()

    def add(self, program, evaluator):
        for number in reachable(program):
            kind = name(program.exprs[number])
            self.reached[kind] += 1
            self.judged[kind] += number in evaluator.judged

    def share(self):
        return self.judged.total() / self.reached.total() if self.reached else 0

    def never(self):
        return sorted(kind for kind in self.reached if not self.judged[kind])

    def print(self):
        rows = [f"{kind} {self.judged[kind]}/{count}" for kind, count in sorted(self.reached.items())]
        for start in range(0, len(rows), 4):
            print("".join(f"{row:<34}" for row in rows[start : start + 4]).rstrip())
