#include "runtime/records/json_record.h"

#include <algorithm>
#include <cstring>
#include <unordered_map>

#include <simdjson.h>

#include "runtime/base/check.h"
#include "runtime/columns/builder.h"

namespace huiyu::records {
namespace {

namespace json = simdjson::ondemand;
using columns::Cell;
using columns::FieldLayout;
using columns::ValueKind;

// Texts that say codes and entries repeat, but others must not fill the memory.
constexpr std::size_t most_known_texts = 1U << 16U;

struct Decimal {
  std::int64_t mantissa = 0;
  int scale = 0;
};
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number of JSON without an exponent that 64 bits hold, with blanks after it; nothing else is read here.
std::optional<Decimal> plain_number(std::string_view token) {
  constexpr std::ptrdiff_t most_digits = 18;
  auto const* at = token.data();
  auto const* const end = at + token.size();
  bool const negative = at != end && *at == '-';
  at += negative ? 1 : 0;
  auto const* const first = at;
  Decimal number;
  for (; at != end && is_digit(*at); ++at) number.mantissa = number.mantissa * 10 + (*at - '0');
  auto digits = at - first;
  if (digits == 0 || digits > most_digits || (digits > 1 && *first == '0')) return std::nullopt;
  if (at != end && *at == '.') {
    auto const* const point = at++;
    if (end - at > most_digits) return std::nullopt;
    for (; at != end && is_digit(*at); ++at) number.mantissa = number.mantissa * 10 + (*at - '0');
    number.scale = static_cast<int>(at - point) - 1;
    digits += number.scale;
    if (number.scale == 0 || digits > most_digits) return std::nullopt;
  }
  for (; at != end; ++at)
    if (*at != ' ' && *at != '\n' && *at != '\r' && *at != '\t') return std::nullopt;
  if (negative) number.mantissa = -number.mantissa;
  return number;
}

// Values as narrow as the column keeps them, one after the other.
template <class Int> void append(std::vector<std::uint8_t>& bytes, std::int64_t value) {
  auto const narrow = static_cast<Int>(value);
  auto const size = bytes.size();
  bytes.resize(size + sizeof narrow);
  std::memcpy(bytes.data() + size, &narrow, sizeof narrow);
}
void append(std::vector<std::uint8_t>& bytes, columns::Storage storage, std::int64_t value) {
  switch (storage) {
    case columns::Storage::Bit: HUIYU_CHECK(false, "a set of truths"); return;
    case columns::Storage::I8: return append<std::int8_t>(bytes, value);
    case columns::Storage::I16: return append<std::int16_t>(bytes, value);
    case columns::Storage::I32: return append<std::int32_t>(bytes, value);
    case columns::Storage::I64: return append<std::int64_t>(bytes, value);
  }
}

using KnownTexts = std::unordered_map<std::string, Cell, columns::TextHash, std::equal_to<>>;

// What a text says is kept for codes and entries, which take longest to find.
Cell read_text(std::string_view text, FieldLayout const& field, KnownTexts& known) {
  if (field.kind != ValueKind::Code && field.kind != ValueKind::Enumeration) return columns::read_cell(text, field);
  if (auto const found = known.find(text); found != known.end()) return found->second;
  auto const cell = columns::read_cell(text, field);
  if (known.size() < most_known_texts) known.emplace(text, cell);
  return cell;
}

bool is_text(ValueKind kind) { return kind == ValueKind::Text || kind == ValueKind::CreditCode; }

}  // namespace

// Facts that are as they should be. Whatever has something to report, and lists and series, are left to
// read_json_records: then `read` says no.
class JsonRecordReader::Quick {
 public:
  explicit Quick(columns::RecordLayout const& layout) : fields_(layout.fields), facts_(fields_.size()) {
    records_.batch.row_count = 1;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      places_.emplace(fields_[i].name, i);
      records_.batch.columns.push_back(column_of(fields_[i], facts_[i]));
    }
  }

  bool read(std::string_view text) {
    text_.resize(std::max(text_.size(), text.size() + simdjson::SIMDJSON_PADDING));
    std::memcpy(text_.data(), text.data(), text.size());
    json::document document;
    json::object object;
    if (parser_.iterate(text_.data(), text.size(), text_.size()).get(document) != simdjson::SUCCESS) return false;
    if (document.get_object().get(object) != simdjson::SUCCESS) return false;
    for (auto& fact : facts_) fact.clear();
    std::size_t next = 0;  // most come in the order of the layout
    for (auto entry : object) {
      std::string_view name;
      json::value value;
      if (entry.unescaped_key().get(name) != simdjson::SUCCESS || entry.value().get(value) != simdjson::SUCCESS)
        return false;
      if (next == fields_.size() || fields_[next].name != name) {
        auto const found = places_.find(name);
        if (found == places_.end()) return false;
        next = found->second;
      }
      if (facts_[next].named || !read(value, next)) return false;
      facts_[next++].named = true;
    }
    // Nothing stands after the record.
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return false;
    for (std::size_t i = 0; i < fields_.size(); ++i) close(i);
    return true;
  }

  JsonRecords const& records() const { return records_; }

 private:
  struct Fact {
    bool named = false;
    std::uint8_t present = 0;  // a bitmap of one
    std::int64_t value = 0;    // in its low bytes the column's only value, however narrow
    std::vector<std::int64_t> members;
    std::vector<std::uint8_t> items, items_present;  // as the column has them
    bool lacks_member = false;
    FieldLayout item;  // of a set
    KnownTexts known;

