#pragma once

// One tree of an explanation as indented lines: what the clause says, the values found, and nothing twice.

#include <set>
#include <string>
#include <vector>

#include "runtime/explain/explanation.h"
#include "runtime/explain/render.h"

namespace huiyu::explain {

// `zh` or `en`.
std::string say(Language language, std::string_view zh, std::string_view en);
// ✓ ✗ ? ! ＝
std::string_view mark(State state);
// （依据 第二条）; empty without a citation.
std::string cited(Language language, std::string const& citation);
// （一）, 1.: the mark of a list's member, which stands before what it cites.
bool is_list_mark(std::string const& citation);
// The clause's words, or the name of what is shown.
std::string title_of(Node const& node, Language language);
// 且 that the checker made of several lines has no words of its own.
bool is_unspoken(Node const& node);
// Operands of 且 that come of one phrase (年收入 首次达到 1000万元: this year it does, and in no earlier one it did) as
// one of its words, with what stands below them.
std::vector<Node> joined_by_words(std::vector<Node> const& operands);
// A fact or definition that is true or false.
bool is_truth_fact(Node const& node);
// Whether the fault came from further down.
bool inherits_fault(Node const& node);

class TreeText {
 public:
  TreeText(Language language, std::string& out) : language_(language), out_(out) {}

  // The lines of `root`; `citation`: that of the policy, which is not said again.
  void write(int depth, Node const& root, std::string const& citation);

 private:
  // What the lines above have said.
  struct Around {
    std::string citation;
    std::string whole;  // the words of the clause
    Node const* subject = nullptr;
    bool negated = false;  // under 没有 or 除外: a fact is shown as a value, not as ✓ or ✗
  };
  using Said = std::set<std::string>;  // lines without anything below them

  void node(int depth, Node const& one, Around const& around, Said& said);
  void children(int depth, Node const& above, Around const& around, Said& said);
  std::string line_of(Node const& one, Around const& around, bool leaf) const;
  bool is_leaf(Node const& one, std::string const& whole) const;
  bool asks_subject_alone(Node const& subject, Node const& condition) const;
  void leaves(Node const& node, Said& titles) const;

  Language language_;
  std::string& out_;
};

}  // namespace huiyu::explain
