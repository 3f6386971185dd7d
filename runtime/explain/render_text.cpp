#include <algorithm>
#include <set>

#include "runtime/base/decimal.h"
#include "runtime/explain/render.h"

namespace huiyu::explain {
namespace {

using plan::ExplainOp;

std::string_view mark(State state) {
  switch (state) {
    case State::True: return "✓";
    case State::False: return "✗";
    case State::Unknown: return "?";
    case State::Error: return "!";
    case State::Value: return "＝";
  }
  return "";
}

// Letters of a title: a clause of ordinary length stands whole, a ladder or table of many rows does not.
constexpr std::size_t longest_title = 48;

// A long title up to the colon of its head (`分档 首行 行业代码：…`), else up to the longest.
std::string shortened(std::string const& words) {
  std::size_t letters = 0, colon = 0, cut = 0;
  int depth = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if ((static_cast<unsigned char>(words[at]) & 0xC0U) == 0x80U) continue;
    if (letters++ == longest_title) cut = at;
    auto const here = std::string_view(words).substr(at);
    if (here.starts_with("（") || here.starts_with("(")) ++depth;
    if (here.starts_with("）") || here.starts_with(")")) --depth;
    if (cut == 0 && colon == 0 && depth == 0 && here.starts_with("：")) colon = at + std::string_view("：").size();
  }
  if (cut == 0) return words;
  return words.substr(0, colon != 0 ? colon : cut) + "…";
}

class Writer {
 public:
  Writer(Explanation const& explanation, Language language) : explanation_(explanation), language_(language) {}

  std::string run() {
    head();
    if (!explanation_.in_force) line(1, say("✗ 不在有效期内", "✗ not in force on the reference date"));
    tree(say("适用范围", "applies to"), explanation_.applies);
    tree(say("条件", "condition"), explanation_.condition);
    for (auto const& part : explanation_.parts) this->part(part);
    tree(say("合计与封顶", "total and caps"), explanation_.total);
    tree(explanation_.value_name.empty() ? say("结论", "conclusion") : explanation_.value_name, explanation_.value);
    shares();
    for (auto const& alert : explanation_.alerts) {
      line(1, say("预警 ", "alert ") + alert.name + colon() +
                  (alert.colour.empty() ? say("未定", "not decided") : alert.colour));
      if (alert.condition) node(2, *alert.condition, explanation_.citation);
    }
    needs();
    return std::move(out_);
  }

 private:
  std::string say(std::string_view zh, std::string_view en) const {
    return std::string(language_ == Language::Chinese ? zh : en);
  }
  std::string yuan(std::int64_t fen) const { return print_decimal(fen, 2) + say("元", " yuan"); }
  std::string colon() const { return say("：", ": "); }
  std::string cited(std::string const& citation) const {
    return citation.empty() ? std::string() : say("（依据 ", " (") + citation + say("）", ")");
  }
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
    reasons();
  }

  // The conditions that the outcome hangs on, in the clause's words.
  void reasons() {
    bool const refused = explanation_.pair.outcome == Outcome::Ineligible ||
                         explanation_.pair.outcome == Outcome::NotApplicable ||
                         explanation_.pair.outcome == Outcome::Error;
    if (!refused) return;
    std::vector<std::string> all;
    for (auto const* root : {&explanation_.applies, &explanation_.condition})
      if (*root) deciding(**root, explanation_.citation, all);
    if (all.empty()) return;
    std::string text;
    for (auto const& one : all) text += (text.empty() ? "" : say("；", "; ")) + one;
    line(1, say("未通过：", "not met: ") + text);
  }

  static bool joins(Node const& node) {
    return node.op == ExplainOp::And || node.op == ExplainOp::Or || node.op == ExplainOp::AtLeastOf;
  }

