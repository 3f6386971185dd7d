#include "compiler/check/settlement.h"

#include <algorithm>
#include <set>

#include "compiler/check/expr.h"
#include "compiler/check/follow.h"
#include "compiler/check/history.h"
#include "compiler/check/ladder.h"
#include "compiler/check/satisfy.h"
#include "compiler/check/units.h"
#include "compiler/tir/small_pools.h"

namespace huiyu::check {
namespace {

Type money() { return number_type(types::unit_of(types::BaseUnit::Yuan)); }

diag::Phrase said(char const* zh, char const* en) { return {zh, en}; }

// What can be put in order: numbers, dates, years, months, entries of an ordered 名录.
bool has_order(Context const& context, Type const& type) {
  if (type.kind == Kind::Enumeration) return context.program.enumerations[type.enumeration].ordered;
  return type.kind == Kind::Number || type.kind == Kind::Date || type.kind == Kind::Year || type.kind == Kind::Month;
}

// One 组合 or 预算.
class Settlement {
 public:
  Settlement(Context& context, ast::File const& file, std::string const& name, Span span)
      : context_(context), file_(file), span_(span) {
    draft_.settle.name = name;
    draft_.settle.span = span;
    scope_.file = &file;
    scope_.frame = &frame_;
  }

  std::optional<SettleDraft> group(ast::GroupDecl const& decl) {
    auto& settle = draft_.settle;
    auto const tops_up = [](auto const& rule) { return rule.first == ast::GroupRule::TopUp; };
    auto const top_up = std::ranges::find_if(decl.rules, tops_up);
    bool const less = top_up != decl.rules.end();
    auto const rules = decl.rules.size() + decl.limits.size() - (less ? 1 : 0);
    if (rules == 0) return lacks("就高不重复、互斥或者最高", "就高不重复, 互斥 or 最高");
    if (rules > 1) return misplaced(decl.limits.empty() ? decl.rules.back().second : decl.limits.back().span);
    // What is left of the highest one is paid: 递进补差 stands beside 就高不重复 alone.
    auto const rule = std::ranges::find_if_not(decl.rules, tops_up);
    if (less && (rule == decl.rules.end() || rule->first != ast::GroupRule::HighestOnly))
      return misplaced(top_up->second);
    if (decl.members.empty()) return lacks("成员", "its members");
    settle.kind = !decl.limits.empty()                         ? tir::SettleKind::Cap
                  : rule->first == ast::GroupRule::HighestOnly ? tir::SettleKind::HighestOnly
                                                               : tir::SettleKind::OneOnly;
    if (decl.limits.empty() && !decl.cuts.empty()) return misplaced(decl.cuts.front().second);
    for (auto const& line : decl.members)
      for (auto const& name : line.names) add_member(name);
    for (auto const& line : decl.members)
      if (!line.tests.empty()) select_members(line);
    if (!ok_ || !members_fit(settle.kind != tir::SettleKind::OneOnly)) return std::nullopt;
    if (!units(decl.per)) return std::nullopt;
    if (!settle.subject.has_value() && !joined_) return apart();
    if (settle.kind == tir::SettleKind::Cap && !limit(decl)) return std::nullopt;
    draft_.ahead_of = decl.ahead_of;
    if (looks_back_ && !reads_payments(settle, "累计")) return std::nullopt;
    if (less) {
      deducted_ = draft_;
      deducted_->settle.kind = tir::SettleKind::TopUp;
      if (!reads_payments(deducted_->settle, "递进补差")) return std::nullopt;
    }
    return finish();
  }
  // 递进补差 of the group, which settles after it.
  std::optional<SettleDraft> take_deducted() { return ok_ ? std::move(deducted_) : std::nullopt; }

