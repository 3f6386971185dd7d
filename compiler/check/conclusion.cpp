#include "compiler/base/match.h"
#include "compiler/check/expr.h"
#include "compiler/check/history.h"
#include "compiler/check/ladder.h"
#include "compiler/check/policy.h"
#include "compiler/check/rates.h"
#include "compiler/check/satisfy.h"
#include "compiler/check/sense.h"
#include "compiler/check/units.h"
#include "compiler/tir/traverse.h"

namespace huiyu::check {
namespace {

std::string_view item_word(ast::ItemWord word) {
  switch (word) {
    case ast::ItemWord::Grant: return "补助";
    case ast::ItemWord::Award: return "奖励";
    case ast::ItemWord::InterestSubsidy: return "贴息";
    case ast::ItemWord::Subsidy: return "补贴";
    case ast::ItemWord::Support: return "资助";
    case ast::ItemWord::Refund: return "返还";
  }
  return "补助";
}

Type money() { return number_type(types::unit_of(types::BaseUnit::Yuan)); }

// What must hold for the ladders inside to have a row, joined to a 当.
tir::ExprId due(Context& context, std::optional<tir::ExprId> when, tir::ExprId value, Span span) {
  std::vector<tir::ExprId> all;
  if (when) all.push_back(*when);
  if (auto const hit = hit_condition(context, value)) all.push_back(*hit);
  return all.empty() ? tir::ExprId{} : conjunction(context, std::move(all), span);
}

// The constant that an amount is lifted to at least, where nothing cuts it afterwards.
std::optional<tir::ExprId> least_of(Context const& context, tir::ExprId amount) {
  auto const& kind = context.program.exprs[amount].kind;
  if (auto const* round = std::get_if<tir::Round>(&kind)) return least_of(context, round->operand);
  auto const* cap = std::get_if<tir::Cap>(&kind);
  if (cap == nullptr || cap->at_most || !constant_number(context, cap->bound)) return std::nullopt;
  return cap->bound;
}

class Conclusions {
 public:
  Conclusions(Context& context, Scope const& scope, ast::PolicyDecl const& decl, tir::Policy& policy,
              std::vector<tir::ExprId>& conditions)
      : context_(context), scope_(scope), decl_(decl), policy_(policy), conditions_(conditions) {}

  void check() {
    for (auto const& line : decl_.lines)
      match(
          line,  //
          [&](ast::ItemLine const& e) { item(e); }, [&](ast::CapLine const& e) { caps(e); },
          [&](ast::ConclusionLine const& e) { conclusion(e); }, [&](ast::ShareLine const& e) { shares(e.shares); },
          [](ast::SubjectLine const&) {}, [](ast::ConditionLine const&) {}, [](ast::ExclusionLine const&) {},
          [](ast::OnceLine const&) {}, [](ast::RequirementLine const&) {}, [](ast::AlertDecl const&) {},
          [](ast::SelectionLine const&) {}, [](ast::ReclaimLine const&) {},
          [&](ast::ScheduleLine const& e) { schedule(e); }, [](ast::HoleLine const&) {});
    unnamed_among_several();
    crossing_caps();
    one_off_in_names();
    paid_twice();
    if (!policy_.caps.empty() && policy_.conclusion != tir::ConclusionKind::Money)
      context_.diagnostics.add(policy_.caps.front().span, diag::CapOfNothing, policy_.name);
    // Of a policy without a conclusion a budget may yet say what it pays: that is asked when those are known.
    bool const concludes =
        policy_.conclusion != tir::ConclusionKind::Money && policy_.conclusion != tir::ConclusionKind::None;
    if (!policy_.shares.empty() && concludes)
      context_.diagnostics.add(policy_.shares.front().span, diag::ShareOfNothing, policy_.name);
    if (!policy_.instalments.empty() && policy_.conclusion != tir::ConclusionKind::Money)
      context_.diagnostics.add(scheduled_, diag::ShareOfNothing, policy_.name);
  }

