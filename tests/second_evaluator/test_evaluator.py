"""The comparer can fail: a mistake in either answer is reported. And the laws the evaluator stands on."""

import copy
import json
import unittest
from datetime import date
from fractions import Fraction
from unittest import mock

import codes
import policies
from answers import Error, Known, Missing, all_of, any_of, at_least
from check_random import answers
from compare import differences, first_difference
from expressions import Evaluator
from judged import Judged, reachable
from program import Program
from values import add_months, decimal_text, full_years, rounded

YUAN = {"kind": "number", "unit": "元"}
TRUTH = {"kind": "truth"}
# 条件 收入 100元以上；奖励 收入 × 1/3；分担 甲 1份、乙 1份
PROGRAM = {
    "schemas": [{"name": "企业", "fields": [0, 1], "key": 0}],
    "fields": [
        {"name": "编号", "schema": 0, "type": {"kind": "text"}},
        {"name": "收入", "schema": 0, "type": YUAN, "scale": 2, "low": 0, "high": 10**12},
    ],
    "enumerations": [],
    "parameters": [],
    "reference_tables": [],
    "definitions": [],
    "policies": [
        {
            "id": "P1",
            "name": "奖励",
            "subject": 0,
            "condition": 2,
            "conclusion": "money",
            "items": [{"name": "", "word": "奖励", "amount": 4}],
            "caps": [],
            "shares": [{"party": "甲", "weight": 5}, {"party": "乙", "weight": 5}],
            "alerts": [],
        }
    ],
    "exprs": [
        {"kind": "field", "of": 0, "field": 1, "type": YUAN},
        {"kind": "constant", "value": "100", "type": YUAN},
        {"kind": "compare", "op": "at_least", "left": 0, "right": 1, "type": TRUTH},
        {"kind": "constant", "value": "1/3", "type": {"kind": "number"}},
        {"kind": "arithmetic", "op": "multiply", "left": 0, "right": 3, "type": YUAN},
        {"kind": "constant", "value": "1", "type": {"kind": "number"}},
    ],
}
RECORDS = [
    {"编号": "a", "收入": "100元"},
    {"编号": "b", "收入": "99.99元"},
    {"编号": "c"},
    {"编号": "d", "收入": "0.01亿元"},
]
ROWS = [
    {"key": "a", "policy": "P1", "outcome": "eligible", "amount": "33.33", "shares": {"甲": "16.67", "乙": "16.66"}},
    {"key": "b", "policy": "P1", "outcome": "ineligible"},
    {"key": "c", "policy": "P1", "outcome": "unknown", "needs": ["收入"]},
    {
        "key": "d",
        "policy": "P1",
        "outcome": "eligible",
        "amount": "333333.33",
        "shares": {"甲": "166666.67", "乙": "166666.66"},
    },
]


def evaluated():
    return answers(Evaluator(Program(json.dumps(PROGRAM)), date(2024, 6, 30)), RECORDS)


class Comparer(unittest.TestCase):
    def test_agreement(self):
        self.assertIsNone(first_difference(ROWS, evaluated()))

    def test_each_wrong_thing_in_the_rows_is_reported(self):
        for row, name, wrong in (
            (0, "outcome", "ineligible"),
            (0, "amount", "33.34"),
            (0, "shares", {"甲": "16.66", "乙": "16.67"}),
            (0, "shares", {"乙": "16.66", "甲": "16.67"}),
            (0, "parts", {"一": "33.33"}),
            (0, "value", "甲等"),
            (1, "alerts", {}),
            (2, "needs", ["收入", "成本"]),
            (2, "needs", []),
        ):
            with self.subTest(name=name, wrong=wrong):
                rows = copy.deepcopy(ROWS)
                rows[row][name] = wrong
                difference = first_difference(rows, evaluated())
                self.assertIsNotNone(difference)
                self.assertIn(name, difference)

    def test_pairs_that_one_side_lacks_are_reported(self):
        self.assertIn("does not answer", first_difference(ROWS[1:], evaluated()))
        self.assertIn("does not answer", first_difference([*ROWS, {**ROWS[0], "policy": "P2"}], evaluated()))
        self.assertIn("twice", first_difference([*ROWS, ROWS[0]], evaluated()))

    def test_a_mistake_in_the_evaluator_is_reported(self):
        with mock.patch.object(policies, "rounded", lambda value, mode, digits: rounded(value, "up", digits)):
            self.assertIn("amount", first_difference(ROWS, evaluated()))
        with mock.patch.object(policies, "fails", lambda answer: not isinstance(answer, Known) or not answer.value):
            self.assertIn("outcome", first_difference(ROWS, evaluated()))

    def test_names_and_citations_are_not_compared(self):
        self.assertEqual(differences({"outcome": "eligible", "name": "奖励", "clause": "第一条"}, {"outcome": "eligible"}), [])


