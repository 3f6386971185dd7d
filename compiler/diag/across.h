// Diagnostics about policies beside each other. Few files report them, and catalogue.h is included by all: what is
// added here is compiled where it is said. Rows as there.
#pragma once

#include "compiler/diag/catalogue.h"

namespace huiyu::diag {

#define X(Code, Name, Level, Zh, En, ...)                                             \
  inline constexpr Kind<__VA_ARGS__> Name{{#Code, #Name, Severity::Level, {Zh, En}}}; \
  static_assert(fits(Zh, arity(Name)) && fits(En, arity(Name)), "gaps and arguments of " #Name);
#define NOTE(Name, Zh, En, ...)                      \
  namespace note {                                   \
  inline constexpr Note<__VA_ARGS__> Name{{Zh, En}}; \
  }                                                  \
  static_assert(fits(Zh, arity(note::Name)) && fits(En, arity(note::Name)), "gaps and arguments of " #Name);
#include "compiler/diag/catalogue/across.def"
#undef X
#undef NOTE

}  // namespace huiyu::diag
