#include "compiler/check/satisfy.h"

#include <algorithm>
#include <tuple>

#include "compiler/check/compare.h"
#include "compiler/tir/print.h"

namespace huiyu::check {
namespace {

// More ways than this are not followed up: the answer is then Undecided. Real conditions have a few dozen.
constexpr std::size_t max_terms = 512;
constexpr std::size_t max_pairs = 1 << 14;

Interval meet(Interval const& a, Interval const& b) {
  Interval result = a;
  if (!result.scale) result.scale = b.scale;
  if (b.low && (!result.low || below(*result.low, *b.low) || (b.low_open && *b.low == *result.low))) {
    result.low = b.low;
    result.low_open = b.low_open;
  }
  if (b.high && (!result.high || below(*b.high, *result.high) || (b.high_open && *b.high == *result.high))) {
    result.high = b.high;
    result.high_open = b.high_open;
  }
  return result;
}

// The two regions together; null if nothing is in both.
std::shared_ptr<Region const> meet(std::shared_ptr<Region const> const& a, std::shared_ptr<Region const> const& b) {
  if (a == b) return a;
  if (auto const* interval = std::get_if<Interval>(a.get())) {
    auto const* other = std::get_if<Interval>(b.get());
    if (other == nullptr) return a;
    Interval both = meet(*interval, *other);
    return both.empty() ? nullptr : std::make_shared<Region const>(std::move(both));
  }
  auto const* other = std::get_if<IdSet>(b.get());
  if (other == nullptr) return a;
  IdSet both = intersect(std::get<IdSet>(*a), *other);
  return both.empty() ? nullptr : std::make_shared<Region const>(std::move(both));
}

bool by_key(Constraint const& a, Constraint const& b) { return a.key < b.key; }

// Adds what another term says; false if the two contradict each other.
bool narrow(Term& term, Term const& by) {
  auto at = term.begin();
  for (auto const& constraint : by) {
    at = std::lower_bound(at, term.end(), constraint, by_key);
    if (at == term.end() || at->key != constraint.key) {
      at = term.insert(at, constraint);
      continue;
    }
    at->region = meet(at->region, constraint.region);
    if (at->region == nullptr) return false;
  }
  return true;
}

bool contradict(Term const& a, Term const& b) {
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (x->key == y->key) {
      if (meet(x->region, y->region) == nullptr) return true;
      ++x, ++y;
    } else if (x->key < y->key) {
      ++x;
    } else {
      ++y;
    }
  }
  return false;
}

bool too_many(Terms const& a, Terms const& b) {
  return !a.complete || !b.complete || a.any.size() * b.any.size() > max_pairs;
}

}  // namespace

class Expander {
 public:
  explicit Expander(Ways& ways) : ways_(ways), context_(ways.context_) {}

  Terms expand(tir::ExprId id, bool positive) const {
    auto const& expr = context_.program.exprs[id];
    if (auto const* e = std::get_if<tir::Constant>(&expr.kind))
      if (auto const* truth = std::get_if<bool>(&e->value)) return *truth == positive ? Terms{{Term{}}, true} : Terms{};
    if (auto const* e = std::get_if<tir::Not>(&expr.kind)) return ways_.of(e->operand, !positive);
    if (auto const* e = std::get_if<tir::And>(&expr.kind))
      return positive ? all_of(e->operands, positive) : any_of(e->operands, positive);
    if (auto const* e = std::get_if<tir::Or>(&expr.kind))
      return positive ? any_of(e->operands, positive) : all_of(e->operands, positive);
    if (auto const* e = std::get_if<tir::Compare>(&expr.kind)) return of_compare(*e, positive);
    if (auto const* e = std::get_if<tir::BelongsTo>(&expr.kind))
      if (auto classes = of_membership(*e, positive)) return std::move(*classes);
    if (auto const* e = std::get_if<tir::IfGiven>(&expr.kind)) return ways_.of(e->computed, positive);
    bool const plain = std::holds_alternative<tir::FieldValue>(expr.kind);
    Terms terms = one(id, IdSet{{{positive ? 1 : 0, positive ? 1 : 0}}}, plain);
    terms.any.front().front().opaque = !plain;
    return terms;
  }

