#include "compiler/cache/disk_cache.h"
#include "compiler/jit/module_abi.h"
#include "compiler/jit/native.h"

namespace {

using huiyu::jit::LoadedCode;
using huiyu::jit::NativeCode;

huiyu::Result<LoadedCode> compile(huiyu::plan::Plan const& plan, huiyu::jit::CompileManner const& manner) {
  auto native = NativeCode::compile(
      plan, {huiyu::cache::default_folder(), huiyu::jit::ahead_folder(), manner.threads, manner.stop});
  if (!native) return native.error();
  auto owner = std::make_shared<NativeCode const>(std::move(*native));
  return LoadedCode{owner, &owner->functions(), owner->report().left == 0};
}

}  // namespace

extern "C" [[gnu::visibility("default")]] huiyu::jit::ModuleTable const* huiyu_native_module() {
  static constexpr huiyu::jit::ModuleTable table{huiyu::jit::module_build, &compile, &huiyu::jit::print_ir,
                                                 &huiyu::jit::compile_ahead};
  return &table;
}
