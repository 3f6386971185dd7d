// A lookup finds the row of its keys, or the nearest one above: the first key stays as long as it can.

#include "runtime/engine/lookup.h"

#include <array>

#include <doctest/doctest.h>

namespace huiyu::engine {
namespace {

std::int64_t industry(char const* code) { return *codes::find_code(codes::CodeSystem::Industry, code); }

std::int64_t value(BoundLookup const& table, std::vector<std::int64_t> keys) {
  auto const before = keys;
  auto const* found = table.find(keys);
  CHECK(keys == before);
  return found == nullptr ? -1 : *found;
}

TEST_CASE("rows by two keys, in any order; the first of equal ones counts") {
  BoundLookup table({-1, -1});
  table.add(std::array<std::int64_t, 2>{2, 2024}, 30);
  table.add(std::array<std::int64_t, 2>{1, 2024}, 20);
  table.add(std::array<std::int64_t, 2>{2, 2024}, 31);
  table.add(std::array<std::int64_t, 2>{2, 2023}, 29);
  table.finish();
  CHECK(value(table, {2, 2024}) == 30);
  CHECK(value(table, {1, 2024}) == 20);
  CHECK(value(table, {2, 2023}) == 29);
  CHECK(value(table, {1, 2023}) == -1);
  CHECK(value(table, {3, 2024}) == -1);
}

TEST_CASE("a table without rows") {
  BoundLookup table({-1});
  table.finish();
  CHECK(value(table, {1}) == -1);
}

TEST_CASE("a code without a row falls back to those above it") {
  BoundLookup table({static_cast<int>(codes::CodeSystem::Industry), -1});
  table.add(std::array<std::int64_t, 2>{industry("C34"), 2024}, 34);
  table.add(std::array<std::int64_t, 2>{industry("C"), 2024}, 3);
  table.add(std::array<std::int64_t, 2>{industry("C"), 2023}, 2);
  table.finish();
  CHECK(value(table, {industry("C3411"), 2024}) == 34);
  CHECK(value(table, {industry("C34"), 2024}) == 34);
  CHECK(value(table, {industry("C35"), 2024}) == 3);
  CHECK(value(table, {industry("C3411"), 2023}) == 2);
  CHECK(value(table, {industry("F51"), 2024}) == -1);
}

TEST_CASE("of two codes that fall back the first moves last") {
  auto const system = static_cast<int>(codes::CodeSystem::Industry);
  BoundLookup table({system, system});
  table.add(std::array<std::int64_t, 2>{industry("C"), industry("I65")}, 1);
  table.add(std::array<std::int64_t, 2>{industry("C34"), industry("I")}, 2);
  table.finish();
  CHECK(value(table, {industry("C341"), industry("I65")}) == 2);
  CHECK(value(table, {industry("C35"), industry("I65")}) == 1);
}

}  // namespace
}  // namespace huiyu::engine
