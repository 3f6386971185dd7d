#include "runtime/plan/plan_file.h"

#include <cstring>
#include <memory>
#include <random>

#include <doctest/doctest.h>

#include "random_plan.h"
#include "runtime/plan/fields.h"
#include "runtime/plan/print.h"
#include "runtime/plan/verify.h"

using namespace huiyu;
using namespace huiyu::plan;

namespace {

std::vector<std::byte> saved(Plan const& plan) {
  auto bytes = save(plan);
  REQUIRE(bytes);
  return *bytes;
}

template <class Int> void put(std::vector<std::byte>& bytes, std::size_t at, Int value) {
  std::memcpy(bytes.data() + at, &value, sizeof value);
}

// As a forger would: the hash fits again.
void reseal(std::vector<std::byte>& bytes) { put(bytes, 16, content_hash(bytes)); }

}  // namespace

TEST_CASE("a plan comes back as it was saved, every table of it") {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    auto const plan = random_plan(seed);
    each_table(plan, [](Section, char const* name, auto const& table) {
      CAPTURE(name);
      CHECK(!table.empty());
    });
    auto const faults = verify(plan);
    REQUIRE_MESSAGE(faults.empty(), faults.front());
    auto const bytes = saved(plan);
    auto const again = load(bytes);
    REQUIRE_MESSAGE(again, again.error().message);
    CHECK(saved(*again) == bytes);
    CHECK(print(*again) == print(plan));
    CHECK(again->edition == plan.edition);
    CHECK(again->texts == plan.texts);
  }
}

TEST_CASE("a plan that points into what was read is the same, outlives nothing it needs and can be changed") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    auto const plan = random_plan(seed);
    auto kept = std::make_shared<std::vector<std::byte> const>(saved(plan));
    auto const bytes = *kept;
    auto again = load_trusted(*kept, kept);
    REQUIRE_MESSAGE(again, again.error().message);
    CHECK(again->texts.bytes().data() >= reinterpret_cast<char const*>(kept->data()));
    kept.reset();
    CHECK(saved(*again) == bytes);
    auto changed = *again;
    changed.texts.push_back("新");
    changed.explain_children.push_back({{0}});
    changed.explains.edit(0, [](Explain& row) { row.line = 7; });
    CHECK(changed.texts[changed.texts.size() - 1] == "新");
    CHECK(changed.texts.size() == plan.texts.size() + 1);
    CHECK(changed.explains[0].line == 7);
    CHECK(saved(*again) == bytes);
    auto const moved = std::move(*again);
    CHECK(saved(moved) == bytes);
  }
}

TEST_CASE("equal plans give equal bytes, and sections lie at multiples of 8") {
  auto const bytes = saved(random_plan(7));
  CHECK(bytes == saved(random_plan(7)));
  CHECK(bytes != saved(random_plan(8)));
  CHECK(bytes.size() % 8 == 0);
}

TEST_CASE("an empty plan is a plan") {
  auto const again = load(saved(Plan{}));
  REQUIRE(again);
  CHECK(again->policies.empty());
}

TEST_CASE("no changed byte does harm: an error, or a plan without fault") {
  auto const bytes = saved(random_plan(3));
  std::mt19937_64 random(1);
  int accepted = 0, refused = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    auto changed = bytes;
    changed[at] ^= static_cast<std::byte>(1 + random() % 255);
    CHECK(!load(changed));  // the hash tells
    if (at >= 16 && at < 32) continue;
    reseal(changed);
    auto const plan = load(changed);
    if (!plan) {
      ++refused;
      continue;
    }
    ++accepted;
    CHECK(verify(*plan).empty());
    CHECK(!print(*plan).empty());
  }
  // Bounds, texts and positions in the source may be anything; references and kinds may not.
  CHECK(accepted > 0);
  CHECK(refused > accepted / 4);
}

TEST_CASE("a cut or lengthened file is refused") {
  auto const bytes = saved(random_plan(4));
  for (std::size_t size = 0; size < bytes.size(); size += 37) CHECK(!load(std::span(bytes).first(size)));
  auto longer = bytes;
  longer.resize(bytes.size() + 8);
  CHECK(!load(longer));
}

TEST_CASE("another major version is refused by name; a newer minor with more sections is read") {
  auto bytes = saved(random_plan(5));
  auto other = bytes;
  put(other, 8, file_major + 1);
  auto const refused = load(other);
  REQUIRE(!refused);
  CHECK(refused.error().message.find("version " + std::to_string(file_major + 1)) != std::string::npos);

  // A section of a later minor: its entry goes after the others, which moves all offsets by 24.
  std::uint32_t count = 0;
  std::memcpy(&count, bytes.data() + 40, sizeof count);
  std::size_t const table_end = 48 + std::size_t{count} * 24;
  std::vector<std::byte> entry(24);
  put(entry, 0, std::uint32_t{900});
  put(entry, 4, std::uint32_t{3});
  put(entry, 8, std::uint64_t{48});
  put(entry, 16, std::uint64_t{5});
  bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(table_end), entry.begin(), entry.end());
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint64_t offset = 0;
    std::memcpy(&offset, bytes.data() + 48 + 24 * i + 8, sizeof offset);
    put(bytes, 48 + 24 * i + 8, offset + 24);
  }
  put(bytes, 12, std::uint32_t{9});
  put(bytes, 32, static_cast<std::uint64_t>(bytes.size()));
  put(bytes, 40, count + 1);
  reseal(bytes);
  auto const newer = load(bytes);
  REQUIRE_MESSAGE(newer, newer.error().message);
  CHECK(saved(*newer) == saved(random_plan(5)));
}