  void deciding(Node const& one, std::string const& citation, std::vector<std::string>& all) const {
    if (!one.deciding || (one.state != State::False && one.state != State::Error)) return;
    auto const& cited_here = one.citation.empty() ? citation : one.citation;
    // What was joined by hand is told apart; what the checker split from one clause is that clause.
    bool const own = std::ranges::any_of(one.children, [&](Node const& child) { return child.words != one.words; });
    if (joins(one) && own && one.op == ExplainOp::And) {
      for (auto const& child : one.children) deciding(child, cited_here, all);
      return;
    }
    auto const text =
        title(one) + (one.citation.empty() || one.citation == explanation_.citation ? "" : cited(one.citation));
    if (std::ranges::find(all, text) == all.end()) all.push_back(text);
  }

  void shares() {
    if (explanation_.pair.shares.empty()) return;
    std::string all;
    for (auto const& share : explanation_.pair.shares)
      all += (all.empty() ? "" : say("、", ", ")) + share.name + " " + yuan(share.amount_fen);
    line(1, say("分担：", "borne by: ") + all);
  }

  void needs() {
    if (explanation_.pair.needs.empty()) return;
    std::string all;
    for (auto const& need : explanation_.pair.needs) all += (all.empty() ? "" : say("、", ", ")) + need;
    line(1, say("还缺：", "still missing: ") + all);
  }

  // A part is of interest once it is known whether it is due.
  void part(PartExplanation const& part) {
    if (!part.when && !part.amount && !part.amount_fen) return;
    auto const title = part.word.empty() && part.name.empty()
                           ? say("金额", "amount")
                           : part.word + (part.word.empty() || part.name.empty() ? "" : " ") + part.name;
    auto text = title + cited(part.citation);
    if (part.amount_fen) text += colon() + yuan(*part.amount_fen);
    if (part.due == State::False) text += say("，不应付", ", not due");
    line(1, text);
    if (part.when) node(2, *part.when, explanation_.citation);
    if (part.amount) node(2, *part.amount, explanation_.citation);
  }

  // 且 at the top is the section itself.
  void tree(std::string const& title, std::optional<Node> const& root) {
    if (!root) return;
    if (root->op != ExplainOp::And) {
      line(1, title);
      node(2, *root, explanation_.citation);
      return;
    }
    line(1, title + " " + std::string(mark(root->state)));
    for (auto const& child : root->children) node(2, child, explanation_.citation);
  }

  // What the clause says already needs no line of its own.
  static bool is_silent(Node const& node) {
    return node.op == ExplainOp::Literal || node.role == Role::Period ||
           (node.role == Role::Condition && node.state == State::False);
  }

  std::string role_word(Node const& node) const {
    switch (node.role) {
      case Role::Bound: return say("限额 ", "limit ");
      case Role::Subject: return say("按 ", "by ");
      case Role::Result: return say("则 ", "then ");
      case Role::Otherwise: return say("其余 ", "otherwise ");
      case Role::Operand:
      case Role::Condition:
      case Role::Item:
      case Role::Each:
      case Role::Filter:
      case Role::Period: return {};
    }
    return {};
  }

  std::string title(Node const& node) const {
    bool const named = node.op == ExplainOp::Field || node.op == ExplainOp::Item || node.op == ExplainOp::Definition ||
                       node.op == ExplainOp::Parameter || node.role == Role::Item;
    if (node.op == ExplainOp::PartsTotal) return say("各项合计", "sum of the parts");
    if (named && !node.name.empty()) return node.name;
    if (!node.words.empty()) return shortened(node.words);
    return node.name;
  }

  static bool is_arithmetic(ExplainOp op) {
    return op == ExplainOp::Add || op == ExplainOp::Subtract || op == ExplainOp::Multiply || op == ExplainOp::Divide ||
           op == ExplainOp::Negate;
  }
  // Definitions that the checker made (裁员率#1) stand for one of the drafter's.
  static bool is_internal(Node const& node) {
    return node.op == ExplainOp::Definition && node.name.find('#') != std::string::npos;
  }
  static bool is_named(Node const& node) {
    return !node.name.empty() && node.op != ExplainOp::Literal && node.op != ExplainOp::Call;
  }

