// What the files of this folder share: one kernel under construction.
#pragma once

#include <llvm/IR/IRBuilder.h>

#include <span>
#include <vector>

#include "compiler/codegen/codegen.h"

namespace huiyu::codegen {

// A Plan value in a register: the integer (i1 for truth) and whether it is valid (i1).
struct Value {
  llvm::Value* value = nullptr;
  llvm::Value* valid = nullptr;
};

// The arrays of KernelArguments, loaded once before the loop.
struct Arrays {
  llvm::Value* inputs = nullptr;
  llvm::Value* input_valid = nullptr;
  llvm::Value* constants = nullptr;
  llvm::Value* constant_valid = nullptr;
  llvm::Value* class_tables = nullptr;
};

class Emitter {
 public:
  Emitter(llvm::Function& kernel, plan::Plan const& plan, plan::Shape const& shape);

  // The value of the shape's node at `place`, whose operands are already in `values`.
  Value emit(plan::Node const& node);

  // One row after another; called with the builder inside the loop.
  void start_row(llvm::Value* row);
  Value last() const { return values_.back(); }
  void add(Value value) { values_.push_back(value); }

  llvm::IRBuilder<>& builder() { return builder_; }
  Arrays& arrays() { return arrays_; }

 private:
  // leaves.cpp
  Value input(plan::Node const& node);
  Value constant(plan::Node const& node);
  llvm::Value* load_limbs(llvm::Value* base, llvm::Value* first_limb, unsigned width);
  // arithmetic.cpp
  Value arithmetic(plan::Node const& node);
  Value sign(plan::Node const& node);
  Value divide_round(plan::Node const& node);
  Value guarded(plan::Node const& node);
  Value compare(plan::Node const& node);
  llvm::Value* divide_unsigned(llvm::Value* numerator, llvm::Value* denominator);
  // logic.cpp
  Value logic(plan::Node const& node);
  Value in_class(plan::Node const& node);
  // choose.cpp
  Value choose_first(plan::Node const& node);
  Value choose_unique(plan::Node const& node);
  Value choose_all(plan::Node const& node);

  Value operand(plan::Node const& node, std::uint32_t place) const;
  std::vector<Value> operands(plan::Node const& node) const;
  llvm::Type* type_of(plan::Node const& node) const;
  // Sign-extends to `type`; truth becomes 0 or 1.
  llvm::Value* widen(llvm::Value* value, llvm::Type* type);
  std::pair<llvm::Value*, llvm::Value*> common(Value a, Value b);

  llvm::Function& kernel_;
  plan::Plan const& plan_;
  plan::Shape const& shape_;
  llvm::IRBuilder<> builder_;
  Arrays arrays_;
  llvm::Value* row_ = nullptr;
  std::vector<Value> values_;             // by place in the shape
  std::vector<std::uint32_t> constant_limb_;  // first limb of each constant slot
};

}  // namespace huiyu::codegen
