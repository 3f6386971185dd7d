#pragma once

// What the files of verify share.

#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::plan {

class Faults {
 public:
  // Notes a fault of a row unless `holds`; answers `holds`.
  bool expect(bool holds, char const* table, std::size_t row, std::string_view what) {
    if (!holds) note(table, row, what);
    return holds;
  }
  void checking(char const* invariant) { invariant_ = invariant; }
  bool none_found() const { return found_.empty(); }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  // Apart, so that what holds costs next to nothing.
  [[gnu::noinline]] void note(char const* table, std::size_t row, std::string_view what) {
    if (found_.size() < most)
      found_.push_back(std::string(invariant_) + ": " + table + "[" + std::to_string(row) + "]: " + std::string(what));
  }

  static constexpr std::size_t most = 20;
  char const* invariant_ = "";
  std::vector<std::string> found_;
};

// One predicate for each invariant, in this order: each leans on those before it.
void check_references(Plan const& plan, Faults& faults);  // every reference lies in its table, every enumerator is one
void check_packing(Plan const& plan,
                   Faults& faults);  // ranges follow each other: each row of a range table has one owner
void check_texts(Plan const& plan, Faults& faults);  // texts are UTF-8

void check_relations(Plan const& plan, Faults& faults);  // owners first; a list's rows and the list name each other
void check_columns(Plan const& plan, Faults& faults);    // kind, width and relation of a column fit each other
void check_constants(Plan const& plan,
                     Faults& faults);  // parameters, reference tables, constants, class sets are well formed
void check_shapes(Plan const& plan, Faults& faults);   // operations have the operands they need, each slot one reader
void check_uses(Plan const& plan, Faults& faults);     // columns and constants fit the slots
void check_derived(Plan const& plan, Faults& faults);  // in order of dependence, with what their kind needs
void check_atoms(Plan const& plan, Faults& faults);    // the test fits the column
void check_conditions(Plan const& plan, Faults& faults);  // members first, one relation
void check_policies(Plan const& plan, Faults& faults);    // conditions, parts and values are about the subject
void check_explains(Plan const& plan, Faults& faults);    // children first, as many as the operation takes
void check_settlement(Plan const& plan, Faults& faults);  // cohorts and settlements

// Whether a width is one that values may have.
constexpr bool valid_width(std::uint8_t width) { return width == 1 || width == 2 || width == 4 || width == 8; }

}  // namespace huiyu::plan
