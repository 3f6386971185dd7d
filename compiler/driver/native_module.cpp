#include "compiler/driver/native_module.h"

#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <system_error>

#include <dlfcn.h>

namespace huiyu::driver {

namespace {

std::string module_path() {
  if (char const* path = std::getenv("HUIYU_NATIVE_MODULE"); path != nullptr && *path != '\0') return path;
  std::error_code error;
  auto command = std::filesystem::read_symlink("/proc/self/exe", error);
  if (error) return "libhuiyu_native.so";
  return (command.parent_path().parent_path() / "lib" / "libhuiyu_native.so").string();
}

Result<jit::ModuleTable const*> load() {
  auto path = module_path();
  // Lazily: a run with stored machine code calls few of LLVM's functions.
  void* library = dlopen(path.c_str(), RTLD_LAZY | RTLD_LOCAL);
  if (library == nullptr)
    return Error{ErrorKind::Environment, std::string("native code is not available: ") + dlerror()};
  auto* entry = reinterpret_cast<jit::ModuleTable const* (*)()>(dlsym(library, jit::module_symbol));
  if (entry == nullptr) return Error{ErrorKind::Environment, path + " is not a module of native code"};
  auto const* table = entry();
  if (std::strcmp(table->build, jit::module_build) != 0)
    return Error{ErrorKind::Environment, path + " comes from another build"};
  return table;
}

}  // namespace

Result<jit::ModuleTable const*> native_module() {
  static Result<jit::ModuleTable const*> const loaded = load();
  return loaded;
}

}  // namespace huiyu::driver