  std::optional<SettleDraft> budget(ast::BudgetDecl const& decl) {
    auto& settle = draft_.settle;
    settle.kind = tir::SettleKind::Budget;
    if (decl.used_for.empty()) return lacks("用于哪些政策", "what it is spent on");
    if (decl.weights.size() + decl.overruns.size() > 1 && !decl.weights.empty())
      return misplaced(decl.weights.back().second);
    bool const weighted = !decl.weights.empty();
    if (decl.overruns.empty() && !weighted) return lacks("超出时怎么办", "what to do where it is exceeded");
    if (decl.overruns.size() > 1) return misplaced(decl.overruns.back().span);
    if (decl.each.size() > 1) return misplaced(decl.each.back().span);
    if (decl.remainder.size() > 1) return misplaced(decl.remainder.back().second);
    for (auto const& name : decl.used_for) add_member(name);
    std::ranges::stable_sort(settle.members, {}, [&](tir::SettleMember const& member) -> std::string const& {
      return context_.program.policies[member.policy].id;
    });
    if (!ok_ || !members_fit(!weighted)) return std::nullopt;
    for (auto const per : decl.per)
      if (per != ast::CapPer::EachYear) return misplaced(decl.name.span);
    settle.each_year = !decl.per.empty();
    settle.limit = amount(decl.pool);
    if (weighted ? !weight(decl.weights.front().first) : !overrun(decl.overruns.front())) return std::nullopt;
    if (!check_stages(context_, scope_, decl, settle)) return std::nullopt;
    if (!decl.each.empty()) {
      if (decl.each.front().word != ast::CapWord::AtMost) return misplaced(decl.each.front().span);
      settle.each_most = amount(decl.each.front().bound);
      if (!unit_of("企业", !settle.subject.has_value())) return std::nullopt;
    }
    settle.share_again = !decl.remainder.empty() && decl.remainder.front().first;
    if (settle.share_again && decl.each.empty()) return misplaced(decl.remainder.front().second);
    return finish();
  }

 private:
  std::optional<SettleDraft> lacks(char const* zh, char const* en) {
    context_.diagnostics.add(span_, diag::SettlementLacks, draft_.settle.name, said(zh, en));
    return std::nullopt;
  }
  std::optional<SettleDraft> misplaced(Span span) {
    context_.diagnostics.add(span, diag::SettlementWord, source_text(context_, span));
    return std::nullopt;
  }
  std::optional<SettleDraft> finish() { return ok_ ? std::optional(std::move(draft_)) : std::nullopt; }

  void enter(tir::PolicyId id, Span span) {
    auto& members = draft_.settle.members;
    if (std::ranges::any_of(members, [&](tir::SettleMember const& known) { return known.policy == id; })) {
      context_.diagnostics.add(span, diag::MemberTwice, context_.program.policies[id].name);
      ok_ = false;
      return;
    }
    members.push_back({id, most_fen(context_.program, context_.program.policies[id])});
  }

  void add_member(ast::Name const& name) {
    std::int32_t index = 0;
    for (auto const& policy : context_.program.policies) {
      if (policy.name == name.text) return enter(tir::PolicyId{index}, name.span);
      ++index;
    }
    ok_ = false;
    if (!name.known) return;
    auto& diagnostic = context_.diagnostics.add(name.span, diag::NoSuchMember, name.text);
    std::vector<std::string> names;
    for (auto const& policy : context_.program.policies) names.push_back(policy.name);
    if (auto const near = nearest(name.text, names)) diagnostic.add_help(diag::note::DidYouMean, *near);
  }

  // Labels in heads are what is written; so are these.
  std::string label(ast::ExprId value) const {
    auto const* literal = std::get_if<ast::Literal>(&file_.exprs[value].kind);
    auto const* text = literal == nullptr ? nullptr : std::get_if<ast::TextLiteral>(&literal->value);
    return text != nullptr ? text->text : source_text(context_, file_.exprs[value].span);
  }

