// Records by the data module: how many come at once, and the module that was loaded ahead.

#include "compiler/driver/records.h"

#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/compiler_format/command/temporary.h"

namespace huiyu::driver {
namespace {

std::vector<std::int64_t> lengths(RecordOptions const& options) {
  columns::RecordLayout layout;
  layout.fields.resize(1);
  layout.fields[0].name = "名称";
  layout.fields[0].kind = columns::ValueKind::Text;
  auto const source = open_records(options, layout, Language::English);
  REQUIRE_MESSAGE(source.has_value(), (source ? "" : source.error().message));
  std::vector<std::int64_t> all;
  for (;;) {
    auto const batch = (*source)->next();
    REQUIRE(batch.has_value());
    if (!batch->has_value()) return all;
    all.push_back((*batch)->row_count);
  }
}

TEST_CASE("records come in batches as small as was asked for, whoever loaded the data module") {
  format::test::TemporaryFolder const folder;
  std::string text = "名称\n";
  for (int i = 0; i < 10'000; ++i) text += "甲" + std::to_string(i) + "\n";
  RecordOptions options;
  options.data = folder.write("records.csv", text);
  CHECK(lengths(options) == std::vector<std::int64_t>{10'000});
  options.batch_rows = 4096;
  CHECK(lengths(options) == std::vector<std::int64_t>{4096, 4096, 1808});
  options.module = load_ahead(options);
  REQUIRE(options.module.valid());
  CHECK(options.module.get().has_value());
  CHECK(lengths(options) == std::vector<std::int64_t>{4096, 4096, 1808});
}

TEST_CASE("nothing is loaded ahead that may not be needed") {
  RecordOptions options;
  options.records = "records.json";
  CHECK_FALSE(load_ahead(options).valid());
  options = {};
  options.data = "records.csv";
  options.mapping = "mapping.toml";  // it says itself what is read
  CHECK_FALSE(load_ahead(options).valid());
}

}  // namespace
}  // namespace huiyu::driver
