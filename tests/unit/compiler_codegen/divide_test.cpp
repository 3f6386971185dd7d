// Division, rounding and common divisors in IR against the plain C++ of runtime/base, for every pair of 8-bit numbers
// and for the odd places of wide ones. A machine word of 2 or 4 bits sends 8-bit numbers down the paths of 128 and 256
// bits.

#include "compiler/codegen/divide.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/base/big.h"
#include "tests/unit/compiler_codegen/arithmetic_machine.h"

namespace huiyu::codegen {
namespace {

constexpr Rounding roundings[] = {Rounding::HalfUp, Rounding::Down, Rounding::Up, Rounding::HalfEven};

ArithmeticMachine::Emit rounded_quotient(Rounding rounding, unsigned word_bits) {
  return [=](Builder& builder, llvm::Value* n, llvm::Value* d) {
    auto* zero = llvm::ConstantInt::get(n->getType(), 0);
    auto* negative = builder.CreateXor(builder.CreateICmpSLT(n, zero), builder.CreateICmpSLT(d, zero));
    n = magnitude(builder, n), d = magnitude(builder, d);
    return round_quotient(builder, divide_unsigned(builder, n, d, word_bits), n, d, negative, rounding);
  };
}

ArithmeticMachine::Emit rounded_by_constant(Rounding rounding, std::uint64_t divisor, unsigned word_bits) {
  return [=](Builder& builder, llvm::Value* n, llvm::Value*) {
    llvm::APInt const d(n->getType()->getIntegerBitWidth(), divisor);
    auto* negative = builder.CreateICmpSLT(n, llvm::ConstantInt::get(n->getType(), 0));
    n = magnitude(builder, n);
    auto* quotient = divide_by_constant(builder, n, d, word_bits);
    return round_quotient(builder, quotient, n, llvm::ConstantInt::get(n->getType(), d), negative, rounding);
  };
}

Limbs limbs_of(std::int64_t value) {
  Limbs limbs;
  limbs.fill(value < 0 ? ~std::uint64_t{0} : 0);
  limbs[0] = static_cast<std::uint64_t>(value);
  return limbs;
}

TEST_CASE("every quotient of 8 bits, rounded in every way") {
  for (unsigned word_bits : {2U, 4U, 8U}) {
    for (auto rounding : roundings) {
      ArithmeticMachine const divide(8, rounded_quotient(rounding, word_bits));
      for (int n = -128; n < 128; ++n) {
        for (int d = -128; d < 128; ++d) {
          if (d == 0) continue;
          auto const expected = static_cast<std::int8_t>(divide_round(n, d, rounding));  // −128 ÷ −1 wraps around
          auto const got = static_cast<std::int8_t>(divide(limbs_of(n), limbs_of(d))[0]);
          if (got != expected)
            FAIL(n << " / " << d << " mode " << static_cast<int>(rounding) << " word " << word_bits << ": "
                   << int{got});
        }
      }
    }
  }
}

TEST_CASE("every 8-bit number by every constant") {
  for (unsigned d = 3; d < 256; ++d) {
    if ((d & (d - 1)) == 0) continue;
    auto const rounding = roundings[d % 4];
    ArithmeticMachine const divide(8, rounded_by_constant(rounding, d, 4));
    for (int n = -128; n < 128; ++n) {
      auto const expected = static_cast<std::int8_t>(divide_round(n, static_cast<int>(d), rounding));
      auto const got = static_cast<std::int8_t>(divide(limbs_of(n), {})[0]);
      if (got != expected) FAIL(n << " / " << d << ": " << int{got});
    }
  }
}

TEST_CASE("every common divisor of 8 bits") {
  for (unsigned word_bits : {4U, 8U}) {
    ArithmeticMachine const divisor(8, [=](Builder& builder, llvm::Value* a, llvm::Value* b) {
      return greatest_common_divisor(builder, a, b, word_bits);
    });
    for (unsigned a = 0; a < 256; ++a)
      for (unsigned b = 1; b < 256; ++b)
        if (auto const got = divisor({a}, {b})[0] & 0xFF; got != std::gcd(a, b)) FAIL(a << ", " << b << ": " << got);
  }
}

// ---- wide numbers ------------------------------------------------------------------------------------------------

BigInt big_of(Limbs const& limbs, unsigned bits) {
  BigInt value = 0;
  for (unsigned i = bits / 64; i-- > 0;) value = (value << 64) + limbs[i];
  return (limbs[bits / 64 - 1] >> 63) != 0 ? BigInt(value - (BigInt(1) << bits)) : value;
}

// Powers of two and ten, their neighbours and opposites, the ends of the range, and anything.
std::vector<Limbs> odd_places(unsigned bits, std::mt19937_64& random) {
  std::vector<BigInt> numbers{0};
  BigInt const limit = BigInt(1) << (bits - 1);
  for (unsigned bit = 0; bit < bits; bit += bit < 8 ? 1 : 1 + static_cast<unsigned>(random() % 9))
    numbers.push_back(BigInt(1) << bit);
  for (BigInt power = 10; power < limit; power *= 1000) numbers.push_back(power);
  for (unsigned bit = 32; bit <= bits; bit += 32) numbers.push_back(BigInt(1) << bit);
  for (int i = 0; i < 30; ++i) {
    BigInt any = 0;
    for (unsigned bit = 0; bit < bits; bit += 64) any = (any << 64) + random();
    numbers.push_back(any >> static_cast<unsigned>(random() % bits));
  }
  std::vector<Limbs> places;
  for (auto const& number : numbers) {
    for (int near = -1; near <= 1; ++near) {
      for (int sign : {1, -1}) {
        BigInt const value = sign * (number + near);
        if (value >= limit || value < -limit) continue;
        BigInt const unsigned_value = value < 0 ? BigInt(value + (BigInt(1) << bits)) : value;
        Limbs limbs{};
        for (unsigned i = 0; i < bits / 64; ++i)
          limbs[i] = static_cast<std::uint64_t>(BigInt(unsigned_value >> (64 * i)) & ~std::uint64_t{0});
        places.push_back(limbs);
      }
    }
  }
  return places;
}

TEST_CASE("wide quotients at the odd places") {
  std::mt19937_64 random(11);
  for (unsigned bits : {64U, 128U, 256U, 512U}) {
    CAPTURE(bits);
    auto const places = odd_places(bits, random);
    auto const rounding = roundings[bits / 64 % 4];
    ArithmeticMachine const divide(bits, rounded_quotient(rounding, machine_word_bits));
    ArithmeticMachine const tenth(bits, rounded_by_constant(rounding, 10'000'000'000'000'000'000U, machine_word_bits));
    BigInt const modulus = BigInt(1) << bits;
    auto same = [&](Limbs const& got, BigInt const& exact) { return BigInt(big_of(got, bits) - exact) % modulus == 0; };
    for (std::size_t i = 0; i < places.size(); ++i) {
      auto const n = big_of(places[i], bits);
      if (!same(tenth(places[i], {}), divide_round(n, BigInt(10'000'000'000'000'000'000U), rounding)))
        FAIL(n << " / 10^19");
      // All pairs of 512 bits would take long; every ninth does not.
      for (std::size_t k = bits > 128 ? i % 9 : 0; k < places.size(); k += bits > 128 ? 9 : 1) {
        auto const d = big_of(places[k], bits);
        if (d != 0 && !same(divide(places[i], places[k]), divide_round(n, d, rounding))) FAIL(n << " / " << d);
      }
    }
  }
}

TEST_CASE("wide common divisors") {
  std::mt19937_64 random(12);
  for (unsigned bits : {64U, 128U, 256U}) {
    CAPTURE(bits);
    auto const places = odd_places(bits, random);
    ArithmeticMachine const divisor(
        bits, [](Builder& builder, llvm::Value* a, llvm::Value* b) { return greatest_common_divisor(builder, a, b); });
    for (auto const& a : places) {
      for (std::size_t k = random() % 5; k < places.size(); k += 5) {
        auto const n = big_of(a, bits), d = big_of(places[k], bits);
        if (n < 0 || d <= 0) continue;
        if (big_of(divisor(a, places[k]), bits) != boost::multiprecision::gcd(n, d)) FAIL(n << ", " << d);
      }
    }
  }
}

}  // namespace
}  // namespace huiyu::codegen