 private:
  Terms all_of(std::vector<tir::ExprId> const& operands, bool positive) const {
    Terms result{{Term{}}, true};
    for (auto const operand : operands) {
      Terms const& more = ways_.of(operand, positive);
      if (more.complete && more.any.size() == 1)
        std::erase_if(result.any, [&](Term& term) { return !narrow(term, more.any.front()); });
      else
        result = both(result, more);
      if (!result.complete || result.any.empty()) break;
    }
    return result;
  }

  Terms any_of(std::vector<tir::ExprId> const& operands, bool positive) const {
    Terms result;
    for (auto const operand : operands) {
      Terms const& more = ways_.of(operand, positive);
      result.complete = result.complete && more.complete && result.any.size() + more.any.size() <= max_terms;
      if (!result.complete) return {{}, false};
      result.any.insert(result.any.end(), more.any.begin(), more.any.end());
    }
    return result;
  }

  std::int32_t key(std::string text) const {
    auto& keys = context_.subject_keys;
    return keys.try_emplace(std::move(text), static_cast<std::int32_t>(keys.size())).first->second;
  }

  Terms one(tir::ExprId subject, Region region, bool plain) const {
    bool const empty = std::visit([](auto const& r) { return r.empty(); }, region);
    if (empty) return {};
    return {{Term{{key(tir::print(context_.program, subject)), subject,
                   std::make_shared<Region const>(std::move(region)), plain, false}}},
            true};
  }

  bool is_plain(tir::ExprId id) const {
    auto const& kind = context_.program.exprs[id].kind;
    return std::holds_alternative<tir::FieldValue>(kind) || std::holds_alternative<tir::SeriesValue>(kind);
  }

  static std::optional<BigRational> on_a_line(tir::Value const& value) {
    if (auto const* number = std::get_if<BigRational>(&value)) return *number;
    if (auto const* date = std::get_if<tir::DateValue>(&value)) return BigRational(date->days);
    if (auto const* year = std::get_if<tir::YearValue>(&value)) return BigRational(year->year);
    if (auto const* month = std::get_if<tir::MonthValue>(&value)) return BigRational(month->month);
    return std::nullopt;
  }

  static tir::CompareOp opposite(tir::CompareOp op) {
    switch (op) {
      case tir::CompareOp::Less: return tir::CompareOp::AtLeast;
      case tir::CompareOp::AtMost: return tir::CompareOp::Greater;
      case tir::CompareOp::Greater: return tir::CompareOp::AtMost;
      case tir::CompareOp::AtLeast: return tir::CompareOp::Less;
      case tir::CompareOp::Equal: return tir::CompareOp::NotEqual;
      case tir::CompareOp::NotEqual: return tir::CompareOp::Equal;
    }
    return op;
  }

  Terms of_compare(tir::Compare const& e, bool positive) const {
    tir::CompareOp const op = positive ? e.op : opposite(e.op);
    for (bool const on_right : {true, false}) {
      auto const* value = constant_value(context_, on_right ? e.right : e.left);
      if (value == nullptr) continue;
      tir::ExprId const subject = on_right ? e.left : e.right;
      tir::CompareOp const facing = on_right ? op : mirrored(op);
      if (auto const point = on_a_line(*value)) return of_line(subject, facing, *point);
      if (auto const* code = std::get_if<tir::CodeValue>(value))
        return of_id(subject, facing, code->id, code_count(subject));
    }
    // Two things that vary: which is greater is a fact of its own. 0 less, 1 equal, 2 greater.
    IdSet outcomes;
    switch (op) {
      case tir::CompareOp::Less: outcomes.ranges = {{0, 0}}; break;
      case tir::CompareOp::AtMost: outcomes.ranges = {{0, 1}}; break;
      case tir::CompareOp::Greater: outcomes.ranges = {{2, 2}}; break;
      case tir::CompareOp::AtLeast: outcomes.ranges = {{1, 2}}; break;
      case tir::CompareOp::Equal: outcomes.ranges = {{1, 1}}; break;
      case tir::CompareOp::NotEqual: outcomes.ranges = {{0, 0}, {2, 2}}; break;
    }
    std::string text = tir::print(context_.program, e.left) + " against " + tir::print(context_.program, e.right);
    return {{Term{{key(std::move(text)), e.left, std::make_shared<Region const>(std::move(outcomes)), false, true}}},
            true};
  }

