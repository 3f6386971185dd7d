#include "compiler/driver/tir_json.h"

#include <nlohmann/json.hpp>

#include "compiler/base/match.h"
#include "compiler/tir/print.h"
#include "compiler/tir/words.h"
#include "runtime/base/civil.h"

namespace huiyu::driver {

namespace {

using Json = nlohmann::ordered_json;

Json ids(std::vector<tir::ExprId> const& all) {
  Json out = Json::array();
  for (auto const id : all) out.push_back(id.index);
  return out;
}

template <class IdT> void put(Json& out, char const* name, IdT id) {
  if (id.has_value()) out[name] = id.index;
}
void put(Json& out, char const* name, std::string const& text) {
  if (!text.empty()) out[name] = text;
}

char const* kind_name(types::Kind kind) {
  switch (kind) {
    case types::Kind::Poison: return "poison";
    case types::Kind::Truth: return "truth";
    case types::Kind::Number: return "number";
    case types::Kind::Date: return "date";
    case types::Kind::Year: return "year";
    case types::Kind::Month: return "month";
    case types::Kind::Code: return "code";
    case types::Kind::Enumeration: return "enumeration";
    case types::Kind::Text: return "text";
    case types::Kind::CreditCode: return "credit_code";
    case types::Kind::List: return "list";
    case types::Kind::Set: return "set";
    case types::Kind::Record: return "record";
  }
  return "?";
}

// {"kind": "number", "unit": "元"}, {"kind": "set", "element": {"kind": "enumeration", "enumeration": 1}}
Json type_json(tir::Type const& type) {
  Json out{{"kind", kind_name(type.kind)}};
  if (type.kind == types::Kind::Number && !type.unit.dimensionless()) out["unit"] = types::describe(type.unit);
  if (type.kind == types::Kind::Code) out["system"] = type.system == codes::CodeSystem::Region ? "region" : "industry";
  if (type.kind == types::Kind::Enumeration) out["enumeration"] = type.enumeration.index;
  if (type.kind == types::Kind::List || type.kind == types::Kind::Record) out["schema"] = type.schema.index;
  if (type.kind == types::Kind::Set) {
    auto element = type;
    element.kind = type.element;
    out["element"] = type_json(element);
  }
  return out;
}

// Dates and numbers as text, months as year × 12 + month − 1, codes as in the standard, entries by position.
Json value_json(tir::Value const& value, tir::Type const& type) {
  auto const code = [&](std::int32_t id) {
    return std::string(codes::entries(type.system)[static_cast<std::size_t>(id)].code);
  };
  return match(
      value, [](bool truth) { return Json(truth); },
      [](BigRational const& number) { return Json(tir::print_number(number)); },
      [](tir::DateValue date) { return Json(format_date(date.days)); },
      [](tir::YearValue year) { return Json(year.year); }, [](tir::MonthValue month) { return Json(month.month); },
      [&](tir::CodeValue one) { return Json(code(one.id)); }, [](tir::EntryValue entry) { return Json(entry.index); },
      [](std::string const& text) { return Json(text); },
      [&](tir::SetValue const& set) {
        Json out = Json::array();
        for (auto const member : set.members)
          out.push_back(type.element == types::Kind::Code ? Json(code(member)) : Json(member));
        for (auto const& text : set.texts) out.push_back(text);
        return out;
      });
}

Json values_json(std::vector<tir::Value> const& all, tir::Type const& type) {
  Json out = Json::array();
  for (auto const& value : all) out.push_back(value_json(value, type));
  return out;
}

class Writer {
 public:
  explicit Writer(tir::Program const& program) : program_(program) {}

  Json expr(tir::Expr const& expr) const {
    Json out = kind(expr);
    out["type"] = type_json(expr.type);
    return out;
  }

