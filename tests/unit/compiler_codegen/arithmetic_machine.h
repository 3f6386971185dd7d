#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "compiler/codegen/divide.h"

namespace huiyu::codegen {

// Numbers of up to 512 bits, little endian; what lies beyond their bits is not read.
using Limbs = std::array<std::uint64_t, 8>;

// IR for integers of some bits, compiled and run: `emit` gets two of them and makes a third.
class ArithmeticMachine {
 public:
  using Emit = std::function<llvm::Value*(Builder&, llvm::Value*, llvm::Value*)>;
  ArithmeticMachine(unsigned bits, Emit const& emit);
  ~ArithmeticMachine();

  Limbs operator()(Limbs const& a, Limbs const& b) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace huiyu::codegen