    void clear() {
      named = lacks_member = false;
      present = 0;
      value = 0;
      members.clear();
    }
  };

  static columns::Column column_of(FieldLayout const& field, Fact& fact) {
    columns::Column column;
    column.validity = &fact.present;
    if (!columns::has_items(field)) {
      column.storage = columns::storage_of(field);
      column.values = &fact.value;
      if (is_text(field.kind)) column.texts.resize(1);
      return column;
    }
    column.starts.resize(2);
    auto const items = columns::item_fields(field);
    if (field.kind == ValueKind::Set) fact.item = items.front();
    auto builders = columns::make_builders(items);
    column.items = std::make_unique<columns::Batch>(columns::finish_batch(builders));
    return column;
  }

  bool read(json::value value, std::size_t at) {
    json::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS) return false;
    auto const& field = fields_[at];
    if (type == json::json_type::null) {
      bool null = false;
      return value.is_null().get(null) == simdjson::SUCCESS && null;
    }
    if (columns::has_items(field)) return type == json::json_type::array && read_set(value, at);
    switch (type) {
      case json::json_type::boolean: {
        bool truth = false;
        return field.kind == ValueKind::Truth && value.get_bool().get(truth) == simdjson::SUCCESS &&
               put(at, Cell::present(truth ? 1 : 0));
      }
      case json::json_type::string: {
        std::string_view text;
        if (value.get_string().get(text) != simdjson::SUCCESS) return false;
        return is_text(field.kind) ? put_text(at, text) : put(at, read_text(text, field, facts_[at].known));
      }
      case json::json_type::number: {
        if (field.kind != ValueKind::Number || field.rules) return false;
        auto const number = plain_number(value.raw_json_token());
        return number && put(at, columns::read_number(number->mantissa, number->scale, field));
      }
      case json::json_type::array:
      case json::json_type::object:
      case json::json_type::null: break;
    }
    return false;
  }

  bool put(std::size_t at, Cell const& cell) {
    facts_[at].value = cell.value;
    facts_[at].present = cell.state == Cell::State::Present ? 1 : 0;
    return cell.state != Cell::State::Faulty;
  }

  bool put_text(std::size_t at, std::string_view text) {
    text = columns::trim(text);
    auto const state = columns::state_of_text(text, fields_[at]);
    facts_[at].present = state == Cell::State::Present ? 1 : 0;
    if (state == Cell::State::Present) records_.batch.columns[at].texts.front() = text;
    return state != Cell::State::Faulty;
  }

  bool read_set(json::value value, std::size_t at) {
    auto& fact = facts_[at];
    json::array array;
    if (fields_[at].kind != ValueKind::Set || is_text(fact.item.kind) ||
        value.get_array().get(array) != simdjson::SUCCESS)
      return false;
    for (auto entry : array) {
      std::string_view text;
      if (entry.get_string().get(text) != simdjson::SUCCESS) return false;
      auto const cell = read_text(text, fact.item, fact.known);
      if (cell.state == Cell::State::Faulty) return false;
      if (cell.state == Cell::State::Present)
        fact.members.push_back(cell.value);
      else
        fact.lacks_member = true;
    }
    fact.present = 1;
    return true;
  }

  // The members of a set in order and once each, and what was named and says nothing last.
  void close(std::size_t at) {
    auto& column = records_.batch.columns[at];
    if (fields_[at].kind != ValueKind::Set) return;
    auto& fact = facts_[at];
    std::sort(fact.members.begin(), fact.members.end());
    fact.members.erase(std::unique(fact.members.begin(), fact.members.end()), fact.members.end());
    auto& items = column.items->columns.front();
    fact.items.clear();
    for (auto member : fact.members) append(fact.items, items.storage, member);
    if (fact.lacks_member) append(fact.items, items.storage, 0);
    auto const known = fact.members.size();
    auto const count = known + (fact.lacks_member ? 1 : 0);
    fact.items_present.assign(count / 8 + 1, 0xFF);
    if (fact.lacks_member)
      fact.items_present[known / 8] = static_cast<std::uint8_t>(fact.items_present[known / 8] ^ (1U << (known % 8)));
    items.values = fact.items.data();
    items.validity = fact.items_present.data();
    items.owner = nullptr;
    column.items->row_count = column.starts[1] = static_cast<std::int64_t>(count);
  }

  std::vector<FieldLayout> fields_;
  std::vector<Fact> facts_;
  std::unordered_map<std::string_view, std::size_t> places_;  // of names in `fields_`
  JsonRecords records_;
  json::parser parser_;
  std::string text_;  // with the room after it that the parser reads
};

JsonRecordReader::JsonRecordReader(columns::RecordLayout layout, JsonLimits const& limits)
    : layout_(std::move(layout)), limits_(limits), quick_(std::make_unique<Quick>(layout_)) {}
JsonRecordReader::~JsonRecordReader() = default;

Result<JsonRecords const*> JsonRecordReader::read(std::string_view text) {
  if (text.size() <= limits_.text_bytes && quick_->read(text)) return &quick_->records();
  auto read = read_json_records(text, layout_, 0, limits_);
  if (!read) return read.error();
  if (read->batch.row_count != 1) return Error{ErrorKind::Data, "expected one record"};
  other_ = std::move(*read);
  return &other_;
}

}  // namespace huiyu::records
