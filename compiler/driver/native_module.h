// Native code on demand: loads the module that holds LLVM on first use.
#pragma once

#include "compiler/jit/module_abi.h"
#include "runtime/base/result.h"

namespace huiyu::driver {

// The module's table, loaded once per process from beside the command (../lib), or from HUIYU_NATIVE_MODULE.
Result<jit::ModuleTable const*> native_module();

}  // namespace huiyu::driver
