// What the files of this folder share: one kernel under construction.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include <llvm/IR/IRBuilder.h>

#include "compiler/codegen/divide.h"
#include "runtime/plan/plan.h"

namespace huiyu::codegen {

// A Plan value in registers: the integer (i1 for truth) and how it stands (i8, runtime/plan/state.h). Whatever an
// undecided value holds, no instruction may trap on it or be undefined.
struct Value {
  llvm::Value* value = nullptr;
  llvm::Value* state = nullptr;
};

class Emitter {
 public:
  Emitter(llvm::Function& kernel, plan::Plan const& plan, plan::Shape const& shape);

  // Fills the kernel: loads before the loop, the loop over rows, the end.
  void emit();

 private:
  // kernel.cpp
  void start_loop();
  void finish_row(Value result);
  Value compute(plan::Node const& node);
  llvm::Value* argument(unsigned field);

  // leaves.cpp: the columns, the constants, and how operands meet
  Value input(plan::Node const& node);
  Value constant(plan::Node const& node);
  llvm::Value* load(Builder& builder, llvm::Type* type, llvm::Value* base, llvm::Value* index, unsigned stride);
  Value operand(plan::Node const& node, std::uint32_t place) const;
  llvm::Value* strict_state(plan::Node const& node);
  llvm::IntegerType* type_of(plan::Node const& node);
  llvm::IntegerType* working_type(plan::Node const& node);
  llvm::Value* resize(llvm::Value* value, llvm::IntegerType* type);
  llvm::Value* zero_of(llvm::Value* value);

  // states.cpp: how operands stand together
  llvm::Value* state_is(llvm::Value* state, std::uint8_t which);
  llvm::Value* state_of(std::uint8_t which) { return builder_.getInt8(which); }
  llvm::Value* checked(llvm::Value* state, llvm::Value* holds);
  llvm::Value* undecided(llvm::Value* any, llvm::Value* lacks);
  llvm::Value* holds(Value condition);
  llvm::Value* is_out(Value condition);

  // arithmetic.cpp
  Value fold(plan::Node const& node);
  Value subtract(plan::Node const& node);
  Value scale_up(plan::Node const& node);
  Value change_sign(plan::Node const& node);
  Value guard(plan::Node const& node);
  Value fits(plan::Node const& node);
  Value compare(plan::Node const& node);
  // rounding.cpp
  Value divide_round(plan::Node const& node);
  Value round_decimal(plan::Node const& node);
  Value reduce(plan::Node const& node);
  // logic.cpp
  Value join(plan::Node const& node);
  Value invert(plan::Node const& node);
  Value at_least_of(plan::Node const& node);
  Value or_else(plan::Node const& node);
  Value in_class(plan::Node const& node);
  // choose.cpp
  Value choose_first(plan::Node const& node);
  Value choose_unique(plan::Node const& node);
  Value choose_exclusive(plan::Node const& node);
  Value choose_all(plan::Node const& node);
  struct Tally;
  Tally tally(plan::Node const& node, llvm::IntegerType* type);
  Value agreed(Value value, Value rest);
  Value alone(Value value);
  Value last_resort(plan::Node const& node, llvm::IntegerType* type);
  // calendar.cpp
  Value add_months(plan::Node const& node);
  Value part_of_date(plan::Node const& node);
  struct Within {
    llvm::Value* value;   // 0 where it is not inside
    llvm::Value* inside;  // i1
  };
  Within within(llvm::Value* value, std::int64_t low, std::int64_t high);

  llvm::Function& kernel_;
  plan::Plan const& plan_;
  plan::Shape const& shape_;
  Builder builder_;  // in the loop
  Builder before_;   // before the loop, run once if there is a row at all
  llvm::BasicBlock* loop_ = nullptr;
  llvm::BasicBlock* end_ = nullptr;
  llvm::PHINode* row_ = nullptr;
  llvm::Value* row_count_ = nullptr;
  // What is read, the two arrays that are written: none overlaps another.
  llvm::MDNode* read_scope_ = nullptr;
  llvm::MDNode* out_scope_ = nullptr;
  llvm::MDNode* out_states_scope_ = nullptr;
  std::map<unsigned, llvm::Value*> arguments_;  // the fields that were asked for
  std::vector<std::uint32_t> constant_limbs_;   // first limb of each constant slot
  std::vector<Value> values_;                   // by place in the shape
  // The greatest common divisors that were asked for: places of the two nodes, bits.
  std::map<std::tuple<std::uint32_t, std::uint32_t, unsigned>, llvm::Value*> divisors_;
};

// 10^n for n ≤ 150, in 512 bits.
llvm::APInt power_of_ten(std::int64_t n);

}  // namespace huiyu::codegen
