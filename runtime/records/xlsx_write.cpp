#include "runtime/records/xlsx_write.h"

#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <xlsxwriter.h>

#include "runtime/base/civil.h"
#include "runtime/base/decimal.h"
#include "runtime/base/utf8.h"
#include "runtime/columns/arrow_view.h"
#include "runtime/records/output_file.h"

namespace huiyu::records {
namespace {

using columns::ArrowKind;
using columns::ArrowView;

constexpr std::int64_t most_rows = 1'048'575;  // and the header
constexpr std::size_t longest_text = 32'767;   // characters of one cell
constexpr std::size_t most_digits = 15;
constexpr std::int64_t seconds_per_day = 86'400;

std::string moment_text(ArrowView const& view, std::int64_t row) {
  auto const per_day =
      seconds_per_day * (view.format().kind == ArrowKind::Milliseconds ? 1'000 : view.format().per_second);
  auto const moment = static_cast<std::int64_t>(view.integer(row));
  auto const day = floor_div(moment, per_day);
  if (day < first_day_number || day > last_day_number) return std::to_string(moment);
  auto text = format_date(static_cast<std::int32_t>(day));
  auto const seconds = (moment - day * per_day) / (per_day / seconds_per_day);
  if (moment != day * per_day)
    text += fmt::format(" {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text;
}

std::string text_of(ArrowView const& view, std::int64_t row) {
  if (!view.present(row)) return "";
  switch (view.format().kind) {
    case ArrowKind::Null: return "";
    case ArrowKind::Truth: return view.integer(row) != 0 ? "是" : "否";
    case ArrowKind::Integer: return to_string(view.integer(row));
    case ArrowKind::Decimal:
      return view.format().scale > 0 ? print_decimal(view.decimal(row), view.format().scale)
                                     : to_string(view.decimal(row));
    case ArrowKind::Float:
    case ArrowKind::Double: return view.floating_text(row);
    case ArrowKind::Text: return std::string(view.text(row));
    case ArrowKind::Days: return format_date(static_cast<std::int32_t>(view.integer(row)));
    case ArrowKind::Milliseconds:
    case ArrowKind::Timestamp: return moment_text(view, row);
    case ArrowKind::List:
    case ArrowKind::Map:
    case ArrowKind::Struct: break;
  }
  std::string text;
  auto const add = [&](std::string const& part) { text += (text.empty() ? "" : "、") + part; };
  if (view.format().kind == ArrowKind::Struct) {
    for (auto const& child : view.children())
      if (child.present(view.child_row(row))) add(child.name() + "=" + text_of(child, view.child_row(row)));
    return text;
  }
  auto const& items = view.children().front();
  for (auto at = view.begin(row); at < view.end(row); ++at) {
    if (view.format().kind == ArrowKind::Map)
      add(text_of(items.children()[0], items.child_row(at)) + "=" + text_of(items.children()[1], items.child_row(at)));
    else
      add(text_of(items, at));
  }
  return text;
}

std::size_t digits_in(std::string const& text) {
  std::size_t digits = 0;
  for (char const c : text) digits += (c >= '0' && c <= '9') ? 1 : 0;
  return digits;
}

bool is_number(ArrowKind kind) {
  return kind == ArrowKind::Integer || kind == ArrowKind::Decimal || kind == ArrowKind::Float ||
         kind == ArrowKind::Double;
}

class Sheet {
 public:
  // Constant memory: rows go to a temporary file as they come, and cells must come in order.
  explicit Sheet(std::string const& path) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    book_ = workbook_new_opt(path.c_str(), &options);
    if (book_ == nullptr) return;
    sheet_ = workbook_add_worksheet(book_, nullptr);
    date_ = workbook_add_format(book_);
    format_set_num_format(date_, "yyyy-mm-dd");
  }
  Sheet(Sheet const&) = delete;
  Sheet& operator=(Sheet const&) = delete;
  ~Sheet() {
    if (book_ != nullptr) workbook_close(book_);
  }
  bool usable() const { return book_ != nullptr && sheet_ != nullptr; }

  Result<void> text(lxw_row_t row, lxw_col_t column, std::string const& text) {
    if (text.empty()) return {};
    if (code_point_count(text) > longest_text)
      return Error{ErrorKind::Data, fmt::format("row {} has a text of more than {} characters, which no sheet holds",
                                                row, longest_text)};
    return done(worksheet_write_string(sheet_, row, column, text.c_str(), nullptr));
  }
  Result<void> number(lxw_row_t row, lxw_col_t column, std::string const& digits) {
    return done(worksheet_write_number(sheet_, row, column, std::strtod(digits.c_str(), nullptr), nullptr));
  }
  Result<void> date(lxw_row_t row, lxw_col_t column, std::int32_t day) {
    // Excel counts from 30 December 1899; before March 1900 it is off by a day, and those days are texts.
    auto const serial = day - days_from_civil({1899, 12, 30});
    if (serial < 61) return text(row, column, format_date(day));
    return done(worksheet_write_number(sheet_, row, column, static_cast<double>(serial), date_));
  }
  Result<void> close() { return done(workbook_close(std::exchange(book_, nullptr))); }

 private:
  static Result<void> done(lxw_error code) {
    if (code == LXW_NO_ERROR) return {};
    return Error{ErrorKind::Environment, std::string("the workbook cannot be written: ") + lxw_strerror(code)};
  }

  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* date_ = nullptr;
};

Result<void> write_cell(Sheet& sheet, lxw_row_t row, lxw_col_t column, ArrowView const& view, std::int64_t at) {
  if (!view.present(at)) return {};
  auto const kind = view.format().kind;
  if (kind == ArrowKind::Days) {
    auto const day = view.integer(at);
    if (day >= first_day_number && day <= last_day_number)
      return sheet.date(row, column, static_cast<std::int32_t>(day));
    return sheet.text(row, column, to_string(day));
  }
  auto const text = text_of(view, at);
  return is_number(kind) && digits_in(text) <= most_digits ? sheet.number(row, column, text)
                                                           : sheet.text(row, column, text);
}

Result<void> write_rows(Sheet& sheet, columns::ArrowStream& stream) {
  auto schema = stream.schema();
  if (!schema) return schema.error();
  for (std::int64_t i = 0; i < (*schema)->n_children; ++i) {
    auto const* name = (*schema)->children[i]->name;
    if (auto put = sheet.text(0, static_cast<lxw_col_t>(i), name == nullptr ? "" : name); !put) return put;
  }
  std::int64_t row = 0;
  for (;;) {
    auto batch = stream.next();
    if (!batch) return batch.error();
    if (!batch->has_value()) return {};
    auto const view = ArrowView::open(**schema, ***batch, "");
    if (!view) return view.error();
    for (auto const& child : view->children())
      if (!child.broken().empty()) return Error{ErrorKind::Data, child.broken()};
    for (std::int64_t i = 0; i < view->length(); ++i) {
      if (++row > most_rows)
        return Error{ErrorKind::Data, fmt::format("a sheet holds at most {} rows; write .csv or .parquet", most_rows)};
      for (std::size_t column = 0; column < view->children().size(); ++column)
        if (auto put = write_cell(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                                  view->children()[column], view->child_row(i));
            !put)
          return put;
    }
  }
}

}  // namespace

Result<void> write_xlsx(columns::ArrowStream stream, std::filesystem::path const& path) {
  auto file = OutputFile::create(path);
  if (!file) return std::move(file).error();
  // The library writes by name; the descriptor's own name leads to the file that is not yet there for others.
  Sheet sheet("/proc/self/fd/" + std::to_string(file->descriptor()));
  if (!sheet.usable()) return Error{ErrorKind::Environment, "the workbook cannot be written: out of memory"};
  if (auto written = write_rows(sheet, stream); !written)
    return Error{written.error().kind, "`" + path.string() + "` cannot be written: " + written.error().message};
  if (auto closed = sheet.close(); !closed) return closed;
  return file->commit();
}

}  // namespace huiyu::records