class Laws(unittest.TestCase):
    YES, NO, OPEN, WRONG = Known(True), Known(False), Missing(frozenset({"甲"})), Error("x")

    def test_truth(self):
        self.assertEqual(all_of([self.WRONG, self.OPEN, self.NO]), self.NO)
        self.assertEqual(all_of([self.WRONG, self.OPEN, self.YES]), self.OPEN)
        self.assertEqual(all_of([self.YES, self.WRONG]), self.WRONG)
        self.assertEqual(any_of([self.WRONG, self.OPEN, self.YES]), self.YES)
        self.assertEqual(any_of([self.WRONG, self.OPEN]), self.OPEN)
        self.assertEqual(at_least(2, [self.YES, self.OPEN, self.NO]), self.OPEN)
        self.assertEqual(at_least(2, [self.YES, self.WRONG, self.YES]), self.YES)
        self.assertEqual(at_least(2, [self.NO, self.OPEN, self.NO]), self.NO)

    def test_days(self):
        self.assertEqual(add_months(date(2024, 1, 31), 1), date(2024, 2, 29))
        self.assertEqual(add_months(date(2024, 3, 31), -1), date(2024, 2, 29))
        self.assertIsNone(add_months(date(9999, 12, 1), 1))
        self.assertEqual(full_years(date(2020, 2, 29), date(2023, 2, 28)), 3)
        self.assertEqual(full_years(date(2021, 3, 1), date(2024, 2, 29)), 2)

    def test_rounding(self):
        half = Fraction(5, 2)
        cases = {"half_up": (3, -2), "down": (2, -2), "up": (3, -3), "half_even": (2, -2)}
        for mode, (above, below) in cases.items():
            self.assertEqual((rounded(half, mode, 0), rounded(-half, mode, 0)), (above, below), mode)
        self.assertEqual(rounded(Fraction("12345.678"), "half_up", -2), 12300)
        self.assertEqual(decimal_text(Fraction("-0.05")), "-0.05")
        self.assertEqual(decimal_text(Fraction(1, 3)), "1/3")

    def test_codes(self):
        industries, regions = codes.table("industry"), codes.table("region")
        self.assertIs(industries.within("C3411", "C34"), True)
        self.assertIsNone(industries.within("C", "C34"))
        self.assertIs(industries.within("C35", "C34"), False)
        self.assertEqual(codes.read("region", "山东省青岛市崂山区"), "370212")
        self.assertEqual(codes.read("region", "青岛市.崂山区"), "370212")
        self.assertIsNone(codes.read("region", "鼓楼区"))
        self.assertEqual(codes.read("industry", "3411"), "C3411")
        self.assertEqual(regions.display("370212"), "山东省青岛市崂山区")


class HowMuchIsJudged(unittest.TestCase):
    def test_nodes_that_no_record_met_are_counted(self):
        judged = Judged()
        evaluator = Evaluator(Program(json.dumps(PROGRAM)), date(2024, 6, 30))
        answers(evaluator, [{"编号": "b", "收入": "99.99元"}])  # not eligible: the amount is not asked
        judged.add(evaluator.program, evaluator)
        self.assertEqual(judged.reached.total(), 6)
        self.assertEqual(judged.judged.total(), 3)
        self.assertEqual(judged.never(), ["arithmetic multiply"])

    def test_an_unknown_kind_of_node_is_not_passed_over(self):
        program = copy.deepcopy(PROGRAM)
        program["exprs"][4]["kind"] = "rank"
        with self.assertRaises(KeyError):
            reachable(Program(json.dumps(program)))


if __name__ == "__main__":
    unittest.main()