  Terms of_line(tir::ExprId subject, tir::CompareOp op, BigRational const& point) const {
    auto const within = [&](bool has_low, bool has_high, bool open) {
      Interval part;
      if (has_low) part.low = point;
      if (has_high) part.high = point;
      part.low_open = has_low && open;
      part.high_open = has_high && open;
      return one(subject, meet(domain(context_, subject), part), is_plain(subject));
    };
    switch (op) {
      case tir::CompareOp::Less: return within(false, true, true);
      case tir::CompareOp::AtMost: return within(false, true, false);
      case tir::CompareOp::Greater: return within(true, false, true);
      case tir::CompareOp::AtLeast: return within(true, false, false);
      case tir::CompareOp::Equal: return within(true, true, false);
      case tir::CompareOp::NotEqual: break;
    }
    Terms sides = within(false, true, true);
    Terms const above = within(true, false, true);
    sides.any.insert(sides.any.end(), above.any.begin(), above.any.end());
    return sides;
  }

  std::int32_t code_count(tir::ExprId subject) const {
    return static_cast<std::int32_t>(codes::entries(context_.program.exprs[subject].type.system).size());
  }

  Terms of_id(tir::ExprId subject, tir::CompareOp op, std::int32_t id, std::int32_t count) const {
    IdSet const same{{{id, id}}};
    return one(subject, op == tir::CompareOp::Equal ? same : complement(same, count), is_plain(subject));
  }

  // Ids that certainly belong to one of the members, and those of which it cannot be said (coarser than a member).
  struct Classes {
    IdSet certain, open;
  };
  static Classes classes_of(std::vector<tir::Value> const& members, Type const& type) {
    Classes result;
    auto const entries = type.kind == Kind::Code ? codes::entries(type.system) : std::span<codes::CodeEntry const>{};
    for (auto const& member : members) {
      if (auto const* entry = std::get_if<tir::EntryValue>(&member))
        result.certain.ranges.emplace_back(entry->index, entry->index);
      auto const* code = std::get_if<tir::CodeValue>(&member);
      if (code == nullptr) continue;
      result.certain.ranges.emplace_back(code->id, entries[static_cast<std::size_t>(code->id)].last);
      for (auto above = entries[static_cast<std::size_t>(code->id)].parent; above >= 0;
           above = entries[static_cast<std::size_t>(above)].parent)
        result.open.ranges.emplace_back(above, above);
    }
    return {unite(result.certain, {}), unite(result.open, {})};
  }

  std::optional<Terms> of_membership(tir::BelongsTo const& e, bool positive) const {
    Type const type = context_.program.exprs[e.subject].type;
    std::int32_t count = 0;
    if (type.kind == Kind::Code)
      count = code_count(e.subject);
    else if (type.kind == Kind::Enumeration)
      count = static_cast<std::int32_t>(context_.program.enumerations[type.enumeration].entries.size());
    else
      return std::nullopt;
    Classes const in = classes_of(e.members, type), out = classes_of(e.except, type);
    IdSet const not_in = complement(unite(in.certain, in.open), count);
    IdSet const not_out = complement(unite(out.certain, out.open), count);
    IdSet const region = positive ? intersect(in.certain, not_out) : unite(not_in, out.certain);
    return one(e.subject, region, is_plain(e.subject));
  }

  Ways& ways_;
  Context const& context_;
};

