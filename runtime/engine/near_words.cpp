#include "runtime/engine/near_words.h"

#include "runtime/explain/shortfall.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {

using plan::ConditionKind;

NearWords::Test const& NearWords::read(std::uint32_t policy, std::uint32_t member) {
  auto& tests = policies_[policy];
  if (tests == nullptr) {
    tests = std::make_unique<std::vector<Test>>();
    auto const& described = plan_.policies[policy];
    for (auto const& tree : near_trees(plan_, described)) {
      Test test;
      test.text = text_of(tree);
      if (tree.test.has_value()) {
        auto const& column = plan_.columns[plan_.atoms[plan_.conditions[tree.condition.index].atom.index].column.index];
        test.tree = tree.test;
        test.negated = tree.negated;
        test.is_direct = !explain::hangs_on_time(plan_, tree.test);
        test.kind = column.kind, test.measure = column.measure, test.scale = column.scale;
      }
      tests->push_back(std::move(test));
    }
    // A plan whose trees are of another shape tells the numbers of tests alone.
    tests->resize(near_members(plan_, described).tests.size());
  }
  return (*tests)[member];
}

std::string NearWords::text_of(TestTree const& tree) const {
  if (tree.test.has_value()) {
    auto const text = std::string(plan_.text(plan_.explains[tree.test.index].text));
    return tree.negated ? "没有（" + text + "）" : text;
  }
  auto const& condition = plan_.conditions[tree.condition.index];
  auto const joint = condition.kind == ConditionKind::And ? " 且 " : " 或 ";
  std::string joined;
  for (auto const& member : tree.members) {
    bool const nests = !member.members.empty();
    joined += (joined.empty() ? "" : joint) + std::string(nests ? "（" : "") + text_of(member) + (nests ? "）" : "");
  }
  if (tree.members.empty()) return "有一项应付";
  if (condition.kind != ConditionKind::AtLeastOf) return joined;
  return "至少符合" + std::to_string(condition.count) + "项：" + joined;
}

std::string const& NearWords::test(std::uint32_t policy, std::uint32_t member) { return read(policy, member).text; }

std::string NearWords::distance(NearMiss const& miss, explain::Record const& record) {
  auto const& test = read(miss.policy, miss.member);
  if (!miss.is_far && test.is_direct)
    return explain::moved(plan_, test.kind, test.measure, explain::scaled(miss.distance, test.scale));
  if (!test.tree.has_value()) return {};
  return explain::shortfall(record, miss.policy, test.tree, test.negated);
}

}  // namespace huiyu::engine