 private:
  // Whether the policy may conclude so beside what it already concludes.
  bool enter(tir::ConclusionKind kind, Span span) {
    if (policy_.conclusion == tir::ConclusionKind::None) {
      policy_.conclusion = kind;
      concluded_ = span;
      return true;
    }
    if (kind == tir::ConclusionKind::Money && policy_.conclusion == kind) return true;
    context_.diagnostics.add(span, diag::TwoConclusions, policy_.name).label(concluded_, diag::note::AlsoHere);
    return false;
  }

  void item(ast::ItemLine const& line) {
    if (!enter(tir::ConclusionKind::Money, line.span)) return;
    Type const type = money();
    tir::ExprId amount = expect_type(context_, check_expr(context_, scope_, line.amount, &type), type);
    std::string_view const payments = line.name ? std::string_view(line.name->text) : std::string_view();
    for (auto const& cap : line.caps) amount = capped_item(amount, cap, payments);
    if (line.rounding)
      amount = rounded(context_, amount, line.rounding->mode, line.rounding->digits, line.rounding->to, line.span);
    auto const when =
        line.when.has_value() ? std::optional(check_condition(context_, scope_, line.when)) : std::nullopt;
    if (is_poison(context_, amount) || (when && is_poison(context_, *when))) return;
    report_rates_of_nothing(context_, scope_, line.amount);
    for (auto const& cap : line.caps) report_rates_of_nothing(context_, scope_, cap.bound);
    warn_of_inner_gaps(context_, amount);
    if (when) check_parts(context_, *when);
    if (!line.shares.empty()) shares(line.shares);
    tir::Item made;
    made.name = line.name ? line.name->text : "";
    made.word = std::string(item_word(line.word));
    made.amount = amount;
    made.when = due(context_, when, amount, line.span);
    made.citation = line.citation.value_or("");
    made.span = line.name ? line.name->span : line.span;
    for (auto const& other : policy_.items)
      if (!made.name.empty() && other.name == made.name)
        context_.diagnostics.add(made.span, diag::ItemTwice, made.name).label(other.span, diag::note::AlsoHere);
    policy_.items.push_back(std::move(made));
  }

  // 每年 and the like look at what the item was paid before.
  tir::ExprId capped_item(tir::ExprId amount, ast::CapClause const& cap, std::string_view item) {
    if (cap.per.empty()) return capped(context_, scope_, amount, cap.word, cap.bound, cap.per, cap.span);
    Type const type = money();
    tir::ExprId const bound = expect_type(context_, check_expr(context_, scope_, cap.bound, &type), type);
    tir::ExprId const left =
        left_of_cap(context_, scope_, cap, bound, history_names(context_, *scope_.file, decl_), item);
    if (is_poison(context_, amount) || is_poison(context_, left)) return poison(context_, cap.span);
    return add(context_, tir::Cap{true, amount, left}, type, cap.span);
  }

  // Parts of an outcome are told by name.
  void unnamed_among_several() {
    if (policy_.items.size() < 2) return;
    diag::Diagnostic* reported = nullptr;
    for (auto const& made : policy_.items) {
      if (!made.name.empty()) continue;
      if (reported == nullptr)
        reported = &context_.diagnostics.add(made.span, diag::ItemNeedsName, policy_.name);
      else
        reported->label(made.span, diag::note::AlsoHere);
    }
  }

  // 一次性 is an everyday word for a lump sum as well as for "once": the engine goes by neither.
  void one_off_in_names() {
    for (auto const& line : decl_.lines)
      if (std::holds_alternative<ast::OnceLine>(line)) return;
    auto const look_at = [&](std::string const& name, Span span) {
      if (name.find("一次性") != std::string::npos)
        context_.diagnostics.add(span, diag::OneOffInName, name).add_help(diag::note::OnceHelp);
    };
    look_at(policy_.name, policy_.span);
    for (auto const& made : policy_.items) look_at(made.name, made.span);
  }