namespace {

int decimals_of(BigRational value) {
  int digits = 0;
  for (; digits <= 18 && boost::multiprecision::denominator(value) != 1; ++digits) value *= 10;
  return digits;
}

// How many decimals a number has at most; none: it may be a fraction, or more than are ever stored.
std::optional<int> decimals(Context const& context, tir::ExprId id) {
  auto const& kind = context.program.exprs[id].kind;
  auto const most = [&](std::vector<tir::ExprId> const& operands) {
    std::optional<int> found = 0;
    for (auto const operand : operands) {
      auto const one = decimals(context, operand);
      found = found && one ? std::optional(std::max(*found, *one)) : std::nullopt;
    }
    return found;
  };
  if (auto const value = constant_number(context, id)) {
    int const digits = decimals_of(*value);
    return digits > 18 ? std::nullopt : std::optional(digits);
  }
  if (auto const* field = std::get_if<tir::FieldValue>(&kind)) return context.program.fields[field->field].format.scale;
  if (auto const* series = std::get_if<tir::SeriesValue>(&kind))
    return context.program.fields[series->field].format.scale;
  if (std::holds_alternative<tir::Call>(kind)) return 0;  // days, months, years: all whole
  if (auto const* used = std::get_if<tir::DefinitionValue>(&kind)) {
    // A record may state the definition itself: then it is stored.
    auto const& definition = context.program.definitions[used->definition];
    auto const computed = decimals(context, definition.value);
    return computed ? std::optional(std::max<int>(*computed, definition.format.scale)) : std::nullopt;
  }
  if (auto const* negated = std::get_if<tir::Negate>(&kind)) return decimals(context, negated->operand);
  if (auto const* round = std::get_if<tir::Round>(&kind)) return std::max<int>(0, round->digits);
  if (auto const* cap = std::get_if<tir::Cap>(&kind)) return most({cap->operand, cap->bound});
  if (auto const* pick = std::get_if<tir::Pick>(&kind)) return most(pick->operands);
  if (auto const* fact = std::get_if<tir::Default>(&kind)) return most({fact->fact, fact->value});
  if (auto const* sum = std::get_if<tir::Arithmetic>(&kind)) {
    auto const left = decimals(context, sum->left), right = decimals(context, sum->right);
    if (!left || !right || sum->op == tir::ArithmeticOp::Divide) return std::nullopt;
    return sum->op == tir::ArithmeticOp::Multiply ? *left + *right : std::max(*left, *right);
  }
  if (auto const* list = std::get_if<tir::Aggregate>(&kind)) {
    if (counts(list->op)) return 0;
    bool const kept = list->op == tir::AggregateOp::Sum || list->op == tir::AggregateOp::Top ||
                      list->op == tir::AggregateOp::Largest || list->op == tir::AggregateOp::Smallest;
    return kept ? decimals(context, list->each) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

Interval domain(Context const& context, tir::ExprId subject) {
  auto const& expr = context.program.exprs[subject];
  Interval all;
  if (expr.type.kind != Kind::Number) {
    all.scale = 0;
    return all;
  }
  all.scale = decimals(context, subject);
  auto const* field = std::get_if<tir::FieldValue>(&expr.kind);
  auto const* series = std::get_if<tir::SeriesValue>(&expr.kind);
  if (field != nullptr || series != nullptr) {
    auto const id = field != nullptr ? field->field : series->field;
    auto known = context.stored_ranges.find(id);
    if (known == context.stored_ranges.end()) {
      auto const& format = context.program.fields[id].format;
      BigInt unit = 1;
      for (int i = 0; i < format.scale; ++i) unit *= 10;
      known =
          context.stored_ranges.emplace(id, std::pair(BigRational(format.low) / unit, BigRational(format.high) / unit))
              .first;
    }
    std::tie(all.low, all.high) = known->second;
  } else if (auto const* list = std::get_if<tir::Aggregate>(&expr.kind); list != nullptr && counts(list->op)) {
    all.low = 0;
  }
  return all;
}

Terms const& Ways::of(tir::ExprId condition, bool positive) {
  auto& known = positive ? true_ : false_;
  if (auto const found = known.find(condition); found != known.end()) return found->second;
  return known.emplace(condition, Expander(*this).expand(condition, positive)).first->second;
}

Terms ways(Context const& context, tir::ExprId condition, bool positive) {
  return Ways(context).of(condition, positive);
}

Terms both(Terms const& a, Terms const& b) {
  if (too_many(a, b)) return {{}, false};
  Terms result;
  for (auto const& left : a.any)
    for (auto const& right : b.any) {
      Term term = left;
      if (narrow(term, right)) result.any.push_back(std::move(term));
      if (result.any.size() > max_terms) return {{}, false};
    }
  return result;
}

bool exclude_each_other(Terms const& a, Terms const& b) {
  if (too_many(a, b)) return false;
  for (auto const& left : a.any)
    for (auto const& right : b.any)
      if (!contradict(left, right)) return false;
  return true;
}

}  // namespace huiyu::check
