#include "runtime/settle/asked.h"

#include <algorithm>
#include <set>

#include "runtime/explain/evaluate.h"
#include "runtime/explain/needs.h"
#include "runtime/settle/rules.h"

namespace huiyu::settle {
namespace {

constexpr std::int64_t million = 1'000'000;

std::uint32_t found_in(std::unordered_map<std::uint32_t, std::uint32_t> const& lacks, std::size_t at) {
  auto const found = lacks.find(static_cast<std::uint32_t>(at));
  return found == lacks.end() ? 0 : found->second;
}

}  // namespace

std::int64_t fen_of(explain::Exact const& yuan) {
  auto const fen = (yuan * 100).big();
  BigInt const whole = std::max(BigInt(0), floor_div(BigInt(numerator(fen)), BigInt(denominator(fen))));
  return to_int64(whole).value_or(unbounded);
}

std::vector<std::string> missing_facts(explain::Record const& record, explain::Evaluator const& evaluator,
                                       std::uint32_t finding) {
  std::set<std::string> facts;
  explain::add_needs(record, evaluator.findings(), finding, facts);
  return {facts.begin(), facts.end()};
}

void Answers::add(explain::Exact const& number) {
  auto const fits = (number * million).integer();
  if (!fits || *fits <= wide) wide_.emplace(static_cast<std::uint32_t>(numbers_.size()), number.big());
  numbers_.push_back(!fits || *fits <= wide ? wide : *fits);
}

void Answers::add(std::int64_t integer, int scale) {
  constexpr int digits = 6;
  std::int64_t factor = 1, fine = 0;
  for (int i = scale; i < digits && i >= 0; ++i) factor *= 10;
  bool const fits = scale >= 0 && scale <= digits && !__builtin_mul_overflow(integer, factor, &fine) && fine > wide;
  fits ? numbers_.push_back(fine) : add(explain::scaled(integer, scale));
}

void Answers::add_missing(std::uint32_t facts) {
  if (facts != 0) lacks_.emplace(static_cast<std::uint32_t>(numbers_.size()), facts);
  numbers_.push_back(missing);
}

std::uint32_t Answers::facts_of(std::size_t at) const { return found_in(lacks_, at); }

BigRational Answers::exact(std::size_t at) const {
  auto const found = wide_.find(static_cast<std::uint32_t>(at));
  return found != wide_.end() ? found->second : BigRational(BigInt(numbers_[at]), BigInt(million));
}

void Units::add_missing(std::uint32_t facts) {
  if (facts != 0) lacks_.emplace(static_cast<std::uint32_t>(numbers_.size()), facts);
  numbers_.push_back(none);
}

std::uint32_t Units::facts_of(std::size_t at) const { return found_in(lacks_, at); }

// The column that the tree is, where the data states it.
columns::Column const* Asker::column_of(plan::Ref<plan::Explain> tree) const {
  auto const& node = plan_.explains[tree.index];
  if (node.op != plan::ExplainOp::Field || node.depth != 0 || !places_.stated(node.column)) return nullptr;
  return &batch_.columns[static_cast<std::size_t>(places_.of_column[node.column.index])];
}

Asker::Answer const& Asker::evaluate(plan::Ref<plan::Explain> tree, plan::Ref<plan::Explain> year, std::int64_t row) {
  auto const [at, fresh] = known_[{tree.index, year.index}].try_emplace(row);
  if (!fresh) return at->second;
  explain::Record const record{plan_, places_, inputs_, batch_, row};
  explain::Evaluator evaluator(record);
  if (year.has_value()) evaluator.set_year(year);
  auto const finding = evaluator.evaluate(tree);
  at->second.value = evaluator.value(finding);
  if (at->second.value.state == explain::State::Unknown)
    at->second.facts = facts_.place_of(missing_facts(record, evaluator, finding));
  return at->second;
}

void Asker::number(plan::Ref<plan::Explain> tree, plan::Ref<plan::Explain> year, std::int64_t row, Answers& into) {
  if (auto const* column = column_of(tree); column != nullptr && column->present(row)) {
    auto const& field = plan_.columns[plan_.explains[tree.index].column.index];
    auto const stored = column->at(row);
    return into.add(stored, field.kind == plan::ValueKind::Number ? field.stated_scale : 0);
  }
  auto const& answer = evaluate(tree, year, row);
  answer.value.known() ? into.add(answer.value.number) : into.add_missing(answer.facts);
}

void Asker::fen(plan::Ref<plan::Explain> tree, plan::Ref<plan::Explain> year, std::int64_t row, Answers& into) {
  auto const& answer = evaluate(tree, year, row);
  answer.value.known() ? into.add_fen(fen_of(answer.value.number)) : into.add_missing(answer.facts);
}

std::uint32_t Asker::unit_of(std::string const& text) {
  return units_.emplace(text, static_cast<std::uint32_t>(units_.size())).first->second;
}

void Asker::unit(plan::Ref<plan::Explain> tree, std::int64_t row, Units& into) {
  auto const* column = column_of(tree);
  if (column == nullptr || !column->present(row)) {
    auto const& answer = evaluate(tree, {}, row);
    return answer.value.known() ? into.add(unit_of(answer.value.text)) : into.add_missing(answer.facts);
  }
  auto& numbers = numbered_[column];
  if (numbers.empty()) numbers.resize(column->texts.size(), none);
  auto& number = numbers[static_cast<std::size_t>(column->at(row))];
  if (number == none) number = unit_of(column->text(row));
  into.add(number);
}

std::int32_t Asker::year(plan::Ref<plan::Explain> tree, std::int64_t row) {
  auto const& value = evaluate(tree, {}, row).value;
  return value.known() ? static_cast<std::int32_t>(*value.number.integer()) : std::numeric_limits<std::int32_t>::min();
}

}  // namespace huiyu::settle
