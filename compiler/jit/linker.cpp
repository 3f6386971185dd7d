#include "compiler/jit/linker.h"

#include <llvm/ExecutionEngine/Orc/LLJIT.h>

#include "compiler/jit/target.h"

namespace huiyu::jit {

Linker::Linker(std::unique_ptr<llvm::orc::LLJIT> jit) : jit_(std::move(jit)) {}
Linker::Linker(Linker&&) noexcept = default;
Linker& Linker::operator=(Linker&&) noexcept = default;
Linker::~Linker() = default;

Result<Linker> Linker::make() {
  auto target = host_target();
  if (!target) return target.error();
  // Symbols of the process are out of reach, and nothing runs before or after the kernels.
  auto jit = llvm::orc::LLJITBuilder()
                 .setJITTargetMachineBuilder(std::move(*target))
                 .setLinkProcessSymbolsByDefault(false)
                 .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
                 .create();
  if (!jit) return failed(jit.takeError());
  return Linker(std::move(*jit));
}

Result<void> Linker::add(std::string const& object) {
  if (auto error = jit_->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object, "kernels")))
    return failed(std::move(error));
  return {};
}

Result<std::vector<engine::Kernel>> Linker::look_up(std::vector<std::string> const& symbols) {
  auto& session = jit_->getExecutionSession();
  llvm::orc::SymbolLookupSet wanted;
  std::vector<llvm::orc::SymbolStringPtr> names;
  for (auto const& symbol : symbols) {
    names.push_back(session.intern(symbol));
    wanted.add(names.back());
  }
  auto found = session.lookup(llvm::orc::makeJITDylibSearchOrder(&jit_->getMainJITDylib()), std::move(wanted));
  if (!found) return failed(found.takeError());
  std::vector<engine::Kernel> kernels;
  for (auto const& name : names) kernels.push_back((*found)[name].getAddress().toPtr<engine::Kernel>());
  return kernels;
}

}  // namespace huiyu::jit
