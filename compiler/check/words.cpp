#include <algorithm>

#include "compiler/check/context.h"
#include "compiler/tir/print.h"
#include "runtime/base/utf8.h"

namespace huiyu::check {
namespace {

std::string english_unit(types::Unit const& unit) {
  static constexpr std::array<std::string_view, static_cast<std::size_t>(types::BaseUnit::Count_)> words{
      "yuan",  "persons",           "items", "mu",    "kWh", "days", "working days", "months", "points", "US dollars",
      "euros", "Hong Kong dollars", "yen",   "pounds"};
  std::string above, below;
  for (std::size_t i = 0; i < words.size(); ++i) {
    int const exponent = unit.exponents[i];
    std::string& side = exponent > 0 ? above : below;
    if (exponent == 0) continue;
    side += (side.empty() ? "" : "·") + std::string(words[i]);
    if (exponent != 1 && exponent != -1) side += "^" + std::to_string(exponent > 0 ? exponent : -exponent);
  }
  return below.empty() ? above : (above.empty() ? "1" : above) + "/" + below;
}

}  // namespace

diag::Phrase phrase(Context const& context, Type const& type) {
  std::string const zh = tir::describe(context.program, type);
  switch (type.kind) {
    case Kind::Number:
      if (auto const row = types::builtin_type_of(type.unit)) return {zh, std::string(row->en)};
      return {zh, english_unit(type.unit)};
    case Kind::Enumeration:
    case Kind::Record: return {zh, zh};
    case Kind::List: return {zh, "list of " + context.program.schemas[type.schema].name};
    case Kind::Set: return {zh, "set"};
    case Kind::Poison: return {zh, "?"};
    case Kind::Truth:
    case Kind::Date:
    case Kind::Year:
    case Kind::Month:
    case Kind::Code:
    case Kind::Text:
    case Kind::CreditCode: break;
  }
  for (auto const& row : types::builtin_types())
    if (row.type == type) return {zh, std::string(row.en)};
  return {zh, zh};
}

std::string source_text(Context const& context, Span span) {
  if (span.empty() || !context.sources.contains(span.file)) return {};
  std::string text;
  for (char const c : context.sources[span.file].slice(span)) {
    bool const blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      text += c;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

}  // namespace huiyu::check
