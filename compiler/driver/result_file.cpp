#include "compiler/driver/result_file.h"

#include <filesystem>

#include "compiler/driver/records.h"
#include "compiler/driver/result_parquet.h"
#include "runtime/records/data_module.h"

namespace huiyu::driver {

using columns::ResultCell;
using columns::ResultKind;

namespace {

// All rows are kept, and the data module writes them in the end.
class TableFile : public ResultFile {
 public:
  TableFile(std::string path, std::vector<PolicyName> const& policies)
      : path_(std::move(path)), policies_(policies), rows_(result_columns()) {}

  Result<void> add(RowKeys const& keys, OutcomeTable const& listed) override {
    for_each_pair(keys, policies_, listed,
                  [&](auto const& key, auto const& policy, auto const& pair) { add_row(key, policy, pair); });
    return {};
  }

  Result<void> finish() override {
    auto module = records::DataModule::load();
    if (!module) return module.error();
    return module->write(std::move(rows_).finish(), path_);
  }

 private:
  void add_row(std::string const& key, PolicyName const& policy, PairOutcome const& pair) {
    auto list = [](std::vector<std::string> texts) {
      return texts.empty() ? ResultCell{} : ResultCell{std::move(texts)};
    };
    rows_.add({key, policy.id, policy.name, std::string_view(outcome_name(pair.outcome)),
               pair.amount_fen ? ResultCell{*pair.amount_fen} : ResultCell{}, list(amount_texts(pair.parts)),
               list(amount_texts(pair.shares)),
               pair.value.empty() ? ResultCell{} : ResultCell{std::string_view(pair.value)},
               list(alert_texts(pair.alerts)), list(pair.needs), policy.clause, list(settle_texts(pair.settled))});
    ++row_count_;
  }

  std::string path_;
  std::vector<PolicyName> const& policies_;
  columns::ResultRows rows_;
};

}  // namespace

std::vector<columns::ResultColumn> result_columns() {
  return {{"key", ResultKind::Text},        {"policy", ResultKind::Text},  {"name", ResultKind::Text},
          {"outcome", ResultKind::Text},    {"amount", ResultKind::Money}, {"parts", ResultKind::TextList},
          {"shares", ResultKind::TextList}, {"value", ResultKind::Text},   {"alerts", ResultKind::TextList},
          {"needs", ResultKind::TextList},  {"clause", ResultKind::Text},  {"settled", ResultKind::TextList}};
}

void for_each_pair(RowKeys const& keys, std::vector<PolicyName> const& policies, OutcomeTable const& listed,
                   RowVisitor const& visit) {
  for (auto const& row : listed.rows) visit(keys.of(row.row), policies[row.policy], listed.pair(row));
}

Result<std::unique_ptr<ResultFile>> ResultFile::create(std::string const& path,
                                                       std::vector<PolicyName> const& policies) {
  if (std::filesystem::path(path).extension() == ".parquet") return create_parquet(path, policies);
  return std::unique_ptr<ResultFile>(std::make_unique<TableFile>(path, policies));
}

}  // namespace huiyu::driver
