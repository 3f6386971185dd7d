#include "runtime/columns/items.h"

#include <algorithm>
#include <array>

#include "runtime/base/utf8.h"

namespace huiyu::columns {
namespace {

// Cut where a character begins, and bytes that are none replaced, so that a report is valid UTF-8.
std::string shortened(std::string_view text) {
  std::string shown;
  for (auto const character : code_points(text)) {
    if (shown.size() >= report_text_limit) return shown + "…";
    append_utf8(shown, character.value);
  }
  return shown;
}

bool is_text(FieldLayout const& field) { return field.kind == ValueKind::Text || field.kind == ValueKind::CreditCode; }

// The readable entries in order and once each, and whether something was not readable.
template <class Value> struct Members {
  std::vector<Value> known;
  bool open = false;

  void settle() {
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
  }
};

constexpr std::array<std::string_view, 7> entry_separators{"、", "，", ",", "；", ";", "|", "｜"};

std::vector<std::optional<std::string>> split_entries(std::string_view text) {
  std::vector<std::optional<std::string>> entries;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t step = 0;
    for (auto const separator : entry_separators)
      if (text.substr(at).starts_with(separator)) step = separator.size();
    if (step == 0) {
      ++at;
      continue;
    }
    entries.emplace_back(text.substr(begin, at - begin));
    at += step;
    begin = at;
  }
  entries.emplace_back(text.substr(begin));
  return entries;
}

}  // namespace

ReportSite ReportSite::field(std::string_view name) const {
  return {reports, row, path.empty() ? std::string(name) : path + "." + std::string(name)};
}

ReportSite ReportSite::period(std::string_view key) const {
  return {reports, row, path + "[" + std::string(key) + "]"};
}

void ReportSite::report(std::string_view text, CellFault fault) const {
  reports.push_back({row, path, shortened(text), fault});
}

void add_cell(ColumnBuilder& column, std::string_view text, ReportSite const& site) {
  if (first_invalid_utf8(text)) {
    column.add_missing();
    return site.report(text, CellFault::Unreadable);
  }
  if (auto const fault = column.add_cell(text)) site.report(text, *fault);
}

void add_set(ColumnBuilder& column, std::vector<std::optional<std::string>> const& entries, ReportSite const& site) {
  auto& item = column.items().front();
  std::int64_t count = 0;
  bool open = false;
  if (is_text(item.field())) {
    Members<std::string> members;
    for (auto const& entry : entries) {
      auto const text = entry ? trim(*entry) : std::string_view();
      bool const unreadable = first_invalid_utf8(text).has_value();
      if (unreadable) site.report(text, CellFault::Unreadable);
      if (text.empty() || unreadable)
        members.open = true;
      else
        members.known.emplace_back(text);
    }
    members.settle();
    for (auto const& text : members.known) item.add_text(text);
    count = static_cast<std::int64_t>(members.known.size());
    open = members.open;
  } else {
    Members<std::int64_t> members;
    for (auto const& entry : entries) {
      auto const cell = !entry                       ? Cell::missing()
                        : first_invalid_utf8(*entry) ? Cell::faulty(CellFault::Unreadable)
                                                     : read_cell(*entry, item.field());
      if (cell.state == Cell::State::Faulty) site.report(*entry, cell.fault);
      if (cell.state == Cell::State::Present)
        members.known.push_back(cell.value);
      else
        members.open = true;
    }
    members.settle();
    for (auto const value : members.known) item.add(value);
    count = static_cast<std::int64_t>(members.known.size());
    open = members.open;
  }
  if (open) item.add_missing();
  column.add_items(count + (open ? 1 : 0));
}

void add_set_text(ColumnBuilder& column, std::string_view text, ReportSite const& site) {
  text = trim(text);
  if (text.empty()) {
    column.add_missing();
    return;
  }
  auto const& item = column.items().front().field();
  // The name of an entry may hold a separator itself (住宿业、餐饮业).
  bool const whole = !is_text(item) && read_cell(text, item).state == Cell::State::Present;
  add_set(column, whole ? std::vector<std::optional<std::string>>{std::string(text)} : split_entries(text), site);
}

void add_series(ColumnBuilder& column, std::vector<std::string> const& keys, AddValue const& add_value,
                ReportSite const& site) {
  struct Entry {
    std::int64_t period;
    std::size_t index;
  };
  auto& period = column.items()[0];
  auto& value = column.items()[1];
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const cell = read_cell(keys[i], period.field());
    if (cell.state == Cell::State::Present)
      entries.push_back({cell.value, i});
    else
      site.report(keys[i], CellFault::Unreadable);
  }
  std::stable_sort(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) { return a.period < b.period; });

  std::int64_t count = 0;
  for (std::size_t i = 0; i < entries.size(); ++count) {
    auto next = i + 1;
    while (next < entries.size() && entries[next].period == entries[i].period) ++next;
    auto const& key = keys[entries[i].index];
    period.add(entries[i].period);
    if (next == i + 1) {
      add_value(entries[i].index, value, site.period(key));
    } else {
      value.add_missing();
      site.period(key).report(key, CellFault::DuplicateKey);
    }
    i = next;
  }
  column.add_items(count);
}

}  // namespace huiyu::columns
