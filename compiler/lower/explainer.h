// The source's tree of expressions, for people and for judging one record by itself. Private to the folder.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "compiler/lower/lowerer.h"

namespace huiyu::lower {

class Explainer {
 public:
  Explainer(Lowerer& lowerer, Place place) : lowerer_(lowerer), place_(std::move(place)) {}

  // The tree of an expression; none for an absent one. `citation`: of the row or item around it, where it has none
  // itself.
  plan::Ref<plan::Explain> lower(tir::ExprId id, std::string_view citation = {});
  // The same, cut down to whole 分.
  plan::Ref<plan::Explain> floored(tir::ExprId id);
  // 最高, 最低 of a tree.
  plan::Ref<plan::Explain> capped(plan::Ref<plan::Explain> operand, bool at_most, tir::ExprId bound, Span span);
  // An item's amount: its own caps, which stand at its root, cut down to whole 分.
  plan::Ref<plan::Explain> item_amount(tir::ExprId id);
  // The sum of a policy's parts.
  plan::Ref<plan::Explain> parts_total(Span span);
  // A name that a policy concludes, the same for all.
  plan::Ref<plan::Explain> name(std::string_view text, Span span);

 private:
  struct Shape {
    plan::Explain row;
    std::vector<plan::Ref<plan::Explain>> children;
  };
  plan::Explain blank(plan::ExplainOp op, types::Type const& type, Span span, std::string_view citation) const;
  plan::Ref<plan::Explain> add(Shape shape);

  Shape shape_of(tir::ExprId id, plan::Explain row);
  Shape of_number(BigRational const& value, plan::Explain row);
  Shape of_constant(tir::Value const& value, plan::Explain row);
  Shape of_definition(tir::DefinitionValue const& e, plan::Explain row);
  Shape of_aggregate(tir::Aggregate const& e, plan::Explain row);
  Shape of_window(tir::Window const& e, plan::Explain row);
  Shape of_choose(tir::Choose const& e, plan::Explain row);
  Shape of_field(tir::BindingId of, tir::FieldId field, plan::Explain row);
  std::uint8_t depth_of(std::size_t record) const {
    return static_cast<std::uint8_t>(place_.records.size() - 1 - record);
  }

  Lowerer& lowerer_;
  Place place_;
  // The same number for the same citation.
  std::uint32_t number_of(std::string_view citation);

  std::unordered_map<std::uint64_t, plan::Ref<plan::Explain>> known_;  // by expression and number of its citation
  std::map<std::string, std::uint32_t, std::less<>> citations_;
  mutable FileId file_;  // the last that was named, and its path
  mutable plan::TextRef path_;
};

}  // namespace huiyu::lower
