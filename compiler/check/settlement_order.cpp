#include <algorithm>

#include "compiler/check/settlement.h"

namespace huiyu::check {
namespace {

int stage(tir::Settle const& settle) {
  switch (settle.kind) {
    case tir::SettleKind::HighestOnly:
    case tir::SettleKind::OneOnly: return 1;
    case tir::SettleKind::TopUp: return 2;
    case tir::SettleKind::Cap: return settle.each_year ? 4 : 3;
    case tir::SettleKind::Budget: return 5;
  }
  return 5;
}

class Order {
 public:
  Order(Context& context, std::vector<SettleDraft> drafts) : context_(context), drafts_(std::move(drafts)) {
    std::ranges::stable_sort(drafts_, [](SettleDraft const& a, SettleDraft const& b) {
      return std::pair(stage(a.settle), a.settle.name) < std::pair(stage(b.settle), b.settle.name);
    });
    for (auto const& draft : drafts_) {
      std::vector<tir::PolicyId> ids;
      for (auto const& member : draft.settle.members) ids.push_back(member.policy);
      std::ranges::sort(ids);
      members_.push_back(std::move(ids));
    }
  }

  void run() {
    before_.assign(drafts_.size(), std::vector<bool>(drafts_.size(), false));
    said_ = before_;
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      for (auto const& other : drafts_[i].ahead_of) say(i, other);
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      for (std::size_t k = 0; k < i; ++k) compare(k, i);
    // Each in turn the first by stage and name that nothing else has to precede.
    std::vector<bool> done(drafts_.size(), false);
    for (std::size_t n = 0; n < drafts_.size(); ++n) {
      std::size_t next = drafts_.size();
      for (std::size_t i = 0; i < drafts_.size() && next == drafts_.size(); ++i)
        if (!done[i] && !waits(i, done)) next = i;
      if (next == drafts_.size()) return report_circle(done);
      done[next] = true;
      context_.program.settles.push_back(std::move(drafts_[next].settle));
    }
  }

 private:
  void say(std::size_t at, ast::Name const& other) {
    auto const named = [&](SettleDraft const& draft) { return draft.settle.name == other.text; };
    // 递进补差 goes by the name of its 组合.
    auto const beside = [&](SettleDraft const& draft) {
      return named(draft) && stage(draft.settle) == stage(drafts_[at].settle);
    };
    auto found = std::ranges::find_if(drafts_, beside);
    // What 先于 says of the 组合 holds for its 递进补差 where that stands beside another.
    if (found == drafts_.end() && drafts_[at].settle.kind == tir::SettleKind::TopUp) return;
    if (found == drafts_.end()) found = std::ranges::find_if(drafts_, named);
    if (found == drafts_.end()) {
      if (other.known) context_.diagnostics.add(other.span, diag::NoSuchMember, other.text);
      return;
    }
    auto const to = static_cast<std::size_t>(found - drafts_.begin());
    if (stage(drafts_[at].settle) > stage(drafts_[to].settle)) {
      context_.diagnostics.add(other.span, diag::GroupOrder, drafts_[at].settle.name, other.text)
          .label(drafts_[to].settle.span, diag::note::DeclaredHere);
      return;
    }
    before_[at][to] = said_[at][to] = true;
  }

  void compare(std::size_t a, std::size_t b) {
    if (stage(drafts_[a].settle) != stage(drafts_[b].settle) || said_[a][b] || said_[b][a]) return;
    std::vector<tir::PolicyId> shared;
    std::ranges::set_intersection(members_[a], members_[b], std::back_inserter(shared));
    if (shared.empty()) return;
    if (two_pools_of_weight(drafts_[a].settle, drafts_[b].settle)) return;
    bool const a_inner = shared.size() == members_[a].size(), b_inner = shared.size() == members_[b].size();
    if (a_inner != b_inner) {
      before_[a_inner ? a : b][a_inner ? b : a] = true;
      // What it has paid out by stages, nothing may cut afterwards.
      auto const &inner = drafts_[a_inner ? a : b].settle, &outer = drafts_[a_inner ? b : a].settle;
      if (!inner.stages.empty())
        context_.diagnostics
            .add(inner.span, diag::StagesOfPool, inner.name,
                 diag::Phrase{"后面还有别的预算", "another budget settles afterwards"})
            .label(outer.span, diag::note::AlsoHere);
      return;
    }
    context_.diagnostics
        .add(drafts_[b].settle.span, diag::GroupsOverlap, drafts_[a].settle.name, drafts_[b].settle.name,
             context_.program.policies[shared.front()].name)
        .label(drafts_[a].settle.span, diag::note::AlsoHere)
        .add_help(diag::note::NestOrOrder);
  }

  // What is handed out by weight comes from one pool.
  bool two_pools_of_weight(tir::Settle const& a, tir::Settle const& b) {
    if (a.cut != tir::SettleCut::Weighted && b.cut != tir::SettleCut::Weighted) return false;
    context_.diagnostics
        .add(b.span, diag::WeightOfPool, b.name,
             diag::Phrase{"政策也在别的预算里", "a policy is in another budget too"})
        .label(a.span, diag::note::AlsoHere);
    return true;
  }

  bool waits(std::size_t at, std::vector<bool> const& done) const {
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (done[i] || i == at) continue;
      if (before_[i][at] || stage(drafts_[i].settle) < stage(drafts_[at].settle)) return true;
    }
    return false;
  }

  void report_circle(std::vector<bool> const& done) {
    for (std::size_t i = 0; i < drafts_.size(); ++i)
      for (std::size_t k = 0; k < drafts_.size(); ++k)
        if (!done[i] && !done[k] && said_[i][k]) {
          context_.diagnostics
              .add(drafts_[i].settle.span, diag::GroupOrder, drafts_[i].settle.name, drafts_[k].settle.name)
              .label(drafts_[k].settle.span, diag::note::DeclaredHere);
          return;
        }
  }

  Context& context_;
  std::vector<SettleDraft> drafts_;
  std::vector<std::vector<tir::PolicyId>> members_;  // of each, sorted
  std::vector<std::vector<bool>> before_, said_;
};

}  // namespace

void order_settlements(Context& context, std::vector<SettleDraft> drafts) { Order(context, std::move(drafts)).run(); }

}  // namespace huiyu::check