  // What a tree stands on: the titles of its leaves.
  void leaves(Node const& node, std::set<std::string>& titles) const {
    if (node.children.empty() && !is_silent(node)) titles.insert(title(node));
    for (auto const& child : node.children) leaves(child, titles);
  }
  // Whether a row's condition asks for nothing but the subject, which stands above it.
  bool asks_subject_alone(Node const& subject, Node const& condition) const {
    std::set<std::string> known{title(subject)}, asked;
    leaves(subject, known);
    leaves(condition, asked);
    return std::ranges::includes(known, asked);
  }

  // Whether a line would only say again what the one above says, or be a step of one formula: what is below it then
  // stands in its place. `whole`: the words of the clause above.
  static bool folds(Node const& above, Node const& one, std::string const& whole) {
    if (one.fault != Fault::None && !inherits_fault(one)) return false;
    if (is_internal(one)) return true;
    if (one.role == Role::Result || one.role == Role::Otherwise || one.role == Role::Item) return false;
    if (one.role == Role::Each && one.state == State::Value && one.value == above.value) return true;
    if (one.role == Role::Each || one.role == Role::Filter) return false;
    if (above.op == ExplainOp::Definition && one.words.starts_with("定义 ")) return true;
    if (is_arithmetic(one.op) && is_arithmetic(above.op)) return true;
    return one.role == Role::Operand && !is_named(one) && !one.words.empty() && one.words == whole;
  }

  // Lines that the one above makes idle: the guard of a period that existed, rows of a ladder beside their subject.
  static bool is_idle(Node const& above, Node const& one, std::string const& whole) {
    if (one.role == Role::Filter && one.words == whole) return true;
    bool const waits = !above.children.empty() && above.children.front().role == Role::Subject &&
                       above.children.front().state == State::Unknown;
    return waits && one.role != Role::Subject;
  }

  void children(int depth, Node const& above, std::string const& citation, std::string const& whole,
                std::set<std::string>& said) {
    auto const* subject =
        !above.children.empty() && above.children.front().role == Role::Subject ? &above.children.front() : nullptr;
    for (auto const& one : above.children) {
      if (is_idle(above, one, whole)) continue;
      if (folds(above, one, whole))
        children(depth, one, citation, one.words.empty() ? whole : one.words, said);
      else
        node(depth, one, citation, whole, said,
             subject == nullptr || one.role != Role::Condition || !asks_subject_alone(*subject, one));
    }
  }

  void node(int depth, Node const& one, std::string const& citation) {
    std::set<std::string> said;
    node(depth, one, citation, {}, said, true);
  }

  // `said`: lines without anything below them that stand under the same line already.
  void node(int depth, Node const& one, std::string const& citation, std::string const& whole,
            std::set<std::string>& said, bool with_children) {
    if (one.role == Role::Each && one.state == State::Value && one.children.empty()) return;  // stands beside its item
    if (is_silent(one) && one.role != Role::Result && one.role != Role::Otherwise && one.role != Role::Bound) return;
    bool const value = one.state == State::Value;
    auto text = std::string(mark(one.state)) + " " + role_word(one) + title(one);
    if (value) text = role_word(one) + title(one) + (title(one) == one.value ? "" : " ＝ " + one.value);
    if (one.state == State::Unknown && one.children.empty()) text += say("：缺", ": missing");
    if (one.fault != Fault::None && !inherits_fault(one))
      text += colon() + std::string(fault_text(one.fault, language_));
    if (one.role == Role::Item && one.state == State::False && !one.children.empty() && one.children[0].words == whole)
      text += say("：尚不存在，不计", ": did not exist yet, not counted");
    if (!one.source.empty()) text += say("（来源 ", " (source ") + one.source + say("）", ")");
    if (one.citation != citation) text += cited(one.citation);
    if (one.shown_before) text += say("（见上文）", " (see above)");
    if (one.children.empty() && !said.insert(text).second) return;
    line(depth, text);
    if (!with_children) return;
    std::set<std::string> below;
    children(depth + 1, one, one.citation.empty() ? citation : one.citation, one.words.empty() ? whole : one.words,
             below);
  }

  static bool inherits_fault(Node const& node) {
    for (auto const& child : node.children)
      if (child.state == State::Error) return true;
    return false;
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
