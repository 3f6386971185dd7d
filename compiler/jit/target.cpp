#include "compiler/jit/target.h"

#include <mutex>

#include <llvm/Config/llvm-config.h>
#include <llvm/Support/TargetSelect.h>

namespace huiyu::jit {

Error failed(llvm::Error error) { return {ErrorKind::Environment, "native code: " + llvm::toString(std::move(error))}; }

Result<llvm::orc::JITTargetMachineBuilder> host_target() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeNativeTarget();
    llvm::InitializeNativeTargetAsmPrinter();
  });
  auto target = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!target) return failed(target.takeError());
  return std::move(*target);
}

// A hash of the sources that decide what code a shape gets and how it is called.
constexpr char const* sources =
#include "native_sources.inc"
    ;

std::string target_identity(llvm::orc::JITTargetMachineBuilder const& target) {
  return std::string("sources ") + sources + " LLVM " LLVM_VERSION_STRING " " + target.getTargetTriple().str() + " " +
         target.getCPU() + " " + target.getFeatures().getString();
}

}  // namespace huiyu::jit
