// Reading ahead: batches in their order, errors where they stand, and an end at any time.

#include "compiler/driver/read_ahead.h"

#include <doctest/doctest.h>

#include "compiler/driver/records.h"

namespace huiyu::driver {
namespace {

ReadBatch numbered(std::int64_t number) {
  ReadBatch read;
  read.batch.first_row = number;
  return read;
}

}  // namespace

TEST_CASE("batches come in their order, then the end, however often it is asked for") {
  std::int64_t made = 0;
  ReadAhead<ReadBatch> ahead([&]() -> Result<std::optional<ReadBatch>> {
    if (made == 50) return std::optional<ReadBatch>{};
    return std::optional<ReadBatch>{numbered(made++)};
  });
  for (std::int64_t i = 0; i < 50; ++i) {
    auto const read = ahead.next();
    REQUIRE(read);
    REQUIRE(read->has_value());
    CHECK((*read)->batch.first_row == i);
  }
  for (int i = 0; i < 3; ++i) {
    auto const read = ahead.next();
    REQUIRE(read);
    CHECK_FALSE(read->has_value());
  }
}

TEST_CASE("an error comes after the batches before it, and ends the reading") {
  int calls = 0;
  ReadAhead<ReadBatch> ahead([&]() -> Result<std::optional<ReadBatch>> {
    if (++calls == 3) return Error{ErrorKind::Data, "broken"};
    return std::optional<ReadBatch>{numbered(calls)};
  });
  CHECK(ahead.next());
  CHECK(ahead.next());
  auto const broken = ahead.next();
  REQUIRE_FALSE(broken);
  CHECK(broken.error().message == "broken");
  auto const after = ahead.next();
  REQUIRE(after);
  CHECK_FALSE(after->has_value());
}

TEST_CASE("nobody need read to the end") {
  for (int taken = 0; taken < 4; ++taken) {
    ReadAhead<ReadBatch> ahead(
        []() -> Result<std::optional<ReadBatch>> { return std::optional<ReadBatch>{numbered(0)}; });
    for (int i = 0; i < taken; ++i) CHECK(ahead.next());
  }
}

}  // namespace huiyu::driver
