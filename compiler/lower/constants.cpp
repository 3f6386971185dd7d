// What is known before any record: values of the text, parameters, reference tables, classes of codes.

#include <cstring>

#include "compiler/base/match.h"
#include "compiler/lower/lowerer.h"
#include "runtime/base/civil.h"
#include "runtime/codes/codes.h"

namespace huiyu::lower {

using plan::Ref;
using types::Kind;

namespace {

enum class Tri : std::uint8_t { No, Unknown, Yes };

// Of every id, whether it belongs to one of the members: those at or below a member do, those above it are too coarse
// to tell.
std::vector<Tri> any_of(types::Type const& subject, std::size_t ids, std::vector<tir::Value> const& members) {
  std::vector<Tri> any(ids, Tri::No);
  for (auto const& member : members) {
    if (auto const* entry = std::get_if<tir::EntryValue>(&member)) {
      any[static_cast<std::size_t>(entry->index)] = Tri::Yes;
      continue;
    }
    auto const id = std::get<tir::CodeValue>(member).id;
    auto const entries = codes::entries(subject.system);
    auto const& code = entries[static_cast<std::size_t>(id)];
    std::fill(any.begin() + id, any.begin() + code.last + 1, Tri::Yes);
    for (auto above = code.parent; above >= 0; above = entries[static_cast<std::size_t>(above)].parent)
      any[static_cast<std::size_t>(above)] = std::max(any[static_cast<std::size_t>(above)], Tri::Unknown);
  }
  return any;
}

void add_id(std::vector<plan::Interval>& intervals, std::int64_t id) {
  if (!intervals.empty() && intervals.back().high == id - 1)
    intervals.back().high = id;
  else
    intervals.push_back({id, id});
}

std::optional<std::int64_t> scaled_integer(BigRational const& value, int scale) {
  BigRational const scaled = value * BigRational(power_of_ten(scale));
  if (denominator(scaled) != 1) return std::nullopt;
  return to_int64(BigInt(numerator(scaled)));
}

}  // namespace

std::optional<std::int64_t> Lowerer::integer_of(tir::Value const& value, int scale) {
  using Integer = std::optional<std::int64_t>;
  return match(
      value, [](bool truth) -> Integer { return truth ? 1 : 0; },
      [&](BigRational const& number) -> Integer { return scaled_integer(number, scale); },
      [](tir::DateValue date) -> Integer { return date.days; },
      [](tir::YearValue year) -> Integer { return year.year; },
      [](tir::MonthValue month) -> Integer { return month.month; },
      [](tir::CodeValue code) -> Integer { return code.id; },
      [](tir::EntryValue entry) -> Integer { return entry.index; },
      [&](std::string const& text) -> Integer {
        auto const ref = tables_.text(text);
        return ref.has_value() ? Integer(ref.index) : std::nullopt;
      },
      [&](tir::SetValue const& set) -> Integer {
        auto members = set.members;
        for (auto const& text : set.texts) {
          auto const ref = tables_.text(text);
          if (!ref.has_value()) return std::nullopt;
          members.push_back(static_cast<std::int32_t>(ref.index));
        }
        std::sort(members.begin(), members.end());
        members.erase(std::unique(members.begin(), members.end()), members.end());
        std::vector<plan::Interval> ids;
        for (auto member : members) add_id(ids, member);
        return tables_.class_set(ids, {}).index;
      });
}

Ref<plan::Parameter> Lowerer::parameter(tir::ParameterId id) {
  auto const& declared = program_.parameters[id];
  plan::Parameter row;
  row.name = tables_.text(declared.name);
  row.kind = value_kind(declared.type.kind);
  row.scale = declared.type.kind == Kind::Number ? declared.format.scale : std::int8_t{0};
  row.measure = measure_of(declared.type);
  // A set of texts is a class set of positions in `texts`; it is told from a set of ids by this mark.
  if (declared.type.kind == Kind::Set && is_text(declared.type.element)) row.measure = 1;
  row.code_system = static_cast<std::uint8_t>(declared.type.system);
  if (declared.type.kind == Kind::Enumeration) row.enumeration = enumeration(declared.type.enumeration);
  // Whole areas and industries: a class of all that lies at or below them.
  bool const is_code_set = declared.type.kind == Kind::Set && declared.type.element == Kind::Code;
  auto element = declared.type;
  element.kind = declared.type.element;
  auto const code_set = [&](tir::Value const& value) -> std::optional<std::int64_t> {
    tir::BelongsTo members;
    for (auto const code : std::get<tir::SetValue>(value).members) members.members.emplace_back(tir::CodeValue{code});
    return class_set(members, element).index;
  };

  // Each value is in force until it is known no longer or the next begins.
  auto dated = declared.values;
  static constexpr auto before_all = std::numeric_limits<std::int32_t>::min(),
                        after_all = std::numeric_limits<std::int32_t>::max();
  auto const from = [](tir::DatedConstant const& entry) { return entry.from_day.value_or(before_all); };
  std::stable_sort(dated.begin(), dated.end(), [&](auto const& a, auto const& b) { return from(a) < from(b); });
  std::vector<plan::ParameterValue> values;
  for (std::size_t i = 0; i < dated.size(); ++i) {
    // Of two that begin on one day the later written is meant.
    if (i + 1 < dated.size() && from(dated[i + 1]) == from(dated[i])) continue;
    auto const next = i + 1 < dated.size() ? from(dated[i + 1]) - 1 : after_all;
    auto const until = std::min(dated[i].until_day.value_or(after_all), next);
    auto const value = is_code_set ? code_set(dated[i].value) : integer_of(dated[i].value, row.scale);
    if (!value) refuse("参数 " + declared.name + " 的值存不下");
    if (until >= from(dated[i])) values.push_back({from(dated[i]), until, value.value_or(0)});
  }
  return tables_.parameter(row, values);
}

Ref<plan::ReferenceTable> Lowerer::reference_table(tir::ReferenceTableId id) {
  auto const& declared = program_.reference_tables[id];
  plan::ReferenceTable table;
  table.name = tables_.text(declared.name);
  table.kind = value_kind(declared.type.kind);
  table.scale = declared.type.kind == Kind::Number ? declared.format.scale : std::int8_t{0};
  table.measure = measure_of(declared.type);
  table.code_system = static_cast<std::uint8_t>(declared.type.system);
  if (declared.type.kind == Kind::Enumeration) table.enumeration = enumeration(declared.type.enumeration);
  table.use_parent = declared.use_parent ? 1 : 0;
  table.source = tables_.text(declared.source);
  std::vector<plan::ReferenceKey> keys;
  for (std::size_t i = 0; i < declared.key_types.size(); ++i) {
    auto const& type = declared.key_types[i];
    plan::ReferenceKey key;
    key.name = tables_.text(declared.key_names[i]);
    key.kind = value_kind(type.kind);
    key.code_system = static_cast<std::uint8_t>(type.system);
    if (type.kind == Kind::Enumeration) key.enumeration = enumeration(type.enumeration);
    if (type.kind == Kind::Number)
      for (auto const& row : declared.rows)
        key.scale =
            std::max(key.scale, static_cast<std::int8_t>(decimals_of(std::get<BigRational>(row.keys[i])).value_or(0)));
    keys.push_back(key);
  }
  std::vector<std::vector<plan::ReferenceValue>> row_keys;
  std::vector<std::int64_t> row_values;
  for (auto const& row : declared.rows) {
    row_keys.emplace_back();
    auto stored = [&](tir::Value const& value, int scale) {
      auto const integer = integer_of(value, scale);
      if (!integer) refuse("参照表 " + declared.name + " 的值存不下");
      return integer.value_or(0);
    };
    for (std::size_t i = 0; i < keys.size(); ++i) row_keys.back().push_back({stored(row.keys[i], keys[i].scale)});
    row_values.push_back(stored(row.value, table.scale));
  }
  return tables_.reference_table(table, keys, row_keys, row_values);
}

// In one of the members and in none of the exceptions, looked up for every id once: certain, possible, or not.
Ref<plan::ClassSet> Lowerer::class_set(tir::BelongsTo const& membership, types::Type const& subject) {
  auto const ids = subject.kind == Kind::Code ? codes::entries(subject.system).size()
                                              : program_.enumerations[subject.enumeration].entries.size();
  auto const in = any_of(subject, ids, membership.members), out = any_of(subject, ids, membership.except);
  std::vector<plan::Interval> certain, possible;
  static_assert(Tri::No == Tri{} && sizeof(Tri) == 1);
  for (std::size_t id = 0; id < ids; ++id) {
    // Most ids belong to no member: eight of them at once.
    std::uint64_t eight = 1;
    if (ids - id >= sizeof eight) std::memcpy(&eight, &in[id], sizeof eight);
    if (eight == 0) {
      id += sizeof eight - 1;
      continue;
    }
    if (in[id] == Tri::No || out[id] == Tri::Yes) continue;
    add_id(in[id] == Tri::Yes && out[id] == Tri::No ? certain : possible, static_cast<std::int64_t>(id));
  }
  return tables_.class_set(certain, possible);
}

Ref<plan::Constant> Lowerer::class_constant(Ref<plan::ClassSet> set) {
  return tables_.constant({plan::ConstantKind::ClassSet, 1, {}, 0, set.index, 0});
}

Ref<plan::Constant> Lowerer::constant(PeriodTerm term) {
  switch (term.base) {
    case PeriodTerm::Base::Literal:
      return tables_.constant({plan::ConstantKind::Literal, 1, {}, 0, plan::none, term.offset});
    case PeriodTerm::Base::ApplicationYear:
      return tables_.constant({plan::ConstantKind::ApplicationYear, 1, {}, 0, plan::none, term.offset});
    case PeriodTerm::Base::AsOfMonth:
      return tables_.constant({plan::ConstantKind::AsOfMonth, 1, {}, 0, plan::none, term.offset});
    case PeriodTerm::Base::Unknown: break;
  }
  return tables_.constant({plan::ConstantKind::Undecided, 1, {}, 0, plan::none, 0});
}

PeriodTerm Lowerer::period_term(tir::ExprId id, Place const& place) const {
  if (!id.has_value()) return {};
  auto const& kind = expr(id).kind;
  if (auto const* constant = std::get_if<tir::Constant>(&kind)) {
    if (auto const* year = std::get_if<tir::YearValue>(&constant->value))
      return {PeriodTerm::Base::Literal, year->year};
    if (auto const* month = std::get_if<tir::MonthValue>(&constant->value))
      return {PeriodTerm::Base::Literal, month->month};
  }
  if (auto const* input = std::get_if<tir::Input>(&kind)) {
    if (input->word == tir::InputWord::ApplicationYear) return {PeriodTerm::Base::ApplicationYear, 0};
    if (input->word == tir::InputWord::ThisYear) return place.year;
    if (input->word == tir::InputWord::ThisMonth) return place.month;
  }
  if (auto const* offset = std::get_if<tir::Offset>(&kind)) {
    auto term = period_term(offset->period, place);
    if (term.base != PeriodTerm::Base::Unknown) term.offset += offset->by;
    // Past the ends of the calendar it is an error; of 本年 and 本月 that shows when they are known.
    std::int64_t const in_year = expr(id).type.kind == types::Kind::Month ? 12 : 1;
    bool const inside = term.offset >= first_year * in_year && term.offset < (last_year + 1) * in_year;
    return term.base == PeriodTerm::Base::Literal && !inside ? PeriodTerm{} : term;
  }
  if (auto const* bound = std::get_if<tir::PeriodValue>(&kind))
    if (auto const found = place.find(bound->of)) return place.periods[*found].term;
  return {};
}

}  // namespace huiyu::lower
