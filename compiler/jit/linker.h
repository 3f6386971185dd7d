// Objects → machine code in this process.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runtime/base/result.h"
#include "runtime/engine/kernel.h"

namespace llvm::orc {
class LLJIT;
}

namespace huiyu::jit {

// Owns the memory of linked objects. INVARIANT (write or execute): no page is ever both.
class Linker {
 public:
  static Result<Linker> make();
  Linker(Linker&&) noexcept;
  Linker& operator=(Linker&&) noexcept;
  ~Linker();

  // Takes an object that has passed object_refusal; its symbols are new.
  Result<void> add(std::string const& object);

  // The addresses of symbols of added objects, which are linked by it.
  Result<std::vector<engine::Kernel>> look_up(std::vector<std::string> const& symbols);

 private:
  explicit Linker(std::unique_ptr<llvm::orc::LLJIT> jit);
  std::unique_ptr<llvm::orc::LLJIT> jit_;
};

}  // namespace huiyu::jit