  Json schema(tir::Schema const& schema) const {
    Json out{{"name", schema.name}, {"fields", Json::array()}};
    for (auto const field : schema.fields) out["fields"].push_back(field.index);
    put(out, "key", schema.key);
    return out;
  }
  Json field(tir::Field const& field) const {
    Json out{{"name", field.name}, {"schema", field.schema.index}};
    put_stored(out, field.type, field.format);
    if (field.series != tir::SeriesStep::None)
      out["series"] = field.series == tir::SeriesStep::Yearly ? "yearly" : "monthly";
    put(out, "series_from", field.series_from);
    if (field.computed) out["computed"] = true;  // of a cohort, a 统计, or of what it points at
    put(out, "via", field.via);
    put(out, "target", field.target);
    put(out, "source", field.source);
    put(out, "source_kind", std::string(tir::source_word(field.source_kind)));
    return out;
  }
  Json enumeration(tir::Enumeration const& enumeration) const {
    return {{"name", enumeration.name}, {"entries", enumeration.entries}, {"ordered", enumeration.ordered}};
  }
  Json parameter(tir::Parameter const& parameter) const {
    Json out{{"name", parameter.name}};
    put_stored(out, parameter.type, parameter.format);
    out["values"] = Json::array();
    for (auto const& one : parameter.values) {
      Json value{{"value", value_json(one.value, parameter.type)}};
      if (one.from_day) value["from"] = format_date(*one.from_day);
      if (one.until_day) value["until"] = format_date(*one.until_day);
      out["values"].push_back(std::move(value));
    }
    return out;
  }
  Json table(tir::ReferenceTable const& table) const {
    Json out{{"name", table.name}, {"keys", Json::array()}};
    for (std::size_t i = 0; i < table.key_names.size(); ++i)
      out["keys"].push_back({{"name", table.key_names[i]}, {"type", type_json(table.key_types[i])}});
    put_stored(out, table.type, table.format);
    out["use_parent"] = table.use_parent;
    out["rows"] = Json::array();
    for (auto const& row : table.rows) {
      Json keys = Json::array();
      for (std::size_t i = 0; i < row.keys.size(); ++i) keys.push_back(value_json(row.keys[i], table.key_types[i]));
      out["rows"].push_back({{"keys", std::move(keys)}, {"value", value_json(row.value, table.type)}});
    }
    return out;
  }
  Json definition(tir::Definition const& definition) const {
    Json out{{"name", definition.name}};
    put(out, "schema", definition.schema);
    if (definition.internal) out["internal"] = true;
    put_stored(out, definition.type, definition.format);
    put(out, "value", definition.value);
    return out;
  }
  Json policy(tir::Policy const& policy) const {
    Json out{{"id", policy.id}, {"name", policy.name}};
    put(out, "subject", policy.subject);
    put(out, "place", policy.place);
    if (policy.valid_from) out["valid_from"] = format_date(*policy.valid_from);
    if (policy.valid_until) out["valid_until"] = format_date(*policy.valid_until);
    put(out, "year", policy.year);
    put(out, "target", policy.target);
    put(out, "condition", policy.condition);
    out["conclusion"] = tir::conclusion_word(policy.conclusion);
    out["items"] = Json::array();
    for (auto const& item : policy.items) {
      Json one{{"name", item.name}, {"word", item.word}};
      put(one, "amount", item.amount);
      put(one, "when", item.when);
      out["items"].push_back(std::move(one));
    }
    out["caps"] = Json::array();
    for (auto const& cap : policy.caps) out["caps"].push_back({{"at_most", cap.at_most}, {"bound", cap.bound.index}});
    put(out, "value", policy.value);
    put(out, "value_name", policy.value_name);
    out["shares"] = Json::array();
    for (auto const& share : policy.shares)
      out["shares"].push_back({{"party", share.party}, {"weight", share.weight.index}});
    out["alerts"] = Json::array();
    for (auto const& alert : policy.alerts) {
      Json rows = Json::array();
      for (auto const& row : alert.rows)
        rows.push_back(
            {{"colour", row.colour}, {"stops_payment", row.stops_payment}, {"condition", row.condition.index}});
      out["alerts"].push_back({{"name", alert.name}, {"rows", std::move(rows)}});
    }
    if (policy.verified_only) out["verified_only"] = true;
    put(out, "department", policy.department);
    if (policy.selection) out["selection"] = selection(*policy.selection);
    return out;
  }

  static Json selection(tir::Selection const& selection) {
    Json out{{"at_least", selection.at_least}, {"descending", selection.descending}};
    put(out, "by", selection.by);
    put(out, "count", selection.count);
    put(out, "tie", selection.tie);
    if (selection.tie.has_value()) out["tie_descending"] = selection.tie_descending;
    return out;
  }

