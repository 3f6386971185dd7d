#include "runtime/plan/plan_file.h"

#include <array>
#include <bit>
#include <cstring>
#include <set>

#include "runtime/base/utf8.h"
#include "runtime/plan/fields.h"
#include "runtime/plan/rows.h"
#include "runtime/plan/verify.h"

namespace huiyu::plan {
namespace {

static_assert(std::endian::native == std::endian::little, "plans are stored and used little endian");

struct Header {
  std::array<char, 8> magic{'H', 'U', 'I', 'Y', 'U', 'P', 'L', 'N'};
  std::uint32_t major = file_major, minor = file_minor;
  Hash128 content;
  std::uint64_t size = 0;
  std::uint32_t section_count = 0, zero = 0;
};
struct SectionEntry {
  std::uint32_t id = 0, stride = 0;
  std::uint64_t offset = 0, count = 0;
};
static_assert(sizeof(Header) == 48 && is_row<Header> && sizeof(SectionEntry) == 24 && is_row<SectionEntry>);
constexpr std::size_t hash_at = 16;
// More sections than any version will have: a file that claims more is not ours.
constexpr std::uint32_t most_sections = 4096;
// References are 32 bits and one value means "none".
constexpr std::uint64_t most_rows = none;

Error refused(std::string why) { return {ErrorKind::Environment, "not a usable plan: " + std::move(why)}; }

class Writer {
 public:
  void add(Section id, std::size_t stride, void const* data, std::size_t count) {
    if (count == 0) return;
    entries_.push_back({static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(stride), data_.size(), count});
    auto const* first = static_cast<std::byte const*>(data);
    data_.insert(data_.end(), first, first + stride * count);
    data_.resize((data_.size() + 7) / 8 * 8);
  }

  std::vector<std::byte> finish() {
    std::size_t const table = sizeof(Header) + entries_.size() * sizeof(SectionEntry);
    Header header;
    header.size = table + data_.size();
    header.section_count = static_cast<std::uint32_t>(entries_.size());
    std::vector<std::byte> bytes(table);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      entries_[i].offset += table;
      std::memcpy(bytes.data() + sizeof(Header) + i * sizeof(SectionEntry), &entries_[i], sizeof(SectionEntry));
    }
    bytes.insert(bytes.end(), data_.begin(), data_.end());
    std::memcpy(bytes.data(), &header, sizeof header);
    header.content = content_hash(bytes);
    std::memcpy(bytes.data(), &header, sizeof header);
    return bytes;
  }

 private:
  std::vector<SectionEntry> entries_;
  std::vector<std::byte> data_;
};

class Reader {
 public:
  explicit Reader(std::span<std::byte const> bytes) : bytes_(bytes) {}

  Result<void> open() {
    if (bytes_.size() < sizeof(Header)) return refused("too short");
    std::memcpy(&header_, bytes_.data(), sizeof header_);
    if (header_.magic != Header{}.magic) return refused("it does not begin as one");
    if (header_.major != file_major)
      return refused("format version " + std::to_string(header_.major) + ", this program reads " +
                     std::to_string(file_major));
    if (header_.size != bytes_.size()) return refused("cut off or lengthened");
    if (header_.section_count > most_sections || header_.zero != 0) return refused("impossible header");
    if (bytes_.size() - sizeof(Header) < header_.section_count * sizeof(SectionEntry))
      return refused("cut off in the list of sections");
    if (content_hash(bytes_) != header_.content) return refused("its content does not match its hash");
    std::set<std::uint32_t> seen;
    for (std::uint32_t i = 0; i < header_.section_count; ++i) {
      SectionEntry entry;
      std::memcpy(&entry, bytes_.data() + sizeof(Header) + i * sizeof(SectionEntry), sizeof entry);
      if (!seen.insert(entry.id).second) return refused("a section occurs twice");
      if (entry.stride == 0 || entry.offset % 8 != 0 || entry.offset > bytes_.size() || entry.count > most_rows ||
          entry.count > (bytes_.size() - entry.offset) / entry.stride)
        return refused("a section lies outside the file");
      entries_.push_back(entry);
    }
    return {};
  }

  // Fills the table of a section; a section that is absent is an empty table.
  template <class Row> bool read(Section id, std::vector<Row>& table) const {
    for (auto const& entry : entries_) {
      if (entry.id != static_cast<std::uint32_t>(id)) continue;
      if (entry.stride != sizeof(Row)) return false;
      table.resize(entry.count);
      std::memcpy(table.data(), bytes_.data() + entry.offset, entry.count * sizeof(Row));
    }
    return true;
  }

