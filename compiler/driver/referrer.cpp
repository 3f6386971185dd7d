#include "compiler/driver/referrer.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "compiler/driver/options.h"
#include "compiler/driver/population_source.h"
#include "compiler/driver/subjects.h"
#include "runtime/columns/take.h"

namespace huiyu::driver {
namespace {

Result<std::vector<NamedPlace>> parse(std::vector<std::string> const& options, Language language) {
  std::vector<NamedPlace> all;
  for (auto const& option : options) {
    auto made = named_place(option);
    if (made.schema.empty())
      return Error{
          ErrorKind::Usage,
          "--with " + option + words(language, "：写成 --with 企业=企业.csv", ": is written --with 企业=企业.csv")};
    if (std::ranges::find(all, made.schema, &NamedPlace::schema) != all.end())
      return Error{ErrorKind::Usage, "--with " + made.schema + words(language, "：给了两次", ": is given twice")};
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<columns::Batch> copies(std::vector<columns::Batch> const& all) {
  std::vector<columns::Batch> made;
  for (auto const& batch : all) {
    std::vector<std::int64_t> rows;
    for (std::int64_t row = 0; row < batch.row_count; ++row) rows.push_back(row);
    auto& copy = made.emplace_back();
    copy.row_count = batch.row_count;
    copy.first_row = batch.first_row;
    for (auto const& column : batch.columns) copy.columns.push_back(columns::take(column, rows));
  }
  return made;
}

class ReferenceSource : public RecordSource {
 public:
  ReferenceSource(std::unique_ptr<RecordSource> source, std::vector<columns::CellReport> of_others,
                  Referrer const& referrer)
      : source_(std::move(source)), referrer_(referrer) {
    reports_ = std::move(of_others);
  }

  Result<std::optional<Unread>> fetch() override {
    auto unread = source_->fetch();
    if (!unread || !unread->has_value()) return unread;
    (*unread)->read = [this, read = std::move((*unread)->read)]() -> Result<ReadBatch> {
      auto batch = read();
      if (batch) referrer_.join(batch->batch);
      return batch;
    };
    return unread;
  }
  void settle(ReadBatch& read) override {
    source_->settle(read);
    take();
  }
  void conclude() override {
    source_->conclude();
    take();
  }

 private:
  void take() {
    add_reports(source_->take_reports());
    unknown_fields_ = source_->unknown_fields();
    absent_fields_ = source_->absent_fields();
  }

  std::unique_ptr<RecordSource> source_;
  Referrer const& referrer_;
};

Result<std::vector<columns::Batch>> read_all(NamedPlace const& with, columns::RecordLayout const& layout,
                                             std::vector<columns::CellReport>& reports, Language language) {
  RecordOptions options;
  options.tables = {with.schema + "=" + with.place};
  auto const one = single_source(options, language);
  if (!one) return one.error();
  auto source = open_records(*one, layout, language);
  if (!source) return source.error();
  std::vector<columns::Batch> all;
  for (;;) {
    auto batch = (*source)->next();
    if (!batch) return batch.error();
    for (auto& report : (*source)->take_reports()) {
      report.field = std::filesystem::path(with.place).filename().string() + " " + report.field;
      reports.push_back(std::move(report));
    }
    if (!batch->has_value()) return all;
    all.push_back(std::move(**batch));
  }
}

}  // namespace

Result<std::unique_ptr<RecordSource>> with_references(std::unique_ptr<RecordSource> source,
                                                      columns::RecordLayout const& own, RecordOptions const& options,
                                                      Referrer& referrer, Language language) {
  auto given = parse(options.with, language);
  if (!given) return given.error();
  auto const layouts = referrer.pointed_at();
  for (auto const& with : *given)
    if (std::ranges::find(layouts, with.schema, &columns::RecordLayout::schema) == layouts.end())
      return Error{ErrorKind::Usage,
                   "--with " + with.schema +
                       words(language, "：没有规则读所指向的这种记录", ": no rule reads such records by a reference")};
  for (auto const& option : options.beside)
    if (auto other = named_place(option); std::ranges::find(*given, other.schema, &NamedPlace::schema) == given->end())
      given->push_back(std::move(other));
  std::vector<columns::CellReport> reports;
  bool its_like = false;
  for (auto const& layout : layouts) {
    auto const with = std::ranges::find(*given, layout.schema, &NamedPlace::schema);
    if (with == given->end()) {
      its_like = its_like || layout.schema == own.schema;
      if (layout.schema != own.schema)
        fmt::print(
            stderr, "{}\n",
            language == Language::Chinese
                ? fmt::format("提醒：没有给出 {} 的记录（--with {}=文件），要读它们的都按缺失处理", layout.schema,
                              layout.schema)
                : fmt::format("note: no records of {} are given (--with {}=FILE); what is read of them is missing",
                              layout.schema, layout.schema));
      continue;
    }
    auto all = read_all(*with, layout, reports, language);
    if (!all) return all.error();
    referrer.load(layout, std::move(*all));
  }
  if (its_like)
    source = with_population(std::move(source), [&referrer, own](std::vector<columns::Batch> all) {
      referrer.load(own, copies(all));
      return all;
    });
  if (layouts.empty()) return source;
  return std::unique_ptr<RecordSource>(
      std::make_unique<ReferenceSource>(std::move(source), std::move(reports), referrer));
}

}  // namespace huiyu::driver
