#include <algorithm>
#include <map>
#include <set>

#include "runtime/base/civil.h"
#include "runtime/explain/render.h"
#include "runtime/explain/show.h"
#include "runtime/explain/tree_text.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;

class Writer {
 public:
  Writer(Explanation const& explanation, Language language) : explanation_(explanation), language_(language) {}

  std::string run() {
    head();
    tree(say("适用范围", "applies to"), explanation_.applies);
    tree(say("条件", "condition"), explanation_.condition);
    // What would be paid is of no interest to one whom the condition refuses.
    if (!explanation_.condition || explanation_.condition->state != State::False)
      for (auto const& part : explanation_.parts) this->part(part);
    tree(say("合计与封顶", "total and caps"), explanation_.total);
    tree(explanation_.value_name.empty() ? say("结论", "conclusion") : explanation_.value_name, explanation_.value);
    shares();
    settled();
    for (auto const& alert : explanation_.alerts) this->alert(alert);
    return std::move(out_);
  }

 private:
  std::string say(std::string_view zh, std::string_view en) const { return explain::say(language_, zh, en); }
  std::string yuan(std::int64_t fen) const {
    BigRational const amount(fen, 100);
    if (language_ == Language::Chinese) return show_yuan(amount);
    return show_number(amount, denominator(amount) == 1 ? 0 : 2) + " yuan";
  }
  std::string colon() const { return say("：", ": "); }
  std::string cited(std::string const& citation) const { return explain::cited(language_, citation); }
  void line(int depth, std::string const& text) {
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  }

  std::string outcome() const {
    auto const& pair = explanation_.pair;
    switch (pair.outcome) {
      case Outcome::Eligible:
        return !pair.needs.empty() ? say("? 符合，待定", "? eligible, the sum is not known")
                                   : say("✓ 符合", "✓ eligible");
      case Outcome::Ineligible: return say("✗ 不符合", "✗ not eligible");
      case Outcome::Unknown: return say("? 待核", "? not known");
      case Outcome::NotApplicable: return say("✗ 不适用", "✗ does not apply");
      case Outcome::Error: return say("! 错误", "! error");
    }
    return {};
  }

  void head() {
    auto title = explanation_.policy_id + " " + explanation_.policy_name + cited(explanation_.citation);
    if (!explanation_.key.empty()) title = explanation_.key + say(" · ", " · ") + title;
    line(0, title);
    auto result = outcome();
    if (explanation_.pair.amount_fen) result += colon() + yuan(*explanation_.pair.amount_fen);
    if (!explanation_.pair.value.empty()) result += colon() + explanation_.pair.value;
    line(1, result);
    if (!explanation_.in_force) line(1, say("✗ 不在有效期内", "✗ not in force on the reference date"));
    reasons();
    needs();
    rests_on();
  }

  // What an auditor asks besides: who stands for the facts, and whether a short month decided.
  void rests_on() {
    std::string all;
    for (auto const& fact : explanation_.rests_on_declared)
      all +=
          (all.empty() ? "" : say("、", ", ")) + fact.name + say("（来源 ", " (source ") + fact.source + say("）", ")");
    if (!all.empty()) line(1, say("凭企业自己申报的：", "rests on what the firm itself states: ") + all);
    for (auto const& use : explanation_.month_ends) {
      auto const day = std::to_string(use.day), reached = format_date(use.reached_day);
      line(1, say("提醒：那个月没有 " + day + " 日，`" + use.words + "` 按月末算到 " + reached + "，结果取决于此",
                  "note: that month has no day " + day + ", `" + use.words + "` ends on " + reached +
                      ", its last, and the outcome hangs on that"));
    }
  }

  // The conditions that the outcome hangs on, in the clause's words, and what was found instead.
  void reasons() {
    std::string label;
    switch (explanation_.pair.outcome) {
      case Outcome::Ineligible: label = say("未通过：", "not met: "); break;
      case Outcome::NotApplicable: label = say("不在适用范围：", "outside: "); break;
      case Outcome::Error: label = say("算不出来：", "cannot be computed: "); break;
      case Outcome::Eligible:
      case Outcome::Unknown: return;
    }
    std::vector<std::string> all;
    for (auto const* root : {&explanation_.applies, &explanation_.condition})
      if (*root) deciding(**root, explanation_.citation, all);
    // The condition holds, and still nothing is due: no part is.
    if (all.empty() && explanation_.pair.outcome == Outcome::Ineligible)
      for (auto const& part : explanation_.parts)
        if (part.when) deciding(*part.when, explanation_.citation, all);
    if (all.empty() && explanation_.pair.outcome == Outcome::Error) faults_of_sums(all);
    if (all.empty()) return;
    if (all.size() == 1) return line(1, label + all.front());
    line(1, label.substr(0, label.find_last_not_of(' ') + 1));
    for (auto const& one : all) line(2, one);
  }

