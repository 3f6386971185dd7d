// What the generated sources hold; private to runtime/codes.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/codes/codes.h"
#include "runtime/codes/history.h"

namespace huiyu::codes {

// The ids that bear one name: ids_by_name[begin, end).
struct NameKey {
  std::string_view name;  // full-width forms folded
  std::int32_t begin;
  std::int32_t end;
};

struct CodeTable {
  std::string_view edition;
  std::span<CodeEntry const> entries;  // sorted by code, which is preorder too
  std::span<NameKey const> names;      // sorted by name
  std::span<std::int32_t const> ids_by_name;
  std::span<CodeChange const> changes;
};

extern CodeTable const region_table;
extern CodeTable const industry_table;

inline CodeTable const& table_of(CodeSystem system) {
  return system == CodeSystem::Region ? region_table : industry_table;
}

}  // namespace huiyu::codes