  Json settle(tir::Settle const& settle) const {
    Json out{{"name", settle.name}, {"kind", tir::settle_word(settle.kind)}, {"cut", tir::cut_word(settle.cut)}};
    put(out, "subject", settle.subject);
    out["each_year"] = settle.each_year;
    out["members"] = Json::array();
    for (auto const& member : settle.members) {
      Json one{{"policy", program_.policies[member.policy].id}};
      if (member.most_fen) one["most_fen"] = *member.most_fen;
      put(one, "unit", member.unit);
      put(one, "by", member.by);
      out["members"].push_back(std::move(one));
    }
    put(out, "limit", settle.limit);
    if (settle.cut == tir::SettleCut::Ranked) out["descending"] = settle.descending;
    if (settle.most_weight) out["most_weight_millionths"] = *settle.most_weight;
    if (!settle.stages.empty()) out["stages"] = Json::array();
    for (auto const& stage : settle.stages)
      out["stages"].push_back({{"name", stage.name}, {"share", tir::print_number(stage.share)}});
    put(out, "each_most", settle.each_most);
    put(out, "paid", settle.paid);
    if (settle.each_most.has_value()) out["share_again"] = settle.share_again;
    return out;
  }

 private:
  // How a stored value is kept; a number within [low, high] × 10^-scale.
  static void put_stored(Json& out, tir::Type const& type, types::NumberFormat const& format) {
    out["type"] = type_json(type);
    if (type.kind != types::Kind::Number) return;
    out["scale"] = format.scale;
    out["low"] = format.low;
    out["high"] = format.high;
  }

  tir::Type type_of(tir::ExprId id) const { return program_.exprs[id].type; }

  Json kind(tir::Expr const& expr) const {
    return match(
        expr.kind,  //
        [](tir::Poison const&) { return Json{{"kind", "poison"}}; },
        [&](tir::Constant const& e) { return Json{{"kind", "constant"}, {"value", value_json(e.value, expr.type)}}; },
        [](tir::FieldValue const& e) { return Json{{"kind", "field"}, {"of", e.of.index}, {"field", e.field.index}}; },
        [](tir::SeriesValue const& e) {
          return Json{{"kind", "series"}, {"of", e.of.index}, {"field", e.field.index}, {"period", e.period.index}};
        },
        [](tir::DefinitionValue const& e) {
          Json out{{"kind", "definition"}, {"definition", e.definition.index}};
          put(out, "of", e.of);
          put(out, "year", e.year);
          put(out, "month", e.month);
          return out;
        },
        [](tir::ParameterValue const& e) { return Json{{"kind", "parameter"}, {"parameter", e.parameter.index}}; },
        [](tir::Input const& e) { return Json{{"kind", "input"}, {"word", tir::input_word(e.word)}}; },
        [](tir::And const& e) { return Json{{"kind", "and"}, {"operands", ids(e.operands)}}; },
        [](tir::Or const& e) { return Json{{"kind", "or"}, {"operands", ids(e.operands)}}; },
        [](tir::AtLeastOf const& e) {
          return Json{{"kind", "at_least_of"}, {"count", e.count}, {"operands", ids(e.operands)}};
        },
        [](tir::Not const& e) { return Json{{"kind", "not"}, {"operand", e.operand.index}}; },
        [](tir::Compare const& e) {
          return Json{
              {"kind", "compare"}, {"op", tir::compare_word(e.op)}, {"left", e.left.index}, {"right", e.right.index}};
        },
        [](tir::Negate const& e) { return Json{{"kind", "negate"}, {"operand", e.operand.index}}; },
        [](tir::Arithmetic const& e) {
          return Json{{"kind", "arithmetic"},
                      {"op", tir::arithmetic_word(e.op)},
                      {"left", e.left.index},
                      {"right", e.right.index}};
        },
        [](tir::Pick const& e) {
          return Json{{"kind", "pick"},
                      {"op", e.op == tir::PickOp::Highest ? "highest" : "lowest"},
                      {"operands", ids(e.operands)}};
        },
        [](tir::Cap const& e) {
          return Json{{"kind", "cap"}, {"at_most", e.at_most}, {"operand", e.operand.index}, {"bound", e.bound.index}};
        },
        [](tir::Round const& e) {
          return Json{{"kind", "round"},
                      {"mode", tir::rounding_word(e.mode)},
                      {"digits", e.digits},
                      {"operand", e.operand.index}};
        },
        [&](tir::BelongsTo const& e) {
          auto const type = type_of(e.subject);
          return Json{{"kind", "belongs_to"},
                      {"subject", e.subject.index},
                      {"members", values_json(e.members, type)},
                      {"except", values_json(e.except, type)}};
        },
        [](tir::SetContains const& e) {
          return Json{{"kind", "set_contains"}, {"set", e.set.index}, {"member", e.member.index}, {"inside", e.inside}};
        },
        [](tir::Aggregate const& e) {
          Json out{{"kind", "aggregate"},
                   {"op", tir::aggregate_word(e.op)},
                   {"of", e.of.index},
                   {"list", e.list.index},
                   {"item", e.item.index}};
          put(out, "each", e.each);
          put(out, "where", e.where);
          if (e.first != 0) out["first"] = e.first;
          return out;
        },
        [](tir::Choose const& e) {
          Json out{{"kind", "choose"}, {"rule", tir::hit_word(e.rule)}};
          put(out, "subject", e.subject);
          out["rows"] = Json::array();
          for (auto const& row : e.rows)
            out["rows"].push_back({{"condition", row.condition.index}, {"value", row.value.index}});
          put(out, "otherwise", e.otherwise);
          return out;
        },
        [](tir::Default const& e) {
          return Json{{"kind", "default"}, {"fact", e.fact.index}, {"value", e.value.index}};
        },
        [](tir::Call const& e) {
          return Json{{"kind", "call"}, {"builtin", e.builtin}, {"arguments", ids(e.arguments)}};
        },
        [](tir::IfGiven const& e) {
          return Json{{"kind", "if_given"},
                      {"definition", e.definition.index},
                      {"given", e.given.index},
                      {"computed", e.computed.index}};
        },
        [](tir::PeriodValue const& e) { return Json{{"kind", "period"}, {"of", e.of.index}}; },
        [](tir::Lookup const& e) { return Json{{"kind", "lookup"}, {"table", e.table.index}, {"keys", ids(e.keys)}}; },
        [](tir::Shift const& e) {
          return Json{{"kind", "shift"}, {"operand", e.operand.index}, {"steps", e.steps.index}};
        },
        [](tir::Window const& e) {
          Json out{{"kind", "window"}, {"op", tir::aggregate_word(e.op)}, {"period", e.period.index}};
          put(out, "from", e.from);
          put(out, "to", e.to);
          put(out, "of", e.of);
          put(out, "series", e.series);
          put(out, "each", e.each);
          put(out, "where", e.where);
          if (e.first != 0) out["first"] = e.first;
          return out;
        },
        [](tir::Offset const& e) { return Json{{"kind", "offset"}, {"period", e.period.index}, {"by", e.by}}; });
  }

