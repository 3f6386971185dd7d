// Inside check only: references. A field may hold the key of a record of another 结构, and `申报单位.注册地` is what
// that record states. Whatever is read so is a field of the record that points at it (tir::Field::via).
#pragma once

#include "compiler/check/context.h"

namespace huiyu::check {

// Whether a type names a 结构, so that the field is a reference to one of its records.
std::optional<Type> reference_type(Context const& context, ast::TypeName const& name);

// That references point at what they can: after all fields and keys are declared. Fields that do not are poisoned.
void check_references(Context& context);

// The record to which the first parts of a path lead, and what is left of it.
struct Followed {
  RecordInScope record;
  std::vector<ast::Name> rest;
  bool poisoned = false;  // it cannot be followed, which has been reported
};
// Absent where the path does not begin with a reference or ends with it.
std::optional<Followed> follow(Context& context, Scope const& scope, ast::Path const& path);

// Whether a reference leads to such a field: one of a list's row leads to single values alone. False: reported.
bool can_read_through(Context& context, tir::FieldId reference, tir::FieldId target, Span use);

// What the field `target` of the record is that a reference points at: a field beside the reference.
tir::FieldId field_through(Context& context, tir::FieldId reference, tir::FieldId target);

// Whether the record is one that a reference points at: it has no payments of its own, and is in no 群体.
bool is_pointed_at(Context const& context, RecordInScope const& record);

}  // namespace huiyu::check