  // `成员 当 …`: in the order of ids, which no order of files changes.
  void select_members(ast::MemberLine const& line) {
    auto const attribute = [](tir::Policy const& policy, ast::AttributeWord word) -> std::string const* {
      if (word == ast::AttributeWord::Department) return &policy.department;
      if (word == ast::AttributeWord::Board) return &policy.board;
      if (word == ast::AttributeWord::Payout) return &policy.payout;
      return nullptr;
    };
    std::vector<tir::PolicyId> chosen;
    std::int32_t index = 0;
    for (auto const& policy : context_.program.policies) {
      bool holds = true;
      for (auto const& test : line.tests) {
        auto const* text = attribute(policy, test.word);
        if (text == nullptr) {
          ok_ = false;
          misplaced(test.span);
          return;
        }
        holds = holds && std::ranges::any_of(test.values, [&](ast::ExprId value) { return label(value) == *text; });
      }
      if (holds) chosen.push_back(tir::PolicyId{index});
      ++index;
    }
    std::ranges::stable_sort(chosen, {},
                             [&](tir::PolicyId id) -> std::string const& { return context_.program.policies[id].id; });
    for (auto const id : chosen) enter(id, line.span);
  }

  tir::Policy const& policy_of(tir::SettleMember const& member) const {
    return context_.program.policies[member.policy];
  }

  // Paying where sums are compared.
  bool members_fit(bool paying) {
    auto& settle = draft_.settle;
    if (settle.members.empty()) {
      lacks("成员", "its members");
      return false;
    }
    for (auto const& member : settle.members) {
      auto const& policy = policy_of(member);
      if (std::ranges::find(subjects_, policy.subject) == subjects_.end()) subjects_.push_back(policy.subject);
      if (paying && policy.conclusion != tir::ConclusionKind::Money) {
        context_.diagnostics.add(span_, diag::MemberPaysNothing, policy.name, settle.name)
            .label(policy.span, diag::note::DeclaredHere);
        return false;
      }
    }
    if (subjects_.size() == 1) settle.subject = subjects_.front();
    return true;
  }

  // Members about several 结构, and nothing says which records of them stand beside each other.
  std::optional<SettleDraft> apart() {
    auto const& members = draft_.settle.members;
    auto const& first = policy_of(members.front());
    auto const other = std::ranges::find_if(
        members, [&](tir::SettleMember const& member) { return policy_of(member).subject != first.subject; });
    context_.diagnostics.add(span_, diag::MembersDiffer, first.name, policy_of(*other).name)
        .label(policy_of(*other).span, diag::note::DeclaredHere)
        .add_help(diag::note::MembersEachHelp);
    return std::nullopt;
  }

  bool points_at(tir::FieldId id, std::string const& word) const {
    auto const& field = context_.program.fields[id];
    if (field.type.kind != Kind::Record) return false;
    auto const& schema = context_.program.schemas[field.type.schema];
    bool const firm = word == "企业" && context_.program.fields[schema.key].type.kind == Kind::CreditCode;
    return firm || schema.name == word;
  }

  // The fields by which records of a 结构 say to whom they belong: one of its own, or a way of references to one.
  std::vector<std::vector<tir::FieldId>> ways_to(SchemaId subject, std::string const& word) const {
    auto const& own = context_.fields[subject];
    if (auto const field = own.find(word); field != own.end()) {
      auto const kind = context_.program.fields[field->second].type.kind;
      if (kind == Kind::Text || kind == Kind::CreditCode || kind == Kind::Record) return {{field->second}};
    }
    // 申报单位 ： 企业; then 项目.申报单位. Of two that are as long nobody knows which is meant.
    std::set<SchemaId> passed{subject};
    std::vector<std::vector<tir::FieldId>> ways{{}}, found;
    while (!ways.empty() && found.empty()) {
      std::vector<std::vector<tir::FieldId>> longer;
      std::set<SchemaId> reached;
      for (auto const& way : ways) {
        auto const at = way.empty() ? subject : context_.program.fields[way.back()].type.schema;
        for (auto const& [name, id] : context_.fields[at]) {
          auto const& field = context_.program.fields[id];
          if (field.type.kind != Kind::Record) continue;
          auto on = way;
          on.push_back(id);
          if (points_at(id, word)) found.push_back(on);
          if (!passed.contains(field.type.schema)) longer.push_back(on), reached.insert(field.type.schema);
        }
      }
      passed.merge(reached);
      ways = std::move(longer);
    }
    return found;
  }

