#include <nlohmann/json.hpp>

#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/explain/render.h"
#include "runtime/plan/names.h"

namespace huiyu::explain {
namespace {

using Json = nlohmann::ordered_json;

std::string_view state_name(State state) {
  switch (state) {
    case State::False: return "false";
    case State::True: return "true";
    case State::Value: return "value";
    case State::Unknown: return "unknown";
    case State::Error: return "error";
  }
  return "?";
}

std::string_view role_name(Role role) {
  switch (role) {
    case Role::Operand: return "operand";
    case Role::Bound: return "bound";
    case Role::Subject: return "subject";
    case Role::Condition: return "condition";
    case Role::Result: return "result";
    case Role::Otherwise: return "otherwise";
    case Role::Item: return "item";
    case Role::Each: return "each";
    case Role::Filter: return "filter";
    case Role::Period: return "period";
  }
  return "?";
}

std::string_view fault_name(Fault fault) {
  switch (fault) {
    case Fault::None: return "none";
    case Fault::DivisionByZero: return "division_by_zero";
    case Fault::TwoRowsHold: return "two_rows_hold";
    case Fault::NoRowHolds: return "no_row_holds";
    case Fault::EmptyList: return "empty_list";
    case Fault::BelowZero: return "below_zero";
    case Fault::TooLarge: return "too_large";
    case Fault::OutsideCalendar: return "outside_calendar";
  }
  return "?";
}

void put(Json& json, char const* key, std::string const& text) {
  if (!text.empty()) json[key] = text;
}

std::string yuan(std::int64_t fen) { return print_decimal(fen, 2); }

Json node_json(Node const& node) {
  Json json;
  json["role"] = role_name(node.role);
  json["op"] = plan::name_of(node.op);
  json["state"] = state_name(node.state);
  if (node.fault != Fault::None) json["fault"] = fault_name(node.fault);
  put(json, "words", node.words);
  put(json, "name", node.name);
  put(json, "value", node.value);
  put(json, "source", node.source);
  put(json, "citation", node.citation);
  if (!node.file.empty())
    json["place"] = node.file + ":" + std::to_string(node.line) + ":" + std::to_string(node.column);
  json["deciding"] = node.deciding;
  if (node.shown_before) json["shown_before"] = true;
  if (!node.children.empty()) {
    auto& children = json["children"] = Json::array();
    for (auto const& child : node.children) children.push_back(node_json(child));
  }
  return json;
}

void put(Json& json, char const* key, std::optional<Node> const& node) {
  if (node) json[key] = node_json(*node);
}

}  // namespace

std::string to_json(Explanation const& explanation, int indent) {
  Json json;
  json["policy"] = explanation.policy_id;
  json["name"] = explanation.policy_name;
  put(json, "citation", explanation.citation);
  put(json, "board", explanation.board);
  put(json, "jurisdiction", explanation.place_text);
  if (!explanation.file.empty()) json["place"] = explanation.file + ":" + std::to_string(explanation.line);
  put(json, "key", explanation.key);
  json["as_of"] = format_date(explanation.as_of_day);
  json["in_force"] = explanation.in_force;
  json["outcome"] = outcome_name(explanation.pair.outcome);
  if (explanation.pair.amount_fen) json["amount"] = yuan(*explanation.pair.amount_fen);
  if (!explanation.pair.shares.empty()) {
    auto& shares = json["shares"] = Json::object();
    for (auto const& share : explanation.pair.shares) shares[share.name] = yuan(share.amount_fen);
  }
  if (!explanation.odd_fen.empty()) json["odd_fen_to"] = explanation.odd_fen;
  put(json, "value_name", explanation.value_name);
  put(json, "value", explanation.pair.value);
  if (!explanation.pair.needs.empty()) json["needs"] = explanation.pair.needs;
  for (auto const& fact : explanation.rests_on_declared)
    json["rests_on_declared"].push_back(Json{{"name", fact.name}, {"source", fact.source}});
  for (auto const& use : explanation.month_ends)
    json["month_ends"].push_back(
        Json{{"words", use.words}, {"day", use.day}, {"reached", format_date(use.reached_day)}});
  for (auto const& step : explanation.pair.settled) {
    auto& one = json["settled"].emplace_back(nlohmann::ordered_json::object());
    one["by"] = step.group;
    if (step.before_fen) one["before"] = yuan(*step.before_fen);
    if (step.after_fen) one["after"] = yuan(*step.after_fen);
    one["reason"] = settle_reason(step);
  }
  if (!explanation.unsettled.empty()) json["unsettled"] = explanation.unsettled;
  put(json, "applies", explanation.applies);
  put(json, "condition", explanation.condition);
  if (!explanation.parts.empty()) {
    auto& parts = json["parts"] = Json::array();
    for (auto const& part : explanation.parts) {
      Json one;
      put(one, "name", part.name);
      put(one, "word", part.word);
      put(one, "citation", part.citation);
      one["due"] = state_name(part.due);
      if (part.amount_fen) one["amount"] = yuan(*part.amount_fen);
      put(one, "when", part.when);
      put(one, "amount_tree", part.amount);
      parts.push_back(std::move(one));
    }
  }
  put(json, "total", explanation.total);
  put(json, "conclusion", explanation.value);
  if (!explanation.alerts.empty()) {
    auto& alerts = json["alerts"] = Json::array();
    for (auto const& alert : explanation.alerts) {
      Json one;
      one["name"] = alert.name;
      put(one, "colour", alert.colour);
      put(one, "condition", alert.condition);
      alerts.push_back(std::move(one));
    }
  }
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace huiyu::explain
