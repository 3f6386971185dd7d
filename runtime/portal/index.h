#pragma once

// All policies about one 结构, arranged so that one record meets only those it may fit.
//
// A record becomes a code for each column: where its value lies among the constants of the release. Policies stand by
// place (the 辖区 that they name), and within a place under one column each: that of their most selective test. A
// record compares its codes with those tests first, all of one column one after the other, and reads the other tests
// only of the policies that are left. What codes do not say (derived values, lists, texts) the engine is asked in the
// end.
//
// An Index is immutable and holds nothing of a record: threads share it. It must not outlive its plan.

#include <cstdint>
#include <vector>

#include "runtime/columns/batch.h"
#include "runtime/engine/bind.h"
#include "runtime/genes/rank_codes.h"
#include "runtime/genes/stab.h"
#include "runtime/portal/code_test.h"
#include "runtime/portal/payments.h"
#include "runtime/portal/rests.h"

namespace huiyu::portal {

struct Index {
  // A column that is coded.
  struct Slot {
    std::uint32_t place = 0;  // in the batch
    genes::RankCodes codes;
  };
  // A range of `groups`: the policies of one place, or those that name none.
  struct Place {
    std::uint32_t begin = 0, end = 0;
  };
  // A policy below its place and an interval of its first test.
  struct Entry {
    std::uint32_t policy = 0;
    std::uint32_t tests_begin = 0, tests_end = 0;  // those after the second: in `tests`, the most selective first
  };
  // What codes do not say of it.
  struct Policy {
    std::uint32_t rests_begin = 0, rests_end = 0;  // in `rests`: all must hold, what is asked fastest first
    bool is_open = false;                          // one of `others`
  };
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  plan::Ref<plan::Relation> subject;
  std::vector<Slot> slots;
  std::uint32_t place_slot = none;  // the column that says where a record is; none: nothing is apart by place
  std::vector<Place> places;        // the first: of policies that name none
  std::vector<std::vector<std::uint32_t>> places_of;  // by code of `place_slot`: in `places`
  // Policies of one place whose first test is of one column: an interval each in `lows` and `spans`, and what remains
  // to be tested where it holds the code in `seconds` and `entries`. Whoever names no test that codes can make stands
  // under the slot past the last, whose code is always 1.
  std::vector<genes::StabGroup> groups;
  std::vector<genes::Code> lows, spans;  // and room for genes::stab_room more
  std::vector<CodeTest> seconds;
  std::vector<Entry> entries;
  std::vector<Policy> policies;  // by position in the plan
  std::vector<CodeTest> tests;   // of policies in the order of their entries
  std::vector<RestNode> rests;
  std::vector<std::uint64_t> bitmaps;
  std::vector<std::uint32_t> others;  // policies that may be left to the explanation
  Payments payments;

  bool holds(CodeTest test, genes::Code const* codes) const {
    // Which of the two it is nobody can foretell: both are looked at.
    auto const code = codes[test.slot];
    auto const word = bitmaps[test.is_set != 0 ? test.where + code / 64U : 0];
    bool const in_set = ((word >> (code % 64)) & 1) != 0;
    bool const inside = static_cast<genes::Code>(code - test.where) <= (test.where >> 16);
    return test.is_set != 0 ? in_set : inside;
  }
};

// For the policies about the subject that are in force. Which test comes first is estimated: on records where there are
// some (a batch of the subject), else as if all codes of a column were equally frequent. It changes nothing but the
// time.
Index make_index(engine::BoundPlan const& bound, plan::Ref<plan::Relation> subject,
                 columns::Batch const* sample = nullptr);

// What an index takes in memory.
std::size_t bytes(Index const& index);

}  // namespace huiyu::portal
