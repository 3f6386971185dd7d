"""A checked program, as `huiyu dump --stage tir --format json` prints it, with its values read."""

import json
from datetime import date
from fractions import Fraction

from values import Code, Entry, Month, Year


def value_of(raw, kind):
    """A constant of the dump as a value of the type."""
    match kind["kind"]:
        case "number":
            return Fraction(raw)
        case "date":
            return date.fromisoformat(raw)
        case "year":
            return Year(raw)
        case "month":
            return Month(raw)
        case "code":
            return Code(kind["system"], raw)
        case "enumeration":
            return Entry(kind["enumeration"], raw)
        case "set":
            return frozenset(value_of(one, kind["element"]) for one in raw)
    return raw


class Program:
    def __init__(self, text):
        dump = json.loads(text)
        self.schemas = dump["schemas"]
        self.fields = dump["fields"]
        self.enumerations = dump["enumerations"]
        self.parameters = dump["parameters"]
        self.tables = dump["reference_tables"]
        self.definitions = dump["definitions"]
        self.policies = dump["policies"]
        self.exprs = dump["exprs"]
        for parameter in self.parameters:
            parameter["values"] = [
                (day(one.get("from")), day(one.get("until")), value_of(one["value"], parameter["type"]))
                for one in parameter["values"]
            ]
        for table in self.tables:
            kinds = [key["type"] for key in table["keys"]]
            table["rows"] = {
                tuple(map(value_of, row["keys"], kinds)): value_of(row["value"], table["type"])
                for row in table["rows"]
            }

    def named(self, what, name):
        return next((one for one in what if one["name"] == name), None)


def day(text):
    return None if text is None else date.fromisoformat(text)