  // The lists that an amount sums up, with the text of what is summed and of the filter.
  struct Expenditure {
    std::string each, where;
  };
  std::vector<Expenditure> expenditures(tir::ExprId amount) const {
    std::vector<Expenditure> found;
    for (auto const id : tir::reachable(context_.program, amount)) {
      auto const* list = std::get_if<tir::Aggregate>(&context_.program.exprs[id].kind);
      if (list != nullptr && is_history(context_, list->list)) continue;
      if (list == nullptr || list->op != tir::AggregateOp::Sum || !list->each.has_value()) continue;
      auto const* field = std::get_if<tir::FieldValue>(&context_.program.exprs[list->each].kind);
      if (field == nullptr || !(type_of(context_, list->each) == money())) continue;
      found.push_back({context_.program.fields[list->list].name + "." + context_.program.fields[field->field].name,
                       list->where.has_value() ? source_text(context_, span_of(context_, list->where)) : ""});
    }
    return found;
  }

  // Two items that sum the same rows of a list pay the same bills twice, unless they are never due together.
  void paid_twice() {
    for (std::size_t k = 1; k < policy_.items.size(); ++k)
      for (std::size_t i = 0; i < k; ++i) {
        auto const &a = policy_.items[i], &b = policy_.items[k];
        bool const apart = a.when.has_value() && b.when.has_value() &&
                           exclude_each_other(ways(context_, a.when, true), ways(context_, b.when, true));
        if (apart) continue;
        for (auto const& one : expenditures(a.amount))
          for (auto const& other : expenditures(b.amount))
            if (one.each == other.each && (one.where.empty() || other.where.empty() || one.where == other.where)) {
              context_.diagnostics.add(b.span, diag::PaidTwice, a.name, b.name, one.each)
                  .label(a.span, diag::note::AlsoHere);
              return;
            }
      }
  }

  void caps(ast::CapLine const& line) {
    Type const type = money();
    for (auto const& cap : line.caps) {
      tir::ExprId bound = expect_type(context_, check_expr(context_, scope_, cap.bound, &type), type);
      if (!cap.per.empty())
        bound = left_of_cap(context_, scope_, cap, bound, history_names(context_, *scope_.file, decl_), {});
      if (is_poison(context_, bound)) continue;
      report_rates_of_nothing(context_, scope_, cap.bound);
      require_total(context_, bound);
      policy_.caps.push_back({cap.word == ast::CapWord::AtMost, bound, cap.span});
    }
  }

  void crossing_caps() {
    for (auto const& least : policy_.caps)
      for (auto const& most : policy_.caps) {
        auto const low = constant_number(context_, least.bound), high = constant_number(context_, most.bound);
        if (!least.at_most && most.at_most && low && high && *low > *high)
          context_.diagnostics.add(least.span, diag::CapsCross, drafted(*low, money()), drafted(*high, money()))
              .label(most.span, diag::note::AlsoHere);
      }
    // What one item is lifted to must not be cut by the policy again.
    for (auto const& made : policy_.items)
      for (auto const& most : policy_.caps) {
        auto const low = least_of(context_, made.amount);
        auto const high = constant_number(context_, most.bound);
        if (most.at_most && low && high && *constant_number(context_, *low) > *high)
          context_.diagnostics
              .add(span_of(context_, *low), diag::CapsCross, drafted(*constant_number(context_, *low), money()),
                   drafted(*high, money()))
              .label(most.span, diag::note::AlsoHere);
      }
  }

  void conclusion(ast::ConclusionLine const& line) {
    tir::ConclusionKind kind = tir::ConclusionKind::Disposal;
    if (line.word == ast::ConclusionWord::Classify) kind = tir::ConclusionKind::Class;
    if (line.word == ast::ConclusionWord::Assess) kind = tir::ConclusionKind::Assessment;
    if (!enter(kind, line.span)) return;
    if (line.name) policy_.value_name = line.name->text;
    auto const when =
        line.when.has_value() ? std::optional(check_condition(context_, scope_, line.when)) : std::nullopt;
    if (kind == tir::ConclusionKind::Disposal) {
      policy_.value_name = source_text(context_, scope_.expr(line.value).span);
      if (when) conditions_.push_back(*when);
      return;
    }
    tir::ExprId const value = check_expr(context_, scope_, line.value);
    if (is_poison(context_, value) || (when && is_poison(context_, *when))) return;
    if (kind == tir::ConclusionKind::Assessment && is_poison(context_, expect_number(context_, value))) return;
    if (kind == tir::ConclusionKind::Assessment) report_rates_of_nothing(context_, scope_, line.value);
    warn_of_inner_gaps(context_, value);
    policy_.value = value;
    tir::ExprId const condition = due(context_, when, value, line.span);
    if (condition.has_value()) conditions_.push_back(condition);
  }

