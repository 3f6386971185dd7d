#include "runtime/plan/plan_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <optional>
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

std::string_view chars(std::span<std::byte const> bytes) {
  return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

// Of the bytes that begin with a header, without the hash itself.
HashBuilder hash_of_head(std::span<std::byte const> bytes) {
  HashBuilder hash;
  hash.add_bytes(chars(bytes.first(hash_at))).add_bytes(chars(bytes.subspan(hash_at + sizeof(Hash128))));
  return hash;
}

Error refused(std::string why) { return {ErrorKind::Environment, "not a usable plan: " + std::move(why)}; }

// The tables as they stand, one after the other.
class Writer {
 public:
  void add(Section id, std::size_t stride, void const* data, std::size_t count) {
    if (count == 0) return;
    entries_.push_back({static_cast<std::uint32_t>(id), static_cast<std::uint32_t>(stride), size_, count});
    add_bytes({static_cast<std::byte const*>(data), stride * count});
    add_bytes(std::span(gap).first((8 - size_ % 8) % 8));
  }

  Pieces finish() {
    std::size_t const table = sizeof(Header) + entries_.size() * sizeof(SectionEntry);
    Header header;
    header.size = table + size_;
    header.section_count = static_cast<std::uint32_t>(entries_.size());
    Pieces pieces;
    pieces.head.resize(table);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      entries_[i].offset += table;
      std::memcpy(pieces.head.data() + sizeof(Header) + i * sizeof(SectionEntry), &entries_[i], sizeof(SectionEntry));
    }
    std::memcpy(pieces.head.data(), &header, sizeof header);
    HashBuilder hash = hash_of_head(pieces.head);
    for (auto const piece : rest_) hash.add_bytes(chars(piece));
    header.content = hash.finish();
    std::memcpy(pieces.head.data(), &header, sizeof header);
    pieces.rest = std::move(rest_);
    return pieces;
  }

 private:
  static constexpr std::array<std::byte, 8> gap{};

  void add_bytes(std::span<std::byte const> bytes) {
    if (bytes.empty()) return;
    rest_.push_back(bytes);
    size_ += bytes.size();
  }

  std::vector<SectionEntry> entries_;
  std::vector<std::span<std::byte const>> rest_;
  std::size_t size_ = 0;
};

class Reader {
 public:
  // `keeper` keeps the bytes; none: nothing may point into them.
  Reader(std::span<std::byte const> bytes, std::shared_ptr<void const> keeper)
      : bytes_(bytes), keeper_(std::move(keeper)) {}

  // `hashed`: the hash is known to fit.
  Result<void> open(bool hashed) {
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
    if (!hashed && content_hash(bytes_) != header_.content) return refused("its content does not match its hash");
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
    auto const bytes = section(id, sizeof(Row));
    if (!bytes) return false;
    table.resize(bytes->size() / sizeof(Row));
    if (!table.empty()) std::memcpy(table.data(), bytes->data(), bytes->size());
    return true;
  }
  // The same without copying where the bytes are kept.
  template <class Row> bool read(Section id, Stored<Row>& table) const {
    if (keeper_ == nullptr) return read(id, table.own());
    auto const bytes = section(id, sizeof(Row));
    if (!bytes || reinterpret_cast<std::uintptr_t>(bytes->data()) % alignof(Row) != 0) return false;
    table = Stored<Row>({reinterpret_cast<Row const*>(bytes->data()), bytes->size() / sizeof(Row)}, keeper_);
    return true;
  }

 private:
  std::optional<std::span<std::byte const>> section(Section id, std::size_t stride) const {
    for (auto const& entry : entries_) {
      if (entry.id != static_cast<std::uint32_t>(id)) continue;
      if (entry.stride != stride) return std::nullopt;
      return bytes_.subspan(entry.offset, entry.count * stride);
    }
    return std::span<std::byte const>();
  }

  std::span<std::byte const> bytes_;
  std::shared_ptr<void const> keeper_;
  Header header_;
  std::vector<SectionEntry> entries_;
};

std::string string_of(std::vector<char> const& chars) { return {chars.begin(), chars.end()}; }

bool read_texts(Reader const& reader, Texts& texts) {
  Stored<std::uint64_t> ends;
  Stored<char> bytes;
  if (!reader.read(Section::TextEnds, ends) || !reader.read(Section::TextBytes, bytes)) return false;
  if (!std::ranges::is_sorted(ends) || (ends.empty() ? 0 : ends.back()) != bytes.size()) return false;
  texts = Texts(std::move(bytes), std::move(ends));
  return true;
}

bool read_explains(Reader const& reader, ExplainTable& table) {
  Stored<ExplainRow> rows;
  std::vector<ExplainForm> forms;
  std::vector<ExplainValue> values;
  if (!reader.read(Section::Explains, rows) || !reader.read(Section::ExplainForms, forms) ||
      !reader.read(Section::ExplainValues, values))
    return false;
  table = ExplainTable(std::move(rows), std::move(forms), std::move(values));
  return true;
}

template <class Table> inline constexpr bool is_explains = std::same_as<std::remove_cvref_t<Table>, ExplainTable>;

Result<Plan> read_plan(Reader& reader, bool hashed) {
  if (auto opened = reader.open(hashed); !opened) return opened.error();
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
  if (!whole) return refused("a section has rows of another size, or texts do not end");
  return plan;
}

}  // namespace

Hash128 content_hash(std::span<std::byte const> bytes) {
  HUIYU_CHECK(bytes.size() >= sizeof(Header), "a stored plan is at least a header");
  return hash_of_head(bytes).finish();
}

Result<Pieces> pieces_of(Plan const& plan) {
  bool fits = plan.texts.size() < most_rows;
  each_table(plan, [&](Section, char const*, auto const& table) { fits = fits && table.size() < most_rows; });
  if (!fits)
    return Error{ErrorKind::Environment, "a plan with 4,294,967,295 rows of one kind or more cannot be stored"};

  Writer writer;
  writer.add(Section::Edition, 1, plan.edition.data(), plan.edition.size());
  writer.add(Section::CodeTables, 1, plan.code_tables.data(), plan.code_tables.size());
  auto const add = [&](Section id, auto const& table) { writer.add(id, sizeof(table[0]), table.data(), table.size()); };
  add(Section::TextEnds, plan.texts.ends());
  add(Section::TextBytes, plan.texts.bytes());
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

Result<std::vector<std::byte>> save(Plan const& plan) {
  auto pieces = pieces_of(plan);
  if (!pieces) return pieces.error();
  auto bytes = std::move(pieces->head);
  for (auto const piece : pieces->rest) bytes.insert(bytes.end(), piece.begin(), piece.end());
  return bytes;
}

Result<Plan> load(std::span<std::byte const> bytes) {
  Reader reader(bytes, nullptr);
  auto plan = read_plan(reader, false);
  if (!plan) return plan;
  if (auto faults = verify(*plan); !faults.empty()) return refused(faults.front());
  return plan;
}

Result<Plan> load_trusted(std::span<std::byte const> bytes, std::shared_ptr<void const> keeper) {
  Reader reader(bytes, std::move(keeper));
  return read_plan(reader, true);
}

}  // namespace huiyu::plan
