// What a reader makes of a register before anything is matched.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "runtime/columns/batch.h"

namespace huiyu::driver {

// One fact, or one fact of a list's rows (`技改项目.设备投资额`).
struct FactSummary {
  std::string name;
  columns::FieldLayout const* field = nullptr;  // of the layout that DataCheck was given
  std::int64_t present = 0, missing = 0;        // unreadable cells are missing, too
  std::int64_t items = 0;                       // lists, sets and series
  std::int64_t faults = 0;
  std::optional<std::int64_t> low, high;  // numbers, dates, years and months; of a series, of its values
  std::vector<columns::CellReport> examples;
};

class DataCheck {
 public:
  // The layout must outlive this object.
  explicit DataCheck(columns::RecordLayout const& layout);

  void add(columns::Batch const& batch);
  void add(std::vector<columns::CellReport> const& reports);
  void set_fields(std::vector<std::string> unknown, std::vector<std::string> absent);

  std::int64_t reported() const { return reported_; }
  std::string to_text(Language language) const;
  std::string to_json() const;

 private:
  // What is read of other records, and what others make of one, is no fact of these data unless they state it.
  bool left_out(FactSummary const& fact) const;
  std::vector<FactSummary const*> shown_facts() const;
  std::size_t field_count() const;
  std::vector<std::string> shown_record(columns::Batch const& batch, std::int64_t row) const;

  columns::RecordLayout const& layout_;
  std::vector<FactSummary> facts_;
  std::vector<columns::CellReport> strays_;  // rows of child tables without a record, and faults of no known fact
  std::int64_t rows_ = 0, reported_ = 0, duplicates_ = 0, stray_count_ = 0;
  std::vector<std::string> unknown_, absent_;
  std::vector<std::vector<std::string>> sample_;  // a text for each field of the layout; empty: missing
};

}  // namespace huiyu::driver
