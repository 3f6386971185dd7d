// Inside check only: 引用, another module's definition over a 结构 of ours.
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Finds what each 引用 names. Before there are views: `used` has the modules in use of each file.
void resolve_imports(Context& context, std::map<ast::File const*, std::vector<std::size_t>> const& used);

// How many 引用 lie between a definition and what was written with 定义.
int imports_behind(Context const& context, std::size_t slot);

// Decides for which 结构 the definition is imported; absent: for none, or it cannot be (reported).
SchemaId prepare_import(Context& context, std::size_t slot);

// The 结构 whose record is really there.
SchemaId schema_of_record(Context const& context, RecordInScope const& record);
// The record one 引用 or reference nearer to the one that is really there.
RecordInScope behind(Context const& context, RecordInScope const& record);

// The definition as it is for records of `record`: where one stands in, a copy that is checked again.
std::size_t definition_for(Context& context, std::size_t slot, RecordInScope const& record);

// A field of a record by name. What it stands for where the record stands in for one of another 结构.
struct FoundField {
  tir::FieldId field{};  // absent: `value`
  tir::ExprId value{};   // may be poison
};
std::optional<FoundField> find_field(Context& context, RecordInScope const& record, std::string_view name, Span use);

// Checks what follows 其中, whether or not it is needed.
void check_mapping(Context& context, std::size_t stand_in);

}  // namespace huiyu::check
