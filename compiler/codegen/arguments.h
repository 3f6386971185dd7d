// engine::KernelArguments as IR sees it: eight fields of eight bytes. compiler/jit asserts that the struct agrees.
#pragma once

#include <llvm/IR/DerivedTypes.h>

namespace huiyu::codegen {

enum Field : unsigned {
  RowCount,
  Inputs,
  InputStates,
  Constants,
  ConstantStates,
  ClassTables,
  Out,
  OutStates,
  FieldCount
};
inline constexpr unsigned field_bytes = 8;

// Rows come in whole groups of as many, and all constants are known: runtime/engine/native_run.h.
inline constexpr unsigned group_bits = 3;

// engine::ClassTable: the bytes of members, then their number.
inline llvm::StructType* class_table_type(llvm::LLVMContext& context) {
  return llvm::StructType::get(context, {llvm::PointerType::getUnqual(context), llvm::Type::getInt64Ty(context)});
}

}  // namespace huiyu::codegen
