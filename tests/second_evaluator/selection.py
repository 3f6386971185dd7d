"""遴选: of the records that meet a policy's conditions the best so many (docs/language/settlement.md, L16.30 to 32)."""

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from answers import Known, Missing
from values import Entry, Month, Year


def select(evaluator, policy, records, answers):
    """Settles the answers of all records, by key."""
    if "selection" not in policy:
        return answers
    return Selection(evaluator, policy, records, answers).settle()


def place(answer):
    """A known value as something that sorts, greater ones last; the first entry of a list is the highest."""
    value = answer.value
    if isinstance(value, Entry):
        return -value.index
    return value.number if isinstance(value, (Year, Month)) else value


class Selection:
    def __init__(self, evaluator, policy, records, answers):
        self.rule, self.answers = policy["selection"], answers
        self.policy = policy
        self.taking_part = [key for key, row in answers.items() if row["outcome"] in ("eligible", "unknown", "error")]
        self.by, self.tie = {}, {}
        for key in self.taking_part:
            scope = evaluator.scope(records[key])
            if "year" in policy:
                scope = replace(scope, this_year=evaluator.evaluate(policy["year"], scope))
            self.by[key] = evaluator.evaluate(self.rule["by"], scope)
            self.tie[key] = evaluator.evaluate(self.rule["tie"], scope) if "tie" in self.rule else Known(Fraction(0))
            count = evaluator.evaluate(self.rule["count"], scope).value
            self.wanted = max(0, ceil(count) if self.rule["at_least"] else floor(count))

    def certain(self, key):
        return self.answers[key]["outcome"] == "eligible"

    def ahead(self, a, b, possibly):
        if not isinstance(self.by[a], Known) or not isinstance(self.by[b], Known):
            return possibly
        mine, other = place(self.by[a]), place(self.by[b])
        if mine != other:
            return (mine > other) == self.rule["descending"]
        if self.rule["at_least"]:
            return False
        if not isinstance(self.tie[a], Known) or not isinstance(self.tie[b], Known):
            return possibly
        mine, other = place(self.tie[a]), place(self.tie[b])
        return a < b if mine == other else (mine > other) == self.rule["tie_descending"]

    def own(self, key):
        lacking = [one for one in (self.by[key], self.tie[key]) if isinstance(one, Missing)]
        return {f"{key}.{fact}" for one in lacking for fact in one.facts}

    def facts(self, key):
        needs = self.answers[key].get("needs", [])
        return {f"{key}.{fact}" for fact in needs} or {f"{key}.政策.{self.policy['name']}"}

    def decided(self, key):
        before = [other for other in self.taking_part if other != key and self.ahead(other, key, True)]
        sure = [other for other in before if self.certain(other) and self.ahead(other, key, False)]
        if len(sure) >= self.wanted:
            return {"outcome": "ineligible"} if self.certain(key) else self.answers[key]
        if self.certain(key) and len(before) < self.wanted:
            return self.answers[key]
        if self.answers[key]["outcome"] == "error":
            return self.answers[key]
        needs = set() if self.certain(key) else self.facts(key)
        if len(before) >= self.wanted:
            needs |= self.own(key)
            for other in before:
                needs |= set() if self.certain(other) else self.facts(other)
                needs |= set() if self.ahead(other, key, False) else self.own(other)
        return {"outcome": "unknown", "needs": sorted(needs, key=lambda name: name.encode())}

    def settle(self):
        return {**self.answers, **{key: self.decided(key) for key in self.taking_part}}
