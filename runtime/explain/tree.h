#pragma once

// Findings as a tree for people: names, shown values, and which operands decided.

#include <set>
#include <utility>

#include "runtime/explain/explanation.h"

namespace huiyu::explain {

class TreeBuilder {
 public:
  TreeBuilder(Record const& record, Findings const& findings) : record_(record), findings_(findings) {}

  // `deciding`: whether the pair's outcome hangs on this finding.
  Node build(std::uint32_t finding, bool deciding) { return build(finding, Role::Operand, deciding); }

 private:
  Node build(std::uint32_t finding, Role role, bool deciding);
  Node blank(Finding const& finding, Role role, bool deciding) const;
  void name(plan::Explain const& row, Node& node) const;
  void add(Node& node, std::uint32_t child, Role role, bool deciding);
  void add_operands(plan::Explain const& row, Finding const& finding, Node& node);
  void add_choice(plan::Explain const& row, Finding const& finding, Node& node);
  void add_items(plan::Explain const& row, Finding const& finding, Node& node);
  bool operand_decides(plan::Explain const& row, Finding const& finding, std::size_t place) const;

  Record const& record_;
  Findings const& findings_;
  std::set<std::uint32_t> definitions_;  // findings that have been shown
};

}  // namespace huiyu::explain
