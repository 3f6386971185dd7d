#include "runtime/explain/tree_text.h"

#include <algorithm>

namespace huiyu::explain {

using plan::ExplainOp;

namespace {

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

bool is_arithmetic(ExplainOp op) {
  return op == ExplainOp::Add || op == ExplainOp::Subtract || op == ExplainOp::Multiply || op == ExplainOp::Divide ||
         op == ExplainOp::Negate;
}

bool is_aggregate(ExplainOp op) { return op >= ExplainOp::Sum && op <= ExplainOp::Distinct; }

bool is_join(ExplainOp op) { return op == ExplainOp::And || op == ExplainOp::Or || op == ExplainOp::AtLeastOf; }

// Definitions that the checker made (裁员率#1) stand for one of the drafter's.
bool is_internal(Node const& node) {
  return node.op == ExplainOp::Definition && node.name.find('#') != std::string::npos;
}

bool is_named(Node const& node) {
  return !node.name.empty() && node.op != ExplainOp::Literal && node.op != ExplainOp::Call;
}

// 每年（…） asks of each year first whether the record was there: the question has the words of the whole.
bool asks_existence(Node const& each, std::string const& whole) {
  return each.op == ExplainOp::And && !whole.empty() && each.words == whole;
}

bool did_not_exist(Node const& item, std::string const& whole) {
  if (item.state != State::False || item.children.empty()) return false;
  auto const& first = item.children.front();
  if (first.role == Role::Filter) return first.words == whole;
  return asks_existence(first, whole) && std::ranges::any_of(first.children, [&](Node const& one) {
           return one.words == whole && one.state == State::False;
         });
}

// A list that is known and has no rows.
bool is_empty_list(Node const& node) {
  bool const decided = node.state == State::Value || node.state == State::True || node.state == State::False;
  if (!is_aggregate(node.op) || node.role == Role::Item || !decided || !node.children.empty()) return false;
  // These two may ask nothing of a row, and then show none.
  if (node.op == ExplainOp::Count) return node.value.starts_with('0');
  return node.op != ExplainOp::Exists || node.state == State::False;
}

// What the clause says already needs no line of its own.
bool is_silent(Node const& node) {
  return node.op == ExplainOp::Literal || node.role == Role::Period ||
         (node.role == Role::Condition && node.state == State::False);
}

// Conditions, from 且 down to what is compared.
bool is_logic(ExplainOp op) {
  return (op >= ExplainOp::And && op <= ExplainOp::NotEqual) || op == ExplainOp::BelongsTo ||
         op == ExplainOp::SetContains;
}

// Whether a line would only say again what the one above says, or be a step of one formula: what is below it then
// stands in its place. `whole`: the words of the clause above.
bool folds(Node const& above, Node const& one, std::string const& whole) {
  if (is_internal(one)) return true;
  if (one.fault != Fault::None && !inherits_fault(one)) return false;
  if (is_unspoken(one)) return true;
  if (one.role == Role::Each && (asks_existence(one, whole) || (!whole.empty() && one.words == whole))) return true;
  if (one.role == Role::Result || one.role == Role::Otherwise || one.role == Role::Item) return false;
  if (one.role == Role::Each && one.state == State::Value && one.value == above.value) return true;
  if (one.role == Role::Each || one.role == Role::Filter) return false;
  if (above.op == ExplainOp::Definition && one.words.starts_with("定义 ")) return true;
  if (above.op == ExplainOp::Not && is_join(one.op)) return true;
  if (is_arithmetic(one.op) && is_arithmetic(above.op)) return true;
  return one.role == Role::Operand && !is_named(one) && !one.words.empty() && one.words == whole;
}

// Lines that the one above makes idle: the guard of a period that existed, the nothing that `（甲 超过 乙 部分）` does
// not fall below, rows of a ladder beside their missing subject.
bool is_idle(Node const& above, Node const& one, std::string const& whole) {
  if (one.role == Role::Filter && one.words == whole) return true;
  if (above.role == Role::Each && asks_existence(above, whole) && one.words == whole)
    return one.state != State::Unknown;
  if (one.role == Role::Bound && one.words == above.words) return true;
  bool const waits = !above.children.empty() && above.children.front().role == Role::Subject &&
                     above.children.front().state == State::Unknown;
  return waits && one.role != Role::Subject;
}

std::string role_word(Node const& node, Language language) {
  switch (node.role) {
    case Role::Bound: return say(language, "限额 ", "limit ");
    case Role::Subject: return say(language, "按 ", "by ");
    case Role::Result: return say(language, "则 ", "then ");
    case Role::Otherwise: return say(language, "其余 ", "otherwise ");
    case Role::Operand:
    case Role::Condition:
    case Role::Item:
    case Role::Each:
    case Role::Filter:
    case Role::Period: return {};
  }
  return {};
}

// 增长率（研发费用） reads the series twice: each reading is known by its year.
std::string series_title(Node const& node) {
  if (node.op != ExplainOp::Series || node.children.empty()) return {};
  return node.children.front().value + node.name;
}

}  // namespace

std::string say(Language language, std::string_view zh, std::string_view en) {
  return std::string(language == Language::Chinese ? zh : en);
}

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

std::string cited(Language language, std::string const& citation) {
  if (citation.empty()) return {};
  return say(language, "（依据 ", " (") + citation + say(language, "）", ")");
}

bool is_list_mark(std::string const& citation) {
  return citation.starts_with("（") || citation.starts_with("(") ||
         (!citation.empty() && citation.find_first_not_of("0123456789") == citation.size() - 1 &&
          citation.back() == '.');
}

bool is_unspoken(Node const& node) {
  return node.op == ExplainOp::And && (node.words.starts_with("政策 ") || node.words.starts_with("policy "));
}

std::vector<Node> joined_by_words(std::vector<Node> const& operands) {
  std::vector<Node> joined;
  for (auto const& one : operands) {
    bool const again = !joined.empty() && one.role == Role::Operand && is_logic(one.op) && !one.words.empty() &&
                       one.words == joined.back().words && one.line == joined.back().line &&
                       one.column == joined.back().column;
    if (!again) {
      joined.push_back(one);
      continue;
    }
    auto& first = joined.back();
    // 且: the leftmost present of 假, 未知, 错误, 真.
    for (auto const state : {State::False, State::Unknown, State::Error})
      if (first.state == state || one.state == state) {
        first.state = state;
        break;
      }
    first.deciding = first.deciding || one.deciding;
    // 没有 …: what is not so stands below it, by itself.
    auto const* below = &one;
    while (below->children.size() == 1 && below->children.front().words == one.words) below = &below->children.front();
    first.children.insert(first.children.end(), below->children.begin(), below->children.end());
  }
  return joined;
}

bool is_truth_fact(Node const& node) {
  bool const fact = node.op == ExplainOp::Field || node.op == ExplainOp::Item || node.op == ExplainOp::Series ||
                    node.op == ExplainOp::Definition;
  return fact && (node.state == State::True || node.state == State::False);
}

bool inherits_fault(Node const& node) {
  return std::ranges::any_of(node.children, [](Node const& child) { return child.state == State::Error; });
}

std::string title_of(Node const& node, Language language) {
  bool const named = node.op == ExplainOp::Field || node.op == ExplainOp::Item || node.op == ExplainOp::Definition ||
                     node.op == ExplainOp::Parameter || node.role == Role::Item;
  if (node.op == ExplainOp::PartsTotal) return say(language, "各项合计", "sum of the parts");
  if (named && !node.name.empty()) return node.name;
  // 四舍五入 到 元 after the amount, which stands below it.
  if (auto const comma = node.words.rfind("，"); node.op == ExplainOp::Round && comma != std::string::npos)
    return node.words.substr(comma + std::string_view("，").size());
  if (!node.words.empty()) return shortened(node.words);
  return node.name;
}

void TreeText::write(int depth, Node const& root, std::string const& citation) {
  Said said;
  Around around;
  around.citation = citation;
  if (is_unspoken(root))
    children(depth, root, around, said);
  else
    node(depth, root, around, said);
}

// What a tree stands on: the titles of its leaves.
void TreeText::leaves(Node const& node, Said& titles) const {
  if (node.children.empty() && !is_silent(node)) titles.insert(title_of(node, language_));
  for (auto const& child : node.children) leaves(child, titles);
}

// Whether a row's condition asks for nothing but the subject, which stands above it.
bool TreeText::asks_subject_alone(Node const& subject, Node const& condition) const {
  Said known{title_of(subject, language_)}, asked;
  leaves(subject, known);
  leaves(condition, asked);
  return std::ranges::includes(known, asked);
}

// Whether nothing stands below the line.
bool TreeText::is_leaf(Node const& one, std::string const& whole) const {
  return std::ranges::all_of(one.children,
                             [&](Node const& child) { return is_silent(child) || is_idle(one, child, whole); });
}

void TreeText::children(int depth, Node const& above, Around const& around, Said& said) {
  bool const has_subject = !above.children.empty() && above.children.front().role == Role::Subject;
  Around inner = around;
  inner.subject = has_subject ? &above.children.front() : nullptr;
  inner.negated = around.negated || above.op == ExplainOp::Not;
  for (auto const& one : above.op == ExplainOp::And ? joined_by_words(above.children) : above.children) {
    if (is_idle(above, one, around.whole)) continue;
    if (!folds(above, one, around.whole)) {
      node(depth, one, inner, said);
      continue;
    }
    Around below = inner;
    if (!one.words.empty()) below.whole = one.words;
    children(depth, one, below, said);
  }
}

std::string TreeText::line_of(Node const& one, Around const& around, bool leaf) const {
  auto const title = one.op == ExplainOp::Series && one.words == around.whole ? series_title(one)
                     : leaf && is_aggregate(one.op) && one.state == State::Unknown && !one.name.empty()
                         ? one.name
                         : title_of(one, language_);
  bool const list_mark = one.citation != around.citation && is_list_mark(one.citation);
  auto text = std::string(mark(one.state)) + " ";
  if (one.state == State::Value || (around.negated && is_truth_fact(one))) text.clear();
  text += role_word(one, language_) + (list_mark ? one.citation : "") + title;
  if (one.state == State::Value && title != one.value) text += " ＝ " + one.value;
  if (around.negated && is_truth_fact(one)) text += " ＝ " + one.value;
  if (one.state == State::Unknown && leaf) text += say(language_, "：缺", ": missing");
  if (one.fault != Fault::None && !inherits_fault(one))
    text += say(language_, "：", ": ") + std::string(fault_text(one.fault, language_));
  if (did_not_exist(one, around.whole)) {
    text += say(language_, "：尚不存在", ": did not exist yet");
    if (one.children.front().role == Role::Filter) text += say(language_, "，不计", ", not counted");
  }
  if (is_empty_list(one)) text += say(language_, "（一条也没有）", " (no entries)");
  if (!one.source.empty()) text += say(language_, "（来源 ", " (source ") + one.source + say(language_, "）", ")");
  if (one.citation != around.citation && !list_mark) text += cited(language_, one.citation);
  if (one.shown_before) text += say(language_, "（见上文）", " (see above)");
  return text;
}

void TreeText::node(int depth, Node const& one, Around const& around, Said& said) {
  if (one.role == Role::Each && one.state == State::Value && one.children.empty()) return;  // stands beside its item
  if (is_silent(one) && one.role != Role::Result && one.role != Role::Otherwise && one.role != Role::Bound) return;
  auto const& whole = one.words.empty() ? around.whole : one.words;
  bool const leaf = is_leaf(one, whole);
  auto const text = line_of(one, around, leaf);
  if (leaf && one.role == Role::Operand && !said.insert(text).second) return;
  out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  if (one.role == Role::Condition && around.subject != nullptr && asks_subject_alone(*around.subject, one)) return;
  if (did_not_exist(one, around.whole)) return;
  Around below;
  below.citation = one.citation.empty() ? around.citation : one.citation;
  below.whole = whole;
  below.negated = around.negated && one.op != ExplainOp::Definition;
  // A fact that several parts of one condition ask for stands once; rows of a list have facts of their own.
  Said fresh;
  children(depth + 1, one, below, is_logic(one.op) && one.role != Role::Item ? said : fresh);
}

}  // namespace huiyu::explain
