// The functions of the language, one file each. The checker reads the parameters, the oracle calls the kernel; no stage
// has a switch over them.
//
// To add one: a file here that defines one `Builtin const` named for the file. CMake lists the folder.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "compiler/tir/tir.h"

namespace huiyu::builtins {

// What happens when an argument is missing. Propagate: so is the result. Handled: the kernel is called all the same.
enum class Nulls : std::uint8_t { Propagate, Handled };

struct Param {
  std::string_view name;
  types::Type type;
};

struct Builtin {
  std::string_view name;  // as it stands in tir, in the drafter's words
  std::span<Param const> params;
  types::Type result;
  Nulls nulls = Nulls::Propagate;
  // The meaning. None: there is no such value (a date past the year 9999), a rule error.
  std::optional<tir::Value> (*kernel)(std::span<tir::Value const> arguments) = nullptr;
  // Least and greatest result where it is a number; whole numbers only.
  std::int64_t low = 0, high = 0;
  std::string_view summary;  // for the reference
  std::string_view example;  // `加月（2024-01-31，1个月）= 2024-02-29`: a test runs it
};

// All of them, by name.
std::span<Builtin const* const> all();
// The one with this name; null if there is none.
Builtin const* find(std::string_view name);

// For the rows: types as constants.
constexpr types::Type plain(types::Kind kind) {
  types::Type type;
  type.kind = kind;
  return type;
}
constexpr types::Type measured(types::BaseUnit base) {
  types::Type type = plain(types::Kind::Number);
  type.unit = types::unit_of(base);
  return type;
}

}  // namespace huiyu::builtins