 private:
  std::span<std::byte const> bytes_;
  Header header_;
  std::vector<SectionEntry> entries_;
};

std::string string_of(std::vector<char> const& chars) { return {chars.begin(), chars.end()}; }

bool read_texts(Reader const& reader, std::vector<std::string>& texts) {
  std::vector<std::uint64_t> ends;
  std::vector<char> bytes;
  if (!reader.read(Section::TextEnds, ends) || !reader.read(Section::TextBytes, bytes)) return false;
  std::uint64_t begin = 0;
  for (auto end : ends) {
    if (end < begin || end > bytes.size()) return false;
    texts.emplace_back(bytes.data() + begin, end - begin);
    begin = end;
  }
  return begin == bytes.size();
}

bool read_explains(Reader const& reader, ExplainTable& table) {
  std::vector<ExplainRow> rows;
  std::vector<ExplainForm> forms;
  std::vector<ExplainValue> values;
  if (!reader.read(Section::Explains, rows) || !reader.read(Section::ExplainForms, forms) ||
      !reader.read(Section::ExplainValues, values))
    return false;
  for (auto const& row : rows)
    if (row.form >= forms.size() || row.value >= values.size()) return false;
  table = ExplainTable(std::move(rows), std::move(forms), std::move(values));
  return true;
}

template <class Table> inline constexpr bool is_explains = std::same_as<std::remove_cvref_t<Table>, ExplainTable>;

}  // namespace

Hash128 content_hash(std::span<std::byte const> bytes) {
  HUIYU_CHECK(bytes.size() >= sizeof(Header), "a stored plan is at least a header");
  auto const chars = [](std::span<std::byte const> part) {
    return std::string_view(reinterpret_cast<char const*>(part.data()), part.size());
  };
  return HashBuilder()
      .add_bytes(chars(bytes.first(hash_at)))
      .add_bytes(chars(bytes.subspan(hash_at + sizeof(Hash128))))
      .finish();
}

Result<std::vector<std::byte>> save(Plan const& plan) {
  bool fits = plan.texts.size() < most_rows;
  each_table(plan, [&](Section, char const*, auto const& table) { fits = fits && table.size() < most_rows; });
  if (!fits)
    return Error{ErrorKind::Environment, "a plan with 4,294,967,295 rows of one kind or more cannot be stored"};

  Writer writer;
  writer.add(Section::Edition, 1, plan.edition.data(), plan.edition.size());
  writer.add(Section::CodeTables, 1, plan.code_tables.data(), plan.code_tables.size());
  std::vector<std::uint64_t> ends;
  std::string bytes;
  for (auto const& text : plan.texts) {
    bytes += text;
    ends.push_back(bytes.size());
  }
  writer.add(Section::TextEnds, sizeof(std::uint64_t), ends.data(), ends.size());
  writer.add(Section::TextBytes, 1, bytes.data(), bytes.size());
  auto const add = [&](Section id, auto const& table) { writer.add(id, sizeof(table[0]), table.data(), table.size()); };
  each_table(plan, [&](Section id, char const*, auto const& table) {
    if constexpr (is_explains<decltype(table)>) {
      add(id, table.rows());
      add(Section::ExplainForms, table.forms());
      add(Section::ExplainValues, table.values());
    } else {
      add(id, table);
    }
  });
  return writer.finish();
}

Result<Plan> load(std::span<std::byte const> bytes) {
  auto plan = load_trusted(bytes);
  if (!plan) return plan;
  if (auto faults = verify(*plan); !faults.empty()) return refused(faults.front());
  return plan;
}

Result<Plan> load_trusted(std::span<std::byte const> bytes) {
  Reader reader(bytes);
  if (auto opened = reader.open(); !opened) return opened.error();
  Plan plan;
  std::vector<char> edition, code_tables;
  bool whole = reader.read(Section::Edition, edition) && reader.read(Section::CodeTables, code_tables) &&
               read_texts(reader, plan.texts);
  plan.edition = string_of(edition);
  plan.code_tables = string_of(code_tables);
  each_table(plan, [&](Section id, char const*, auto& table) {
    if constexpr (is_explains<decltype(table)>)
      whole = whole && read_explains(reader, table);
    else
      whole = whole && reader.read(id, table);
  });
  if (!whole)
    return refused("a section has rows of another size, texts that do not end or explanations without a form");
  return plan;
}

}  // namespace huiyu::plan
