#include "tests/unit/runtime_records/data_module_rows.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include <stdlib.h>

namespace huiyu::records::test {
namespace {

std::optional<DataModule> shared_module;

// Closes the shared module after the last test: a database must not live on into the end of the process.
struct CloseModule : doctest::IReporter {
  explicit CloseModule(doctest::ContextOptions const&) {}
  void test_run_end(doctest::TestRunStats const&) override { shared_module.reset(); }

  void report_query(doctest::QueryData const&) override {}
  void test_run_start() override {}
  void test_case_start(doctest::TestCaseData const&) override {}
  void test_case_reenter(doctest::TestCaseData const&) override {}
  void test_case_end(doctest::CurrentTestCaseStats const&) override {}
  void test_case_exception(doctest::TestCaseException const&) override {}
  void subcase_start(doctest::SubcaseSignature const&) override {}
  void subcase_end() override {}
  void log_assert(doctest::AssertData const&) override {}
  void log_message(doctest::MessageData const&) override {}
  void test_case_skipped(doctest::TestCaseData const&) override {}
};
REGISTER_LISTENER("close data module", 0, CloseModule);

__extension__ using Int128 = __int128;

template <class T> T value_at(void const* buffer, std::int64_t index) {
  T out;
  std::memcpy(&out, static_cast<char const*>(buffer) + static_cast<std::size_t>(index) * sizeof out, sizeof out);
  return out;
}

bool bit_at(void const* buffer, std::int64_t index) {
  return (static_cast<unsigned char const*>(buffer)[index / 8] >> (index % 8)) & 1;
}

std::string decimal_text(Int128 value) {
  bool const negative = value < 0;
  std::string out;
  // Digit by digit without turning the sign: the least value has no positive one.
  for (Int128 rest = value; rest != 0; rest /= 10) {
    int const digit = static_cast<int>(rest % 10);
    out.insert(out.begin(), static_cast<char>('0' + (negative ? -digit : digit)));
  }
  if (out.empty()) out = "0";
  return negative ? "-" + out : out;
}

std::string format_text(ArrowSchema const& schema) {
  std::string out = schema.format;
  if (schema.n_children != 0) {
    out += '{';
    for (std::int64_t i = 0; i < schema.n_children; ++i) out += (i != 0 ? "," : "") + format_text(*schema.children[i]);
    out += '}';
  }
  if (schema.dictionary != nullptr) out += "[" + format_text(*schema.dictionary) + "]";
  return out;
}

std::string cell(ArrowSchema const& schema, ArrowArray const& array, std::int64_t row);

std::string items(ArrowSchema const& schema, ArrowArray const& array, std::int64_t begin, std::int64_t end) {
  std::string out = "[";
  for (std::int64_t i = begin; i < end; ++i)
    out += (i != begin ? "," : "") + cell(*schema.children[0], *array.children[0], i);
  return out + "]";
}

std::string cell(ArrowSchema const& schema, ArrowArray const& array, std::int64_t row) {
  std::string_view const format = schema.format;
  std::int64_t const at = array.offset + row;
  if (format == "n") return "∅";
  if (array.buffers[0] != nullptr && !bit_at(array.buffers[0], at)) return "∅";
  if (format == "+s") {
    std::string out = "{";
    for (std::int64_t i = 0; i < schema.n_children; ++i) {
      out += (i != 0 ? "," : "") + std::string(schema.children[i]->name) + ":" +
             cell(*schema.children[i], *array.children[i], at);
    }
    return out + "}";
  }
  if (format.starts_with("+w:")) {
    std::int64_t const size = std::stoll(std::string(format.substr(3)));
    return items(schema, array, at * size, (at + 1) * size);
  }
  void const* data = array.buffers[1];
  if (format == "+l" || format == "+m") {
    return items(schema, array, value_at<std::int32_t>(data, at), value_at<std::int32_t>(data, at + 1));
  }
  if (format == "u" || format == "z") {
    auto const begin = value_at<std::int32_t>(data, at);
    auto const end = value_at<std::int32_t>(data, at + 1);
    return "'" +
           std::string(static_cast<char const*>(array.buffers[2]) + begin, static_cast<std::size_t>(end - begin)) + "'";
  }
  std::int64_t whole = 0;
  if (format == "b") return bit_at(data, at) ? "true" : "false";
  if (format == "f") return std::to_string(value_at<float>(data, at));
  if (format == "g") return std::to_string(value_at<double>(data, at));
  if (format.starts_with("d:")) return decimal_text(value_at<Int128>(data, at));
  if (format == "c") {
    whole = value_at<std::int8_t>(data, at);
  } else if (format == "C") {
    whole = value_at<std::uint8_t>(data, at);
  } else if (format == "s") {
    whole = value_at<std::int16_t>(data, at);
  } else if (format == "S") {
    whole = value_at<std::uint16_t>(data, at);
  } else if (format == "i" || format == "tdD") {
    whole = value_at<std::int32_t>(data, at);
  } else if (format == "I") {
    whole = value_at<std::uint32_t>(data, at);
  } else if (format == "l" || format.starts_with("ts") || format == "ttu") {
    whole = value_at<std::int64_t>(data, at);
  } else if (format == "L") {
    return std::to_string(value_at<std::uint64_t>(data, at));
  } else if (format == "tin") {
    return std::to_string(value_at<std::int32_t>(data, 4 * at)) + " months " +
           std::to_string(value_at<std::int32_t>(data, 4 * at + 1)) + " days " +
           std::to_string(value_at<std::int64_t>(data, 2 * at + 1)) + " ns";
  } else {
    return "?" + std::string(format);
  }
  if (schema.dictionary != nullptr) return cell(*schema.dictionary, *array.dictionary, whole);
  return std::to_string(whole);
}

}  // namespace

Rows rows_of(columns::ArrowStream stream) {
  Rows out;
  auto schema = stream.schema();
  REQUIRE(schema);
  ArrowSchema const& root = **schema;
  REQUIRE(std::string_view(root.format) == "+s");
  for (std::int64_t i = 0; i < root.n_children; ++i) {
    out.names.emplace_back(root.children[i]->name);
    out.formats.push_back(format_text(*root.children[i]));
  }
  while (true) {
    auto batch = stream.next();
    if (!batch) {
      out.error = batch.error().message;
      return out;
    }
    if (!*batch) return out;
    ArrowArray const& array = ***batch;
    out.batch_lengths.push_back(array.length);
    for (std::int64_t row = 0; row < array.length; ++row) {
      std::vector<std::string> cells;
      for (std::int64_t i = 0; i < root.n_children; ++i)
        cells.push_back(cell(*root.children[i], *array.children[i], array.offset + row));
      out.cells.push_back(std::move(cells));
    }
  }
}

Rows rows_of(Result<columns::ArrowStream> stream) {
  std::string const error = stream ? "" : stream.error().message;
  REQUIRE(error == "");
  return rows_of(*std::move(stream));
}

DataModule const& module() {
  if (!shared_module) {
    auto loaded = DataModule::load();
    std::string const error = loaded ? "" : loaded.error().message;
    REQUIRE(error == "");
    shared_module = *std::move(loaded);
  }
  return *shared_module;
}

Folder::Folder() {
  std::string path = (std::filesystem::temp_directory_path() / "huiyu-test-XXXXXX").string();
  REQUIRE(mkdtemp(path.data()) != nullptr);
  path_ = path;
}

Folder::~Folder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::vector<std::string> Folder::names() const {
  std::vector<std::string> out;
  for (auto const& entry : std::filesystem::directory_iterator(path_)) out.push_back(entry.path().filename().string());
  std::sort(out.begin(), out.end());
  return out;
}

void put(std::filesystem::path const& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out << bytes;
  REQUIRE(out.flush());
}

std::string bytes_of(std::filesystem::path const& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

}  // namespace huiyu::records::test
