#include "compiler/jit/module_abi.h"

extern "C" [[gnu::visibility("default")]] huiyu::jit::ModuleTable const* huiyu_native_module() {
  static constexpr huiyu::jit::ModuleTable table{huiyu::jit::module_build, &huiyu::jit::NativeCode::compile, &huiyu::jit::print_ir};
  return &table;
}
