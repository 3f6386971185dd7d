#include "runtime/engine/lacks.h"

#include <algorithm>
#include <set>

#include "runtime/plan/rows.h"

namespace huiyu::engine {

namespace {

constexpr std::size_t most_names = 64;

bool has_period(columns::Column const& series, std::int64_t row, std::int64_t wanted) {
  auto const& periods = series.items->columns[0];
  auto const& values = series.items->columns[1];
  auto const at = static_cast<std::size_t>(row);
  for (auto item = series.starts[at]; item < series.starts[at + 1]; ++item)
    if (periods.present(item) && periods.at(item) == wanted && values.present(item)) return true;
  return false;
}

// A member that could not be read stands last.
bool is_open(columns::Column const& set, std::int64_t row) {
  auto const at = static_cast<std::size_t>(row);
  return set.starts[at] < set.starts[at + 1] && !set.items->columns[0].present(set.starts[at + 1] - 1);
}

}  // namespace

Lacks::Policy& Lacks::policy(std::uint32_t position) {
  auto& of = policies_[position];
  if (of == nullptr) of = std::make_unique<Policy>();
  return *of;
}

bool Lacks::find(std::uint32_t position, WaitsIn in, std::uint64_t const* rows) {
  auto& policy = this->policy(position);
  if (!policy.read) read(position);
  if (!policy.tells) return false;
  found_.assign(static_cast<std::size_t>(block_.rows()), 0);
  if (in == WaitsIn::Applies) {
    for (auto const& node : policy.applies) collect(position, node, rows, 0);
    return policy.tells;
  }
  for (auto const& node : policy.condition) collect(position, node, rows, 0);
  if (policy.dues.empty()) return policy.tells;
  // An item that is not decided matters only where no other is due.
  auto const* open = unknown(plan_.policies[position].due, rows, 0);
  for (auto const& node : policy.dues) collect(position, node, open, 1);
  return policy.tells;
}

std::vector<std::string> Lacks::names(std::uint32_t position, std::uint64_t set) const {
  std::vector<std::string> names;
  auto const& all = policies_[position]->names;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (((set >> i) & 1) != 0) names.push_back(all[i]);
  std::sort(names.begin(), names.end());
  return names;
}

void Lacks::read(std::uint32_t position) {
  auto const& policy = plan_.policies[position];
  auto& to = this->policy(position);
  to.read = true;
  add_tree(position, policy.explain_applies, policy.applies, to.applies);
  add_tree(position, policy.explain_condition, policy.condition, to.condition);
  if (!policy.due.has_value()) return;
  for (auto const& part : plan::rows_of(policy.parts, plan_.parts))
    add_tree(position, part.explain_when, part.when, to.dues);
}

void Lacks::add_tree(std::uint32_t position, plan::Ref<plan::Explain> tree, plan::Ref<plan::Condition> condition,
                     std::vector<Node>& to) {
  if (!condition.has_value()) return;
  auto const tests = test_tree(plan_, tree, condition);
  if (tests)
    to.push_back(node_of(position, *tests));
  else
    policy(position).tells = false;
}

Lacks::Node Lacks::node_of(std::uint32_t position, TestTree const& tree) {
  Node node;
  node.condition = tree.condition;
  node.test = tree.test;
  for (auto const& member : tree.members) node.members.push_back(node_of(position, member));
  if (tree.test.has_value()) node.facts = facts_of(position, std::span(&tree.test, 1));
  return node;
}

Lacks::Facts Lacks::facts_of(std::uint32_t position, std::span<plan::Ref<plan::Explain> const> trees) {
  auto awaited = labeller_.awaited(trees, position);
  Facts facts;
  if (!awaited) return facts;
  facts.tell = true;
  facts.all = awaited->all;
  for (auto& one : awaited->facts) {
    Fact fact;
    fact.data = &batch_.columns[static_cast<std::size_t>(bound_.places.of_column[one.column.index])];
    fact.name = bit(policy(position), one.name);
    if (one.period) fact.series_name = bit(policy(position), one.series_name);
    fact.is_set = plan_.columns[one.column.index].kind == plan::ValueKind::Set;
    fact.awaited = std::move(one);
    facts.facts.push_back(std::move(fact));
  }
  return facts;
}

void Lacks::read_value(std::uint32_t position) {
  auto& to = this->policy(position);
  to.value_read = true;
  auto const& policy = plan_.policies[position];
  std::vector trees{policy.explain_total, policy.explain_value};
  // Of several items those are shown whose sums are known.
  if (policy.conclusion == plan::Conclusion::Money && policy.single == 0) return;
  for (auto const& part : plan::rows_of(policy.parts, plan_.parts)) {
    trees.push_back(part.explain_when);
    trees.push_back(part.explain_amount);
  }
  to.value = facts_of(position, trees);
}

std::optional<std::uint64_t> Lacks::value(std::uint32_t position, std::int64_t row) {
  auto& policy = this->policy(position);
  if (!policy.value_read) read_value(position);
  if (!policy.tells || !policy.value.tell) return std::nullopt;
  return missing(policy.value, block_.batch_row(row));
}

std::uint64_t Lacks::bit(Policy& policy, std::string const& name) {
  auto const found = std::find(policy.names.begin(), policy.names.end(), name);
  auto const place = static_cast<std::size_t>(found - policy.names.begin());
  if (place == most_names) {
    policy.tells = false;
    return 0;
  }
  if (found == policy.names.end()) policy.names.push_back(name);
  return std::uint64_t{1} << place;
}

std::uint64_t* Lacks::unknown(plan::Ref<plan::Condition> condition, std::uint64_t const* wanted, std::size_t depth) {
  auto const words = block_.words();
  if (rooms_.size() <= depth) rooms_.resize(depth + 1);
  auto& room = rooms_[depth];
  room.resize(static_cast<std::size_t>(words * (plane_count + 1)));
  auto const target = planes_at(room.data(), words);
  auto* rows = room.data() + words * plane_count;
  auto const& row = plan_.conditions[condition.index];
  Planes planes = target;
  if (row.kind == plan::ConditionKind::Literal)
    planes = block_.atom(row.atom);  // negated or not, it lacks the same
  else
    block_.condition(condition, target);
  for (std::int64_t word = 0; word < words; ++word) rows[word] = wanted[word] & planes.lacks[word];
  return rows;
}

void Lacks::collect(std::uint32_t position, Node const& node, std::uint64_t const* wanted, std::size_t depth) {
  auto const* rows = unknown(node.condition, wanted, depth);
  if (!any(rows, block_.words())) return;
  for (auto const& member : node.members) collect(position, member, rows, depth + 1);
  if (node.test.has_value()) ask(position, node, rows);
}

void Lacks::ask(std::uint32_t position, Node const& node, std::uint64_t const* rows) {
  auto const& facts = node.facts;
  bool const is_sole = facts.tell && facts.facts.size() == 1 && !facts.facts[0].awaited.period &&
                       facts.facts[0].awaited.items.empty() && !facts.facts[0].awaited.by_rows;
  for_each_row(rows, block_.words(), [&](std::int64_t row) {
    auto& found = found_[static_cast<std::size_t>(row)];
    if (is_sole) return static_cast<void>(found |= facts.facts[0].name);
    auto const at = block_.batch_row(row);
    auto const names = facts.tell ? missing(facts, at) : std::nullopt;
    found |= names ? *names : asked(position, node, at);
  });
}

std::optional<std::uint64_t> Lacks::missing(Facts const& facts, std::int64_t row) const {
  std::uint64_t names = 0;
  int lacking = 0;
  for (auto const& fact : facts.facts) {
    auto const name = missing(fact, row);
    if (!name) return std::nullopt;
    names |= *name;
    lacking += *name != 0 ? 1 : 0;
  }
  // A tree lacks something, so of a single candidate it is that.
  bool const is_told = lacking == 1 || (facts.all && lacking > 0);
  return is_told ? std::optional(names) : std::nullopt;
}

std::optional<std::uint64_t> Lacks::missing(Fact const& fact, std::int64_t row) const {
  auto const& [awaited, data, name, series_name, is_set] = fact;
  if (!data->present(row)) return awaited.period ? series_name : name;
  if (awaited.by_rows) return std::nullopt;
  if (awaited.period) return has_period(*data, row, *awaited.period) ? 0 : name;
  if (is_set) return is_open(*data, row) ? name : 0;
  if (data->items != nullptr) {
    auto const at = static_cast<std::size_t>(row);
    for (auto column : awaited.items) {
      auto const& item = data->items->columns[static_cast<std::size_t>(bound_.places.of_column[column.index])];
      for (auto i = data->starts[at]; i < data->starts[at + 1]; ++i)
        if (!item.present(i)) return std::nullopt;
    }
    return 0;
  }
  bool const is_coarse = !awaited.coarse.empty() && std::ranges::any_of(awaited.coarse, [&](plan::Interval const& ids) {
    return ids.low <= data->at(row) && data->at(row) <= ids.high;
  });
  return is_coarse ? name : 0;
}

std::uint64_t Lacks::asked(std::uint32_t position, Node const& node, std::int64_t row) {
  std::set<std::string> needs;
  labeller_.add_needs_of(node.test, row, position, needs);
  std::uint64_t names = 0;
  for (auto const& need : needs) names |= bit(policy(position), need);
  return names;
}

}  // namespace huiyu::engine
