#include "compiler/tir/facts.h"

namespace huiyu::tir {
namespace {

// Bits of the magnitude of a value that is not negative.
int magnitude_bits(BigInt const& value) {
  return value == 0 ? 0 : static_cast<int>(boost::multiprecision::msb(value)) + 1;
}

}  // namespace

int bits_needed(BigInt const& low, BigInt const& high) {
  int const of_low = low < 0 ? magnitude_bits(BigInt(-low - 1)) : magnitude_bits(low);
  int const of_high = high < 0 ? magnitude_bits(BigInt(-high - 1)) : magnitude_bits(high);
  return (of_low > of_high ? of_low : of_high) + 1;  // one for the sign
}

int limbs_needed(int bits) {
  for (int const limbs : {1, 2, 4, 8})
    if (bits <= 64 * limbs) return limbs;
  return 0;
}

}  // namespace huiyu::tir
