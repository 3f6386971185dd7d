// Where an expression stands: the records in scope and the years that 本年 and bound periods mean.
#pragma once

#include <algorithm>
#include <optional>
#include <tuple>
#include <vector>

#include "compiler/tir/tir.h"
#include "runtime/plan/plan.h"

namespace huiyu::lower {

// A year or month that is known up to what a run is about: a literal, or 申报年度 or the month of 基准日 plus an
// offset.
struct PeriodTerm {
  enum class Base : std::uint8_t { Literal, ApplicationYear, AsOfMonth, Unknown };
  Base base = Base::Unknown;
  std::int64_t offset = 0;
  friend auto operator<=>(PeriodTerm const&, PeriodTerm const&) = default;
};

struct Place {
  struct Record {
    tir::BindingId binding;
    plan::Ref<plan::Relation> relation;
  };
  struct Period {
    tir::PeriodId id;
    PeriodTerm term;  // Unknown in explanations, which bind periods themselves
  };
  std::vector<Record> records;     // outermost first; programs run over the rows of the last
  plan::Ref<plan::Relation> host;  // where no record is in scope: whose rows ask for the value
  PeriodTerm year{PeriodTerm::Base::ApplicationYear, 0}, month{PeriodTerm::Base::AsOfMonth, 0};
  std::vector<Period> periods;

  plan::Ref<plan::Relation> relation() const { return records.empty() ? host : records.back().relation; }

  std::optional<std::size_t> find(tir::BindingId binding) const {
    for (std::size_t i = records.size(); i-- > 0;)
      if (records[i].binding == binding) return i;
    return std::nullopt;
  }
  std::optional<std::size_t> find(tir::PeriodId period) const {
    for (std::size_t i = periods.size(); i-- > 0;)
      if (periods[i].id == period) return i;
    return std::nullopt;
  }
};

}  // namespace huiyu::lower