  // The record is one itself, or has a field that names it. `asked`: the text says 每家企业.
  bool unit_of(std::string const& word, bool asked) {
    for (auto const subject : subjects_)
      if (!unit_of(subject, word, asked)) return false;
    return true;
  }
  bool unit_of(SchemaId subject, std::string const& word, bool asked) {
    auto const& schema = context_.program.schemas[subject];
    bool const firm =
        word == "企业" && schema.key.has_value() && context_.program.fields[schema.key].type.kind == Kind::CreditCode;
    // Beside records of other 结构 it goes by its key, which those name.
    bool const itself = schema.name == word || firm;
    if (itself && (draft_.settle.subject.has_value() || schema.key.has_value())) return true;
    auto const ways = ways_to(subject, word);
    if (ways.size() == 1) {
      auto const& way = ways.front();
      auto field = way.back();
      for (auto at = way.rbegin() + 1; at != way.rend(); ++at) field = field_through(context_, *at, field);
      auto const unit =
          add(context_, tir::FieldValue{tir::BindingId{0}, field}, context_.program.fields[field].type, span_);
      for (auto& member : draft_.settle.members)
        if (policy_of(member).subject == subject) member.unit = unit;
      return true;
    }
    if (!asked) return true;
    context_.diagnostics.add(span_, diag::UnitUnclear, schema.name, word)
        .label(schema.span, diag::note::DeclaredHere)
        .add_help(diag::note::UnitHelp, word);
    return false;
  }

  bool units(std::vector<ast::CapPer> const& per) {
    for (auto const one : per) {
      switch (one) {
        case ast::CapPer::EachYear:
        case ast::CapPer::EachCalendarYear: draft_.settle.each_year = one == ast::CapPer::EachYear; break;
        case ast::CapPer::EachFirm:
          if (!unit_of("企业", true)) return false;
          joined_ = true;
          break;
        case ast::CapPer::EachProject:
          if (!unit_of("项目", true)) return false;
          joined_ = true;
          break;
        case ast::CapPer::EachContract:
          if (!unit_of("合同", true)) return false;
          joined_ = true;
          break;
        case ast::CapPer::Cumulative:
          if (draft_.settle.kind != tir::SettleKind::Cap) {
            context_.diagnostics.add(span_, diag::SettlementWord, "累计");
            return false;
          }
          looks_back_ = true;
          break;
      }
    }
    return true;
  }

  // What the record was paid before for any member. Payments are known by the record's key, so that it is its own unit.
  bool reads_payments(tir::Settle& settle, std::string const& word) {
    auto const joined =
        std::ranges::find_if(settle.members, [](tir::SettleMember const& member) { return member.unit.has_value(); });
    if (joined != settle.members.end()) {
      auto const& unit = std::get<tir::FieldValue>(context_.program.exprs[joined->unit].kind);
      context_.diagnostics.add(span_, diag::PaidToRecord, word, context_.program.fields[unit.field].name);
      return false;
    }
    std::vector<std::string> names;
    for (auto const& member : settle.members)
      for (auto& name : payment_names(context_, context_.program.policies[member.policy]))
        names.push_back(std::move(name));
    std::ranges::sort(names);
    auto const rest = std::ranges::unique(names);
    names.erase(rest.begin(), rest.end());
    scope_.records.push_back(
        {settle.subject, tir::BindingId{0}, context_.program.schemas[settle.subject].name, std::nullopt});
    settle.paid = paid_before(context_, scope_, names, settle.each_year, span_);
    scope_.records.clear();
    return !is_poison(context_, settle.paid);
  }

  tir::ExprId amount(ast::ExprId source) {
    Type const type = money();
    tir::ExprId const value = expect_type(context_, check_expr(context_, scope_, source, &type), type);
    if (is_poison(context_, value)) {
      ok_ = false;
      return {};
    }
    require_total(context_, value);
    return value;
  }