  // 元, rounded to whole 分.
  static BigRational to_fen(BigRational const& yuan) {
    BigRational const fen = yuan * 100 + BigRational(1, 2);
    return {floor_div(BigInt(numerator(fen)), BigInt(denominator(fen))), 100};
  }

  // 等额: as many equal shares; else amounts and shares, which come to the whole by themselves or by 补足.
  void schedule(ast::ScheduleLine const& line) {
    if (!policy_.instalments.empty()) {
      context_.diagnostics.add(line.span, diag::SettlementWord, source_text(context_, line.span));
      return;
    }
    scheduled_ = line.span;
    if (line.count.has_value()) return equal_parts(line);
    BigRational whole = 0;
    bool rest = false, amounts = false;
    for (auto const& part : line.parts) {
      tir::Instalment made{part.name.text, std::nullopt, std::nullopt};
      for (auto const& other : policy_.instalments)
        if (other.name == made.name) context_.diagnostics.add(part.name.span, diag::DeclaredTwice, made.name);
      if (rest) return not_the_whole(line);
      if (!part.amount.has_value()) {
        rest = true;
      } else {
        tir::ExprId const value = check_number(context_, scope_, part.amount);
        auto const number = constant_number(context_, value);
        if (!number) return;
        bool const money_part = type_of(context_, value) == money();
        if (!money_part && !type_of(context_, value).unit.dimensionless()) return not_the_whole(line);
        (money_part ? made.amount : made.share) = money_part ? to_fen(*number) : *number;
        if (!money_part) whole += *number;
        amounts = amounts || money_part;
      }
      policy_.instalments.push_back(std::move(made));
    }
    if (!rest && (amounts || whole != 1)) not_the_whole(line);
  }

  void equal_parts(ast::ScheduleLine const& line) {
    constexpr int most = 120;
    auto const count = constant_number(context_, check_number(context_, scope_, line.count));
    if (!count) return;
    if (*count < 1 || *count > most || denominator(*count) != 1) return not_the_whole(line);
    auto const parts = static_cast<int>(BigInt(numerator(*count)));
    for (int i = 1; i <= parts; ++i)
      policy_.instalments.push_back({"第" + std::to_string(i) + "期", std::nullopt, BigRational(1) / parts});
  }

  void not_the_whole(ast::ScheduleLine const& line) {
    context_.diagnostics.add(line.span, diag::ScheduleSum, policy_.name);
    policy_.instalments.clear();
  }

  void shares(std::vector<ast::ShareOf> const& written) {
    for (auto const& share : written) {
      tir::ExprId const weight = check_number(context_, scope_, share.share);
      if (is_poison(context_, weight)) continue;
      if (!policy_.shares.empty() && !agree(context_, policy_.shares.front().weight, weight, share.span)) continue;
      policy_.shares.push_back({share.party.text, weight, share.span});
    }
  }

  Context& context_;
  Scope const& scope_;
  ast::PolicyDecl const& decl_;
  tir::Policy& policy_;
  std::vector<tir::ExprId>& conditions_;
  Span concluded_, scheduled_;
};

}  // namespace

void check_conclusions(Context& context, Scope const& scope, ast::PolicyDecl const& decl, tir::Policy& policy,
                       std::vector<tir::ExprId>& conditions) {
  Conclusions(context, scope, decl, policy, conditions).check();
}

}  // namespace huiyu::check
