// 128-bit content hash: XXH3, the same on every machine. It guards against chance, not against an adversary.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace huiyu {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend constexpr auto operator<=>(Hash128 const&, Hash128 const&) = default;
};

// The hash of some bytes.
Hash128 hash_bytes(std::string_view bytes);

// 32 lower-case hexadecimal digits, high half first.
std::string to_hex(Hash128 hash);

// Hashes a sequence of parts. Texts are preceded by their length, so ("ab", "c") differs from ("a", "bc").
class HashBuilder {
 public:
  HashBuilder();

  HashBuilder& add(std::string_view text);
  HashBuilder& add(char const* text) { return add(std::string_view(text)); }
  HashBuilder& add(std::uint64_t value);
  HashBuilder& add(std::int64_t value) { return add(static_cast<std::uint64_t>(value)); }
  HashBuilder& add(std::uint32_t value) { return add(std::uint64_t{value}); }
  HashBuilder& add(std::int32_t value) { return add(std::int64_t{value}); }
  HashBuilder& add(bool value) { return add(std::uint64_t{value}); }
  HashBuilder& add(Hash128 hash) { return add(hash.high).add(hash.low); }
  // Bytes as they are, without a length: for one stream that comes in pieces.
  HashBuilder& add_bytes(std::string_view bytes);

  // The hash of what was added so far; adding may go on.
  Hash128 finish() const;

 private:
  // XXH3's own state, kept out of this header; hash.cpp checks size and alignment.
  alignas(64) std::array<std::byte, 576> state_{};
};

}  // namespace huiyu

template <> struct std::hash<huiyu::Hash128> {
  std::size_t operator()(huiyu::Hash128 value) const noexcept { return static_cast<std::size_t>(value.low); }
};