  bool limit(ast::GroupDecl const& decl) {
    auto const& cap = decl.limits.front();
    if (cap.word != ast::CapWord::AtMost) return misplaced(cap.span).has_value();
    if (decl.cuts.empty()) return lacks("削减的办法", "how it is cut").has_value();
    if (decl.cuts.size() > 1 || decl.cuts.front().first == ast::Manner::FirstFiled)
      return misplaced(decl.cuts.back().second).has_value();
    draft_.settle.cut = decl.cuts.front().first == ast::Manner::Proportionally ? tir::SettleCut::Proportionally
                                                                               : tir::SettleCut::InMemberOrder;
    draft_.settle.limit = amount(cap.bound);
    return ok_;
  }

  bool overrun(ast::Overrun const& overrun) {
    auto& settle = draft_.settle;
    if (overrun.how == ast::Manner::Proportionally) {
      settle.cut = tir::SettleCut::Proportionally;
      return true;
    }
    if (overrun.how == ast::Manner::InMemberOrder) return misplaced(overrun.span).has_value();
    settle.cut = tir::SettleCut::Ranked;
    settle.descending = overrun.how == ast::Manner::Ranked && overrun.order == ast::OrderWord::Descending;
    return for_each_subject([&](SchemaId subject) {
      return overrun.how == ast::Manner::Ranked ? check_order(context_, scope_, overrun.by)
                                                : filing_date(overrun, subject);
    });
  }

  // What the members about each 结构 go by, which is of one kind.
  template <class Check> bool for_each_subject(Check check) {
    tir::ExprId first;
    for (auto const subject : subjects_) {
      scope_.records.push_back({subject, tir::BindingId{0}, context_.program.schemas[subject].name, std::nullopt});
      tir::ExprId const by = check(subject);
      scope_.records.clear();
      if (!by.has_value()) return false;
      if (!first.has_value()) first = by;
      if (type_of(context_, first) != type_of(context_, by)) {
        context_.diagnostics
            .add(span_of(context_, by), diag::WrongType, phrase(context_, type_of(context_, first)),
                 phrase(context_, type_of(context_, by)))
            .label(context_.program.schemas[subject].span, diag::note::DeclaredHere);
        return false;
      }
      for (auto& member : draft_.settle.members)
        if (policy_of(member).subject == subject) member.by = by;
    }
    return true;
  }

  bool weight(ast::ExprId source) {
    auto& settle = draft_.settle;
    if (!pays_nothing_else(context_, settle)) return false;
    std::optional<std::int64_t> most = 0;
    bool const fits = for_each_subject([&](SchemaId) {
      auto const one = check_weight(context_, scope_, source, settle);
      auto const its_most = one.has_value() ? most_millionths(context_.program, one) : std::nullopt;
      most = most && its_most ? std::optional(std::max(*most, *its_most)) : std::nullopt;
      return one;
    });
    if (!fits) return false;
    settle.cut = tir::SettleCut::Weighted;
    settle.most_weight = most;
    for (auto const& member : settle.members) context_.program.policies[member.policy].allotted = true;
    return true;
  }

  tir::ExprId filing_date(ast::Overrun const& overrun, SchemaId subject) {
    auto const& own = context_.fields[subject];
    auto const field = own.find("申报日期");
    if (field != own.end() && context_.program.fields[field->second].type.kind == Kind::Date &&
        context_.program.fields[field->second].series == tir::SeriesStep::None)
      return add(context_, tir::FieldValue{tir::BindingId{0}, field->second},
                 context_.program.fields[field->second].type, overrun.span);
    auto const& schema = context_.program.schemas[subject];
    context_.diagnostics.add(overrun.span, diag::NoSuchField, schema.name, "申报日期")
        .label(schema.span, diag::note::DeclaredHere)
        .add_help(diag::note::FilingHelp);
    return {};
  }

