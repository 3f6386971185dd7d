#include "tests/property/coverage.h"

#include <array>

#include <fmt/format.h>

#include "compiler/base/match.h"
#include "compiler/builtins/builtin.h"
#include "runtime/plan/names.h"
#include "tests/property/coverage_words.h"

namespace huiyu::test {

namespace {

constexpr std::array<std::string_view, 6> compare_names{"Less", "AtMost", "Greater", "AtLeast", "Equal", "NotEqual"};
constexpr std::array<std::string_view, 4> arithmetic_names{"Add", "Subtract", "Multiply", "Divide"};
constexpr std::array<std::string_view, 2> pick_names{"Highest", "Lowest"};
constexpr std::array<std::string_view, 2> cap_names{"AtMost", "AtLeast"};
constexpr std::array<std::string_view, 4> rounding_names{"HalfUp", "Down", "Up", "HalfEven"};
constexpr std::array<std::string_view, 10> aggregate_names{"Sum",     "Count",    "Exists", "All", "Mean",
                                                           "Largest", "Smallest", "Median", "Top", "Distinct"};
constexpr std::array<std::string_view, 5> hit_names{"First", "Exclusive", "Unique", "Highest", "Sum"};
constexpr std::array<std::string_view, 4> input_names{"AsOf", "ApplicationYear", "ThisYear", "ThisMonth"};
// By alternative of tir::Value. A set is only ever a parameter's value, a truth is folded where it stands alone.
constexpr std::array<std::string_view, 9> value_names{"Truth", "Number", "Date", "Year", "Month",
                                                      "Code",  "Entry",  "Text", "Set"};

template <class Enum, std::size_t count>
std::string named(std::string_view kind, Enum value, std::array<std::string_view, count> const& names) {
  return fmt::format("tir {} {}", kind, names[static_cast<std::size_t>(value)]);
}

std::string kind_of(tir::Program const& program, tir::Expr const& expr) {
  return match(
      expr.kind, [](tir::Poison const&) { return std::string("tir Poison"); },
      [](tir::Constant const& e) { return named("Constant", e.value.index(), value_names); },
      [](tir::FieldValue const& e) {
        return std::string(e.of.index == 0 ? "tir FieldValue" : "tir FieldValue of an item");
      },
      [](tir::SeriesValue const&) { return std::string("tir SeriesValue"); },
      [](tir::DefinitionValue const& e) {
        return std::string(e.year.has_value()    ? "tir DefinitionValue of a year"
                           : e.month.has_value() ? "tir DefinitionValue of a month"
                                                 : "tir DefinitionValue");
      },
      [](tir::ParameterValue const&) { return std::string("tir ParameterValue"); },
      [](tir::Input const& e) { return named("Input", e.word, input_names); },
      [](tir::And const&) { return std::string("tir And"); }, [](tir::Or const&) { return std::string("tir Or"); },
      [](tir::AtLeastOf const&) { return std::string("tir AtLeastOf"); },
      [](tir::Not const&) { return std::string("tir Not"); },
      [](tir::Compare const& e) { return named("Compare", e.op, compare_names); },
      [](tir::Negate const&) { return std::string("tir Negate"); },
      [](tir::Arithmetic const& e) { return named("Arithmetic", e.op, arithmetic_names); },
      [](tir::Pick const& e) { return named("Pick", e.op, pick_names); },
      [](tir::Cap const& e) { return named("Cap", e.at_most ? 0 : 1, cap_names); },
      [](tir::Round const& e) { return named("Round", e.mode, rounding_names); },
      [&](tir::BelongsTo const& e) {
        bool const code = program.exprs[e.subject].type.kind == types::Kind::Code;
        return std::string(!code              ? "tir BelongsTo entries"
                           : e.except.empty() ? "tir BelongsTo codes"
                                              : "tir BelongsTo codes with exceptions");
      },
      [](tir::SetContains const&) { return std::string("tir SetContains"); },
      [](tir::Aggregate const& e) { return named("Aggregate", e.op, aggregate_names); },
      [](tir::Choose const& e) { return named("Choose", e.rule, hit_names); },
      [](tir::Default const&) { return std::string("tir Default"); },
      [](tir::Call const& e) { return fmt::format("tir Call {}", e.builtin); },
      [](tir::IfGiven const&) { return std::string("tir IfGiven"); },
      [](tir::PeriodValue const&) { return std::string("tir PeriodValue"); },
      [](tir::Lookup const&) { return std::string("tir Lookup"); },
      [](tir::Shift const&) { return std::string("tir Shift"); },
      [](tir::Window const& e) { return named("Window", e.op, aggregate_names); },
      [](tir::Offset const&) { return std::string("tir Offset"); });
}

template <class Enum> std::string named(std::string_view table, Enum value) {
  return fmt::format("plan {} {}", table, plan::name_of(value));
}

Kinds kinds_of(plan::Plan const& plan) {
  Kinds kinds;
  for (auto const& row : plan.nodes) {
    kinds.insert(named("op", row.op));
    kinds.insert(fmt::format("plan width {}", row.width));
  }
  for (auto const& row : plan.derived) kinds.insert(named("derived", row.kind));
  for (auto const& row : plan.atoms) kinds.insert(named("atom", row.kind));
  for (auto const& row : plan.conditions) kinds.insert(named("condition", row.kind));
  for (auto const& row : plan.constants) {
    kinds.insert(named("constant", row.kind));
    kinds.insert(named("bound", row.bound));
  }
  for (auto const& row : plan.references)
    kinds.insert(plan.columns[row.by.index].computed == 1 ? "plan reference by a reference" : "plan reference");
  for (auto const& row : plan.policies) kinds.insert(named("conclusion", row.conclusion));
  for (auto const& row : plan.explains) kinds.insert(named("explain", row.op));
  return kinds;
}

template <class Enum> void expect(std::map<std::string, std::int64_t>& kinds, std::string_view table, Enum kind) {
  for (auto const name : plan::enum_names(kind)) kinds[fmt::format("plan {} {}", table, name)];
}

template <std::size_t count>
void expect(std::map<std::string, std::int64_t>& kinds, std::string_view kind,
            std::array<std::string_view, count> const& names) {
  for (auto const name : names) kinds[fmt::format("tir {} {}", kind, name)];
}

// What no rule can lead to today, and why.
constexpr std::array<std::string_view, 7> never{
    "tir Window Distinct",         // 不重复 is of lists
    "plan atom QuotientInterval",  // a ratio's test is a truth computed with it
    "plan bound Below",            // every one-sided bound is a lower one
    "plan conclusion None",        // a policy concludes something
    "plan condition Always",
    "plan condition Never",  // the checker refuses a condition that is constant
    "tir Constant Set",      // only ever a parameter's value
};

}  // namespace

Coverage::Coverage() {
  for (auto const name : {"FieldValue",
                          "FieldValue of an item",
                          "SeriesValue",
                          "DefinitionValue",
                          "DefinitionValue of a year",
                          "DefinitionValue of a month",
                          "ParameterValue",
                          "And",
                          "Or",
                          "AtLeastOf",
                          "Not",
                          "Negate",
                          "BelongsTo entries",
                          "BelongsTo codes",
                          "BelongsTo codes with exceptions",
                          "SetContains",
                          "Default",
                          "IfGiven",
                          "PeriodValue",
                          "Lookup",
                          "Shift",
                          "Offset"})
    programs_[fmt::format("tir {}", name)];
  expect(programs_, "Constant", value_names);
  expect(programs_, "Input", input_names);
  expect(programs_, "Compare", compare_names);
  expect(programs_, "Arithmetic", arithmetic_names);
  expect(programs_, "Pick", pick_names);
  expect(programs_, "Cap", cap_names);
  expect(programs_, "Round", rounding_names);
  expect(programs_, "Aggregate", aggregate_names);
  expect(programs_, "Window", aggregate_names);
  expect(programs_, "Choose", hit_names);
  for (auto const* builtin : builtins::all()) programs_[fmt::format("tir Call {}", builtin->name)];
  expect(programs_, "op", plan::Op{});
  expect(programs_, "derived", plan::DerivedKind{});
  expect(programs_, "atom", plan::AtomKind{});
  expect(programs_, "condition", plan::ConditionKind{});
  expect(programs_, "constant", plan::ConstantKind{});
  expect(programs_, "bound", plan::BoundRule{});
  expect(programs_, "conclusion", plan::Conclusion{});
  expect(programs_, "explain", plan::ExplainOp{});
  for (auto const name : {"plan reference", "plan reference by a reference"}) programs_[name];
  expect_written(programs_);
  for (int const width : {1, 2, 4, 8}) programs_[fmt::format("plan width {}", width)];
  for (auto const name : never) programs_.erase(std::string(name));
}

void Coverage::add(driver::Project const& project, plan::Plan const& plan) {
  auto const& program = project.program;
  auto kinds = kinds_of(plan);
  add_written(project, kinds);
  for (auto const& expr : program.exprs) kinds.insert(kind_of(program, expr));
  for (auto const& kind : kinds) ++programs_[kind];
}

std::string Coverage::print() const {
  std::string text;
  std::size_t column = 0;
  for (auto const& [kind, programs] : programs_) {
    auto const entry = fmt::format("{} {}", kind, programs);
    text += fmt::format("{:<44}", entry);
    if (++column % 3 == 0) text += "\n";
  }
  return text + (column % 3 == 0 ? "" : "\n");
}

std::vector<std::string> Coverage::rare(std::int64_t least) const {
  std::vector<std::string> kinds;
  for (auto const& [kind, programs] : programs_)
    if (programs < least) kinds.push_back(fmt::format("{} ({} programs)", kind, programs));
  return kinds;
}

}  // namespace huiyu::test
