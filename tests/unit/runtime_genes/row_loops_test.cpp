#include "runtime/genes/row_loops.h"

#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "runtime/genes/kernels.h"

namespace huiyu::genes {
namespace {

template <class Stored> void check_widen(void (*RowLoops::*widen)(void const*, std::int64_t, std::int64_t*)) {
  std::mt19937_64 random(3);
  for (std::int64_t rows = 0; rows < 150; ++rows) {
    std::vector<Stored> stored;
    for (std::int64_t row = 0; row < rows; ++row) stored.push_back(static_cast<Stored>(random()));
    for (auto const* kernels : all_kernels()) {
      CAPTURE(kernels->name);
      std::vector<std::int64_t> out(static_cast<std::size_t>(rows) + 1, 77);
      (row_loops(*kernels).*widen)(stored.data(), rows, out.data());
      for (std::size_t row = 0; row < stored.size(); ++row) REQUIRE(out[row] == stored[row]);
      REQUIRE(out.back() == 77);
    }
  }
}

TEST_CASE("every variant has loops of its own name") {
  for (auto const* kernels : all_kernels()) CHECK(std::string(row_loops(*kernels).name) == kernels->name);
}

TEST_CASE("narrow integers keep their sign") {
  check_widen<std::int8_t>(&RowLoops::widen8);
  check_widen<std::int16_t>(&RowLoops::widen16);
  check_widen<std::int32_t>(&RowLoops::widen32);
}

TEST_CASE("bits that are 0 become bytes that are 1, from any bit on, and no byte past the last bit is read") {
  std::mt19937_64 random(4);
  for (std::int64_t first = 0; first < 17; ++first)
    for (std::int64_t rows = 0; rows < 200; ++rows) {
      std::vector<std::uint8_t> bits(static_cast<std::size_t>(first + rows + 7) / 8);
      for (auto& byte : bits) byte = static_cast<std::uint8_t>(random() | random());
      for (auto const* kernels : all_kernels()) {
        CAPTURE(kernels->name);
        std::vector<std::uint8_t> out(static_cast<std::size_t>(rows) + 1, 77);
        row_loops(*kernels).absent(bits.data(), first, rows, out.data());
        for (std::int64_t row = 0; row < rows; ++row) {
          auto const bit = static_cast<std::size_t>(first + row);
          REQUIRE(out[static_cast<std::size_t>(row)] == (((bits[bit / 8] >> (bit % 8)) & 1) ^ 1));
        }
        REQUIRE(out.back() == 77);
      }
    }
}

TEST_CASE("the lowest bits of bytes become bitmaps") {
  std::mt19937_64 random(5);
  for (std::int64_t words = 0; words < 9; ++words) {
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(words) * 64);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random() % 3 == 0 ? random() : 0);
    for (auto const* kernels : all_kernels()) {
      CAPTURE(kernels->name);
      std::vector<std::uint64_t> first(10, 77), second(10, 77), third(10, 77);
      row_loops(*kernels).standing(bytes.data(), words, {first.data(), second.data(), third.data()});
      for (std::size_t row = 0; row < bytes.size(); ++row) {
        auto const bit = [&](std::vector<std::uint64_t> const& of) { return (of[row / 64] >> (row % 64)) & 1; };
        REQUIRE((bit(first) | bit(second) << 1 | bit(third) << 2) == (bytes[row] & 7U));
      }
      REQUIRE(first[static_cast<std::size_t>(words)] == 77);
    }
  }
}

}  // namespace
}  // namespace huiyu::genes
