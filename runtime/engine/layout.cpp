#include "runtime/engine/layout.h"

#include "runtime/explain/places.h"

namespace huiyu::engine {

Result<columns::RecordLayout> layout_of(plan::Plan const& plan, plan::Ref<plan::Relation> subject,
                                        std::vector<std::string> const& given_definitions) {
  if (!subject.has_value() || subject.index >= plan.relations.size())
    return Error{ErrorKind::Usage, "the rules know no such records"};
  return explain::make_layout(plan, explain::make_places(plan, given_definitions), subject);
}

Result<plan::Ref<plan::Relation>> find_relation(plan::Plan const& plan, std::string_view name) {
  for (std::uint32_t i = 0; i < plan.relations.size(); ++i)
    if (plan.relations[i].kind == plan::RelationKind::Root && plan.text(plan.relations[i].name) == name)
      return plan::Ref<plan::Relation>{i};
  return Error{ErrorKind::Usage, "the rules declare no 结构 `" + std::string(name) + "`"};
}

Result<plan::Ref<plan::Relation>> only_subject(plan::Plan const& plan) {
  plan::Ref<plan::Relation> subject;
  for (auto const& policy : plan.policies) {
    if (subject.has_value() && !(policy.subject == subject))
      return Error{ErrorKind::Usage,
                   "policies are about `" + std::string(plan.text(plan.relations[subject.index].name)) + "` and `" +
                       std::string(plan.text(plan.relations[policy.subject.index].name)) + "`: say which to match"};
    subject = policy.subject;
  }
  if (!subject.has_value()) return Error{ErrorKind::Rules, "there is no policy"};
  return subject;
}

}  // namespace huiyu::engine