  Context& context_;
  ast::File const& file_;
  Span span_;
  Frame frame_;
  Scope scope_;
  SettleDraft draft_;
  std::optional<SettleDraft> deducted_;
  std::vector<SchemaId> subjects_;  // what members are about, in their order
  bool joined_ = false;             // 每家企业, 每个项目, 每个合同
  bool looks_back_ = false;         // 累计
  bool ok_ = true;
};

}  // namespace

tir::ExprId check_order(Context& context, Scope const& scope, ast::ExprId source) {
  tir::ExprId const value = check_expr(context, scope, source);
  if (is_poison(context, value)) return {};
  require_total(context, value);
  if (has_order(context, type_of(context, value))) return value;
  context.diagnostics.add(span_of(context, value), diag::WrongType, said("能排序的值", "something that has an order"),
                          phrase(context, type_of(context, value)));
  return {};
}

void check_selection(Context& context, Scope const& scope, ast::SelectionLine const& line, tir::Policy& policy) {
  if (policy.selection) {
    context.diagnostics.add(line.span, diag::SettlementWord, source_text(context, line.span))
        .label(policy.selection->span, diag::note::AlsoHere);
    return;
  }
  tir::Selection made;
  made.span = line.span;
  made.descending = line.order == ast::OrderWord::Descending;
  made.tie_descending = line.tie_order == ast::OrderWord::Descending;
  made.at_least = line.count_op == ast::CompareOp::AtLeast;
  bool const words = line.count_op == ast::CompareOp::AtLeast || line.count_op == ast::CompareOp::AtMost;
  // 不少于 takes equal ones in, so there is nothing to tell apart; 不超过 must say how.
  if (!words || made.at_least == line.tie.has_value()) {
    if (words && !made.at_least)
      context.diagnostics.add(line.span, diag::SettlementLacks, policy.name,
                              said("同名次怎样取", "which of equal ones is taken"));
    else
      context.diagnostics.add(line.span, diag::SettlementWord, source_text(context, line.span));
    return;
  }
  made.by = check_order(context, scope, line.by);
  if (line.tie.has_value()) made.tie = check_order(context, scope, line.tie);
  Scope nobody;
  nobody.file = scope.file;
  nobody.frame = scope.frame;
  made.count = check_number(context, nobody, line.count);
  if (!made.by.has_value() || is_poison(context, made.count) || (line.tie.has_value() && !made.tie.has_value())) return;
  require_total(context, made.count);
  policy.selection = made;
}

namespace {

void warn_of_small_pools(Context& context) {
  auto const figure = [&](tir::ExprId id) -> std::optional<std::pair<BigRational, BigRational>> {
    auto const number = constant_number(context, id);
    return number ? std::optional(std::pair(*number, *number)) : std::nullopt;
  };
  for (auto const& [settle, policy, holds, grant, plain] : tir::small_pools(context.program, figure))
    if (plain)
      context.diagnostics
          .add(settle->span, diag::PoolBelowGrant, settle->name, drafted(holds, money()), policy->name,
               drafted(grant, money()))
          .label(policy->span, diag::note::DeclaredHere);
}

}  // namespace

void check_settlements(Context& context) {
  std::vector<SettleDraft> drafts;
  std::map<std::string, Span> seen;
  auto const enter = [&](ast::Name const& name, std::optional<SettleDraft> draft) {
    auto const [at, fresh] = seen.emplace(name.text, name.span);
    if (!fresh)
      context.diagnostics.add(name.span, diag::DeclaredTwice, name.text).label(at->second, diag::note::DeclaredHere);
    else if (draft)
      drafts.push_back(std::move(*draft));
  };
  for (auto const* file : context.units.front().files) {
    InFile const in(context, file);
    for (auto const& declaration : file->declarations) {
      if (auto const* group = std::get_if<ast::GroupDecl>(&declaration)) {
        Settlement settlement(context, *file, group->name.text, group->name.span);
        enter(group->name, settlement.group(*group));
        if (auto deducted = settlement.take_deducted()) drafts.push_back(std::move(*deducted));
      }
      if (auto const* budget = std::get_if<ast::BudgetDecl>(&declaration))
        enter(budget->name, Settlement(context, *file, budget->name.text, budget->name.span).budget(*budget));
    }
  }
  order_settlements(context, std::move(drafts));
  warn_of_small_pools(context);
  for (auto const& policy : context.program.policies)
    if (policy.conclusion == tir::ConclusionKind::None && !policy.allotted && !policy.shares.empty())
      context.diagnostics.add(policy.shares.front().span, diag::ShareOfNothing, policy.name);
}

}  // namespace huiyu::check
