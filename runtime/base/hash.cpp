#include "runtime/base/hash.h"

#include <new>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace huiyu {
namespace {

Hash128 from_xxh(XXH128_hash_t hash) { return {hash.high64, hash.low64}; }

}  // namespace

Hash128 hash_bytes(std::string_view bytes) { return from_xxh(XXH3_128bits(bytes.data(), bytes.size())); }

std::string to_hex(Hash128 hash) {
  std::string out;
  out.reserve(32);
  for (std::uint64_t half : {hash.high, hash.low}) {
    for (int shift = 60; shift >= 0; shift -= 4) out.push_back("0123456789abcdef"[(half >> shift) & 0xF]);
  }
  return out;
}

HashBuilder::HashBuilder() {
  static_assert(sizeof(state_) >= sizeof(XXH3_state_t) && alignof(HashBuilder) >= alignof(XXH3_state_t));
  auto* state = new (state_.data()) XXH3_state_t;
  XXH3_INITSTATE(state);
  XXH3_128bits_reset(state);
}

HashBuilder& HashBuilder::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  return add_bytes(text);
}

HashBuilder& HashBuilder::add(std::uint64_t value) {
  // Little endian whatever the machine, so that a hash may be stored and compared elsewhere.
  char bytes[8];
  for (char& byte : bytes) {
    byte = static_cast<char>(value & 0xFF);
    value >>= 8;
  }
  return add_bytes({bytes, sizeof bytes});
}

HashBuilder& HashBuilder::add_bytes(std::string_view bytes) {
  XXH3_128bits_update(reinterpret_cast<XXH3_state_t*>(state_.data()), bytes.data(), bytes.size());
  return *this;
}

Hash128 HashBuilder::finish() const {
  return from_xxh(XXH3_128bits_digest(reinterpret_cast<XXH3_state_t const*>(state_.data())));
}

}  // namespace huiyu
