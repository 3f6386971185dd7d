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

// engine::ClassTable: the bytes of members, then their number.
inline llvm::StructType* class_table_type(llvm::LLVMContext& context) {
  return llvm::StructType::get(context, {llvm::PointerType::getUnqual(context), llvm::Type::getInt64Ty(context)});
}

}  // namespace huiyu::codegen
