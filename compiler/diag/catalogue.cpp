#include "compiler/diag/catalogue.h"

namespace huiyu::diag {

std::span<KindInfo const* const> all_kinds() {
  static constexpr KindInfo const* kinds[] = {
#define X(Code, Name, Level, Zh, En, ...) &Name.info,
#define NOTE(Name, Zh, En, ...)
#include "compiler/diag/catalogue/all.def"
#undef X
#undef NOTE
  };
  return kinds;
}

}  // namespace huiyu::diag
