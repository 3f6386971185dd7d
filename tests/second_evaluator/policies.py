"""What a policy answers for a record: outcome, amount, parts, shares, value, alerts, needs (language.md, Outcome)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from answers import Error, Known, Missing, all_of, any_of, fails, holds, negation, strict
from values import decimal_text, floor_to_fen, rounded

GREATEST_FEN = 2**63 - 1


def answer(evaluator, policy, record):
    """The row that `huiyu match --format json` prints, as far as it depends on meaning."""
    return Decision(evaluator, policy, record).decide()


class Decision:
    def __init__(self, evaluator, policy, record):
        self.evaluator, self.policy = evaluator, policy
        self.scope = evaluator.scope(record)
        if "year" in policy:
            self.scope = replace(self.scope, this_year=evaluator.evaluate(policy["year"], self.scope))

    def of(self, number):
        return self.evaluator.evaluate(number, self.scope)

    def optional(self, owner, name):
        return self.of(owner[name]) if name in owner else Known(True)

    def decide(self):
        concerns = all_of([self.optional(self.policy, "place"), self.valid(), self.optional(self.policy, "target")])
        if fails(concerns):
            return {"outcome": "not_applicable"}
        if not holds(concerns):
            return undecided(concerns)
        due = all_of([self.optional(self.policy, "condition"), self.not_stopped(), self.some_item_due()])
        if fails(due):
            return {"outcome": "ineligible", **self.alerts()}
        if not holds(due):
            return undecided(due)
        concluded = self.conclude()
        return {**concluded, **self.alerts()} if concluded["outcome"] == "eligible" else concluded

    def valid(self):
        start, end = self.policy.get("valid_from"), self.policy.get("valid_until")
        as_of = self.evaluator.as_of
        return Known(
            (start is None or date.fromisoformat(start) <= as_of) and (end is None or as_of <= date.fromisoformat(end))
        )

    # ---- alerts ----

    def lights(self, alert):
        """The first row that is not false, with what its condition is; None where nothing shines."""
        for row in alert["rows"]:
            condition = self.of(row["condition"])
            if not fails(condition):
                return row, condition
        return None

    def alerts(self):
        if not self.policy["alerts"]:
            return {}
        shown = {}
        for alert in self.policy["alerts"]:
            found = self.lights(alert)
            if found:
                shown[alert["name"]] = found[0]["colour"] if holds(found[1]) else None
        return {"alerts": shown}

    def not_stopped(self):
        """No alert's first row that holds stops the payment."""
        stops = []
        for alert in self.policy["alerts"]:
            above = []
            for row in alert["rows"]:
                condition = self.of(row["condition"])
                if row["stops_payment"]:
                    stops.append(all_of([*above, condition]))
                above.append(negation(condition))
        return negation(any_of(stops))

    # ---- money ----

    def some_item_due(self):
        if self.policy["conclusion"] != "money":
            return Known(True)
        return any_of([self.optional(item, "when") for item in self.policy["items"]])

    def conclude(self):
        kind = self.policy["conclusion"]
        if kind == "money":
            return self.paid()
        if "value" not in self.policy:
            if kind == "none":
                return {"outcome": "eligible"}
            return {"outcome": "eligible", "disposal": self.policy["value_name"]}
        value = self.of(self.policy["value"])
        type_of = self.evaluator.program.exprs[self.policy["value"]]["type"]
        if kind == "assessment" and type_of.get("unit") == "元":
            return self.settled(value, {})
        if isinstance(value, Known):
            return {"outcome": "eligible", "value": self.shown(value.value, type_of)}
        if isinstance(value, Missing) and kind == "assessment":
            return {"outcome": "eligible", **needs(value)}
        return undecided(value)

    def shown(self, value, type_of):
        if type_of["kind"] != "number":
            return self.evaluator.say(value)
        unit = type_of.get("unit", "")
        single = not any(sign in unit for sign in "/·×²") and unit != ""
        return decimal_text(value) + (unit if single else "")

    def paid(self):
        single = len(self.policy["items"]) == 1 and not self.policy["items"][0]["name"]
        parts, shown = [], {}
        for item in self.policy["items"]:
            due = self.optional(item, "when")
            part = due
            if fails(due):
                part = Known(Fraction(0))
            elif holds(due):
                part = self.capped_by_its_own(item["amount"])
            if not single:
                part = payable(part)
                if isinstance(part, Known):
                    shown[item["name"]] = yuan(part.value)
            parts.append(part)
        total = strict(parts) or Known(sum(part.value for part in parts))
        for cap in self.policy["caps"]:
            total = capped(total, cap["at_most"], self.of(cap["bound"]))
        return self.settled(total, {"parts": shown} if shown else {})

    def capped_by_its_own(self, number):
        node = self.evaluator.program.exprs[number]
        if node["kind"] != "cap":
            return self.of(number)
        self.evaluator.judged.add(number)
        return capped(self.capped_by_its_own(node["operand"]), node["at_most"], self.of(node["bound"]))

    def settled(self, exact, parts):
        amount = payable(exact)
        if isinstance(amount, Error):
            return undecided(amount)
        if isinstance(amount, Missing):
            return {"outcome": "eligible", **parts, **needs(amount)}
        return {"outcome": "eligible", "amount": yuan(amount.value), **parts, **self.shares(amount.value)}

    def shares(self, amount):
        """Whole 分 by largest remainder of the weights; of equal remainders the first named."""
        weights = [self.of(share["weight"]) for share in self.policy["shares"]]
        if not weights or strict(weights):
            return {}
        weights = [weight.value for weight in weights]
        fen = amount * 100
        exact = [fen * weight / sum(weights) for weight in weights]
        whole = [one.numerator // one.denominator for one in exact]
        order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
        for i in order[: int(fen) - sum(whole)]:
            whole[i] += 1
        parties = [share["party"] for share in self.policy["shares"]]
        return {"shares": {party: yuan(Fraction(one, 100)) for party, one in zip(parties, whole)}}


def undecided(answer):
    if isinstance(answer, Error):
        return {"outcome": "error"}
    return {"outcome": "unknown", **needs(answer)}


def needs(answer):
    return {"needs": sorted(answer.facts, key=lambda name: name.encode())}


def capped(amount, at_most, bound):
    """What a cap leaves is cut down to whole 分, so that rounding never goes beyond it."""
    stop = strict([amount, bound])
    if stop:
        return stop
    if at_most:
        return Known(min(amount.value, floor_to_fen(bound.value)))
    return Known(max(amount.value, bound.value))


def payable(exact):
    if not isinstance(exact, Known):
        return exact
    amount = rounded(exact.value, "half_up", 2)
    return Known(amount) if 0 <= amount * 100 <= GREATEST_FEN else Error("no amount that can be paid")


def yuan(amount):
    fen = int(amount * 100)
    return f"{fen // 100}.{fen % 100:02}"
