#include "runtime/base/hash.h"

#include <set>
#include <string>

#include <doctest/doctest.h>

using huiyu::Hash128;
using huiyu::HashBuilder;

TEST_CASE("the hash is the published one, on every machine") {
  CHECK(huiyu::to_hex(huiyu::hash_bytes("")) == "99aa06d3014798d86001c324468d497f");
  CHECK(huiyu::to_hex({0x0123456789abcdefULL, 1}) == "0123456789abcdef0000000000000001");
}

TEST_CASE("a stream in pieces has the hash of the whole") {
  std::string whole;
  for (int i = 0; i < 3000; ++i) whole += "第" + std::to_string(i) + "条；";
  for (std::size_t const piece : {1u, 7u, 64u, 1000u, 100000u}) {
    HashBuilder builder;
    for (std::size_t at = 0; at < whole.size(); at += piece) {
      builder.add_bytes(std::string_view(whole).substr(at, piece));
    }
    CHECK(builder.finish() == huiyu::hash_bytes(whole));
  }
}

TEST_CASE("where one part ends and the next begins counts") {
  std::set<Hash128> seen;
  CHECK(seen.insert(HashBuilder().add("ab").add("c").finish()).second);
  CHECK(seen.insert(HashBuilder().add("a").add("bc").finish()).second);
  CHECK(seen.insert(HashBuilder().add("abc").finish()).second);
  CHECK(seen.insert(HashBuilder().add("abc").add("").finish()).second);
  CHECK(seen.insert(HashBuilder().finish()).second);
  CHECK(seen.insert(HashBuilder().add(std::uint64_t{0}).add(std::uint64_t{0}).finish()).second);
}

TEST_CASE("a finished builder can go on, and a copy goes its own way") {
  HashBuilder builder;
  builder.add("政策").add(1);
  HashBuilder copy = builder;
  CHECK(builder.finish() == builder.finish());
  builder.add(2);
  CHECK(builder.finish() == HashBuilder().add("政策").add(1).add(2).finish());
  CHECK(copy.finish() == HashBuilder().add("政策").add(1).finish());
}