  // The condition holds, and what is paid or concluded cannot be computed.
  void faults_of_sums(std::vector<std::string>& all) const {
    std::vector<std::optional<Node> const*> roots;
    for (auto const& part : explanation_.parts) roots.insert(roots.end(), {&part.when, &part.amount});
    roots.insert(roots.end(), {&explanation_.total, &explanation_.value});
    for (auto const* root : roots) {
      auto const* fault = *root ? source_of_fault(**root) : nullptr;
      if (fault == nullptr) continue;
      auto const text = title_of(*fault, language_) + colon() + std::string(fault_text(fault->fault, language_));
      if (std::ranges::find(all, text) == all.end()) all.push_back(text);
    }
  }

  void deciding(Node const& one, std::string const& citation, std::vector<std::string>& all) const {
    if (!one.deciding || (one.state != State::False && one.state != State::Error)) return;
    auto const& cited_here = one.citation.empty() ? citation : one.citation;
    // What was joined by hand is told apart; what the checker split from one clause is that clause.
    bool const own = std::ranges::any_of(one.children, [&](Node const& child) { return child.words != one.words; });
    if (own && one.op == ExplainOp::And) {
      for (auto const& child : one.children) deciding(child, cited_here, all);
      return;
    }
    bool const cites = !one.citation.empty() && one.citation != explanation_.citation;
    bool const list_mark = cites && is_list_mark(one.citation);
    auto const text = (list_mark ? one.citation : "") + title_of(one, language_) + found(one) +
                      (cites && !list_mark ? cited(one.citation) : "");
    if (std::ranges::find(all, text) == all.end()) all.push_back(text);
  }

  static bool is_comparison(ExplainOp op) {
    return (op >= ExplainOp::Less && op <= ExplainOp::NotEqual) || op == ExplainOp::BelongsTo ||
           op == ExplainOp::SetContains;
  }

  static Node const* source_of_fault(Node const& node) {
    if (node.state != State::Error) return nullptr;
    for (auto const& child : node.children)
      if (auto const* found = source_of_fault(child)) return found;
    return &node;
  }

  // `（现为 19人，来源 统计）`: what stood against the condition.
  std::string found(Node const& one) const {
    auto const* fact = &one;
    if (one.state == State::False && is_comparison(one.op) && !one.children.empty()) fact = &one.children.front();
    std::string text;
    if (fact->state == State::Value || is_truth_fact(*fact)) {
      text = say("现为 ", "found: ") + fact->value;
      if (!fact->source.empty()) text += say("，来源 ", ", source ") + fact->source;
    } else if (auto const* fault = source_of_fault(one); fault != nullptr) {
      text = title_of(*fault, language_) + colon() + std::string(fault_text(fault->fault, language_));
    } else if (one.op == ExplainOp::AtLeastOf && one.state == State::False) {
      auto const held = std::ranges::count(one.children, State::True, &Node::state);
      text = say("符合 ", "holds: ") + std::to_string(held) + say("项", "");
    } else if (one.op == ExplainOp::Not && one.children.size() == 1) {
      for (auto const& cause : one.children.front().children)
        if (is_truth_fact(cause) && cause.state == State::True)
          text += (text.empty() ? "" : say("、", ", ")) + title_of(cause, language_) + " ＝ " + cause.value;
    }
    return text.empty() ? text : say("（", " (") + text + say("）", ")");
  }

  void shares() {
    if (explanation_.pair.shares.empty()) return;
    std::string all;
    for (auto const& share : explanation_.pair.shares)
      all += (all.empty() ? "" : say("、", ", ")) + share.name + " " + yuan(share.amount_fen);
    if (auto const& odd = explanation_.odd_fen; !odd.empty()) {
      std::string names;
      for (auto const& name : odd) names += (names.empty() ? "" : say("、", ", ")) + name;
      all += say("（除不尽的 " + std::to_string(odd.size()) + " 分按最大余数归 " + names + "）",
                 " (by largest remainder one odd fen to " + names + ")");
    }
    line(1, say("分担：", "borne by: ") + all);
  }

  // What other policies left of it.
  void settled() {
    for (auto const& step : explanation_.pair.settled) {
      auto text = step.group + colon() + settle_reason(step, language_ == Language::English);
      if (step.before_fen) text += say("（原为 ", " (before: ") + yuan(*step.before_fen) + say("）", ")");
      line(1, text);
    }
    for (auto const& name : explanation_.unsettled)
      line(1, name + colon() + say("还没有结算，它要看全部记录", "is not settled yet: it takes all records"));
  }

  // Who holds the facts that are missing.
  void sources_below(Node const& node, std::map<std::string, std::string>& sources) const {
    if (!node.source.empty() && !node.name.empty()) sources.emplace(node.name, node.source);
    for (auto const& child : node.children) sources_below(child, sources);
  }

  // A code that is known, and too coarse for what is asked of it: 杭州市 where a county is wanted.
  static void coarse_below(Node const& node, std::map<std::string, std::string>& known) {
    bool const belongs = node.op == ExplainOp::BelongsTo || node.op == ExplainOp::SetContains;
    if (belongs && node.state == State::Unknown)
      for (auto const& fact : node.children)
        if (fact.state == State::Value && !fact.name.empty()) known.emplace(fact.name, fact.value);
    for (auto const& child : node.children) coarse_below(child, known);
  }

