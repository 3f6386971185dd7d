#include <llvm/Object/ELFObjectFile.h>

#include "compiler/jit/object.h"

namespace huiyu::jit {

namespace {

using Elf = llvm::object::ELFObjectFileBase;

std::optional<std::string> section_refusal(llvm::object::ELFSectionRef section) {
  using namespace llvm::ELF;
  if ((section.getFlags() & SHF_ALLOC) == 0 || section.getSize() == 0) return std::nullopt;
  auto name = section.getName();
  auto const text = name ? name->str() : llvm::toString(name.takeError());
  if ((section.getFlags() & (SHF_WRITE | SHF_TLS)) != 0) return "native code would change data of its own: " + text;
  bool const known = section.getType() == SHT_PROGBITS || section.getType() == SHT_X86_64_UNWIND;
  return known ? std::nullopt : std::optional("native code of an unknown section: " + text);
}

}  // namespace

std::optional<std::string> object_refusal(std::string_view object) {
  auto file = llvm::object::ObjectFile::createELFObjectFile({llvm::StringRef(object.data(), object.size()), "kernels"});
  if (!file) return "native code is no object: " + llvm::toString(file.takeError());
  auto const& elf = llvm::cast<Elf>(**file);
  for (auto const& symbol : elf.symbols()) {
    auto flags = symbol.getFlags();
    if (!flags) return "native code with a bad symbol: " + llvm::toString(flags.takeError());
    if ((*flags & llvm::object::BasicSymbolRef::SF_Undefined) == 0) continue;
    auto name = symbol.getName();
    auto const text = name ? name->str() : llvm::toString(name.takeError());
    if (!text.empty()) return "native code would call or read " + text;
  }
  for (auto const& section : elf.sections())
    if (auto refused = section_refusal(section)) return refused;
  return std::nullopt;
}

}  // namespace huiyu::jit