  tir::Program const& program_;
};

// One element a line: long programs stay readable, and differences of two dumps too.
template <class All, class ToJson> std::string array_text(char const* name, All const& all, ToJson to_json) {
  std::string text = std::string("\"") + name + "\": [";
  char const* separator = "\n";
  for (auto const& one : all) {
    text += separator + to_json(one).dump();
    separator = ",\n";
  }
  return text + "\n]";
}

}  // namespace

std::string tir_json(tir::Program const& program) {
  Writer const writer(program);
  std::string text = "{\n";
  text += array_text("schemas", program.schemas, [&](auto const& one) { return writer.schema(one); }) + ",\n";
  text += array_text("fields", program.fields, [&](auto const& one) { return writer.field(one); }) + ",\n";
  text += array_text("enumerations", program.enumerations, [&](auto const& one) { return writer.enumeration(one); });
  text += ",\n";
  text += array_text("parameters", program.parameters, [&](auto const& one) { return writer.parameter(one); }) + ",\n";
  text += array_text("reference_tables", program.reference_tables, [&](auto const& one) { return writer.table(one); });
  text += ",\n";
  text += array_text("definitions", program.definitions, [&](auto const& one) { return writer.definition(one); });
  text += ",\n";
  text += array_text("policies", program.policies, [&](auto const& one) { return writer.policy(one); }) + ",\n";
  text += array_text("settles", program.settles, [&](auto const& one) { return writer.settle(one); }) + ",\n";
  text += array_text("exprs", program.exprs, [&](auto const& one) { return writer.expr(one); }) + "\n}\n";
  return text;
}

}  // namespace huiyu::driver
