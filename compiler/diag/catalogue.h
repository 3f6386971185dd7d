// Every diagnostic there is, one row each in catalogue/*.def; the codes are permanent.
//
// A row `X(Code, Name, Severity, "zh", "en", ArgumentTypes...)` declares `diag::Name`,
// a row `NOTE(Name, "zh", "en", ArgumentTypes...)` declares `diag::note::Name` for labels and help.
// Wording: what was found, lower-case start, no final period, user text in backticks.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "compiler/diag/message.h"

namespace huiyu::diag {

enum class Severity : std::uint8_t { Error, Warning, Info };

struct KindInfo {
  std::string_view code, name;
  Severity severity;
  MessageFormat format;
};

template <class... Args> struct Kind {
  KindInfo info;
};

template <class... Args> constexpr std::size_t arity(Kind<Args...> const&) { return sizeof...(Args); }
template <class... Args> constexpr std::size_t arity(Note<Args...> const&) { return sizeof...(Args); }

#define X(Code, Name, Level, Zh, En, ...)                                             \
  inline constexpr Kind<__VA_ARGS__> Name{{#Code, #Name, Severity::Level, {Zh, En}}}; \
  static_assert(fits(Zh, arity(Name)) && fits(En, arity(Name)), "gaps and arguments of " #Name);
#define NOTE(Name, Zh, En, ...)                      \
  namespace note {                                   \
  inline constexpr Note<__VA_ARGS__> Name{{Zh, En}}; \
  }                                                  \
  static_assert(fits(Zh, arity(note::Name)) && fits(En, arity(note::Name)), "gaps and arguments of " #Name);
#include "compiler/diag/catalogue/all.def"
#undef X
#undef NOTE

// All kinds in the order of the catalogue, for the tests and the reference.
std::span<KindInfo const* const> all_kinds();

}  // namespace huiyu::diag
