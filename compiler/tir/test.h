#pragma once

// 测试 after checking: facts that are given and outcomes that are expected. No part of a Program: no engine sees them;
// whoever runs tests makes records of them and compares what comes out.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/tir/tir.h"

namespace huiyu::tir {

// A year or month that is named, or that counts from the test's own: `by` from 申报年度, or from the month of 基准日.
struct TestPeriod {
  SeriesStep step = SeriesStep::Yearly;
  bool relative = false;
  std::int32_t number = 0;  // year, or year × 12 + month − 1; relative: how many later
  friend bool operator==(TestPeriod const&, TestPeriod const&) = default;
};

struct GivenRow;

// One fact of a record: of a field, or of a definition, which then stands.
struct GivenFact {
  FieldId field{};
  DefinitionId definition{};                  // where `field` is absent
  std::optional<Value> value;                 // absent: missing
  std::optional<TestPeriod> period;           // of a series; absent with no value: the series as a whole is missing
  std::optional<std::vector<GivenRow>> rows;  // of a list
  Span span;
};
struct GivenRow {
  std::vector<GivenFact> facts;
};

struct GivenRecord {
  std::string label;
  SchemaId schema{};
  std::vector<GivenFact> facts;  // those of 同 first; of two about one thing the later stands
  Span span;
};

// What holds for the test alone. A value that is absent is missing.
struct GivenParameter {
  ParameterId parameter{};
  std::optional<Value> value;
};
struct GivenReferenceRow {
  ReferenceTableId table{};
  std::vector<Value> keys;
  std::optional<Value> value;
};

enum class ExpectedOutcome : std::uint8_t { Any, Eligible, Ineligible, Unknown, NotApplicable, Error, Pending };
// What of the outcome is meant.
enum class ExpectedPart : std::uint8_t { Whole, Item, Share, Instalment, Stage, Alert, Definition };

struct Expectation {
  std::size_t record = 0;  // into `Test::records`
  ExpectedPart part{};
  PolicyId policy{};          // all but Definition
  DefinitionId definition{};  // Definition
  std::string name;           // of the item, party or alert
  std::string text;           // the expected value as a drafter writes it
  ExpectedOutcome outcome{};
  std::optional<Value> value;
  Type type;  // of `value`
  // The missing facts, exactly these; a reference table stands for each of its rows. Absent: not asked.
  std::optional<std::vector<std::pair<std::string, std::optional<TestPeriod>>>> missing;
  Span span;
};

struct Test {
  std::string title;
  std::optional<std::int32_t> as_of_day;         // 基准日; absent: nothing that is expected hangs on it
  std::optional<std::int32_t> application_year;  // 申报年度
  std::vector<GivenParameter> parameters;
  std::vector<GivenReferenceRow> reference_rows;
  std::vector<GivenRecord> records;
  std::vector<Expectation> expectations;
  Span span;
};

}  // namespace huiyu::tir