  void needs() {
    if (explanation_.pair.needs.empty()) return;
    std::vector<Node const*> roots;
    auto const look_at = [&](std::optional<Node> const& root) {
      if (root) roots.push_back(&*root);
    };
    for (auto const* root : {&explanation_.applies, &explanation_.condition, &explanation_.total, &explanation_.value})
      look_at(*root);
    for (auto const& part : explanation_.parts) look_at(part.when), look_at(part.amount);
    std::map<std::string, std::string> sources, coarse;
    for (auto const* root : roots) sources_below(*root, sources), coarse_below(*root, coarse);
    std::string all;
    for (auto const& need : explanation_.pair.needs) {
      all += (all.empty() ? "" : say("、", ", ")) + need;
      // 产值[2023年] is known by its series.
      if (auto const source = sources.find(need.substr(0, need.find('['))); source != sources.end())
        all += say("（来源 ", " (source ") + source->second + say("）", ")");
      if (auto const known = coarse.find(need); known != coarse.end())
        all += say("（只到 ", " (no finer than ") + known->second + say("，还要更细）", ")");
    }
    line(1, say("还缺：", "still missing: ") + all);
  }

  // The words by which the rows of ladders below are known.
  static void row_words(Node const& node, std::set<std::string>& words) {
    if (node.role == Role::Condition || (node.op >= ExplainOp::ChooseFirst && node.op <= ExplainOp::ChooseSum))
      words.insert(node.words);
    for (auto const& child : node.children) row_words(child, words);
  }
  // That a row of the item's own ladder holds is seen at the ladder.
  static bool stands_below(Node const& when, std::set<std::string> const& words) {
    if (words.contains(when.words)) return true;
    return (when.op == ExplainOp::And || when.op == ExplainOp::Or) &&
           std::ranges::all_of(when.children, [&](Node const& child) { return stands_below(child, words); });
  }

  // A part is of interest once it is known whether it is due.
  void part(PartExplanation const& part) {
    bool const open = part.when && part.when->state != State::True;
    if (!open && !part.amount && !part.amount_fen) return;
    auto const title = part.word.empty() && part.name.empty()
                           ? say("金额", "amount")
                           : part.word + (part.word.empty() || part.name.empty() ? "" : " ") + part.name;
    auto text = title + cited(part.citation == explanation_.citation ? "" : part.citation);
    if (part.due == State::False)
      text += colon() + say("不应付", "not due");
    else if (part.amount_fen)
      text += colon() + yuan(*part.amount_fen);
    line(1, text);
    auto const& around = part.citation.empty() ? explanation_.citation : part.citation;
    std::set<std::string> rows;
    if (part.amount) row_words(*part.amount, rows);
    if (part.when && !stands_below(*part.when, rows)) node(2, *part.when, around);
    if (part.amount) node(2, *part.amount, around);
  }

  // The colour that shines, and the clause that it is by.
  void alert(AlertExplanation const& alert) {
    auto const own = alert.condition ? alert.condition->citation : std::string();
    line(1, say("预警 ", "alert ") + alert.name + colon() +
                (alert.colour.empty() ? say("未定", "not decided") : alert.colour) +
                cited(own.empty() ? explanation_.citation : own));
    if (alert.condition) node(2, *alert.condition, own.empty() ? explanation_.citation : own);
  }

  // 且 at the top is the section itself.
  void tree(std::string const& title, std::optional<Node> const& root) {
    if (!root) return;
    bool const joined = root->op == ExplainOp::And;
    line(1, joined ? title + " " + std::string(mark(root->state)) : title);
    if (!joined) return node(2, *root, explanation_.citation);
    for (auto const& child : joined_by_words(root->children)) node(2, child, explanation_.citation);
  }

  void node(int depth, Node const& root, std::string const& citation) {
    TreeText(language_, out_).write(depth, root, citation);
  }

  Explanation const& explanation_;
  Language language_;
  std::string out_;
};

}  // namespace

std::string_view fault_text(Fault fault, Language language) {
  bool const chinese = language == Language::Chinese;
  switch (fault) {
    case Fault::None: return "";
    case Fault::DivisionByZero: return chinese ? "除数为零" : "division by zero";
    case Fault::TwoRowsHold: return chinese ? "两行以上同时符合" : "two rows hold at once";
    case Fault::NoRowHolds: return chinese ? "没有一行符合，又无“其余”" : "no row holds, and there is no 其余";
    case Fault::EmptyList: return chinese ? "没有可以计算的项" : "nothing to compute with";
    case Fault::BelowZero: return chinese ? "金额为负" : "an amount below zero";
    case Fault::TooLarge: return chinese ? "数值超出所存类型的范围" : "a value past the range of its type";
    case Fault::OutsideCalendar: return chinese ? "日期超出1年至9999年" : "a date outside the years 1 to 9999";
  }
  return "";
}

std::string to_text(Explanation const& explanation, Language language) { return Writer(explanation, language).run(); }

}  // namespace huiyu::explain
