#include "compiler/driver/result_file.h"

#include "runtime/records/data_module.h"

namespace huiyu::driver {

using columns::ResultCell;
using columns::ResultKind;

ResultFile::ResultFile()
    : rows_({{"key", ResultKind::Text},
             {"policy", ResultKind::Text},
             {"name", ResultKind::Text},
             {"outcome", ResultKind::Text},
             {"amount", ResultKind::Money},
             {"parts", ResultKind::TextList},
             {"shares", ResultKind::TextList},
             {"value", ResultKind::Text},
             {"alerts", ResultKind::TextList},
             {"needs", ResultKind::TextList},
             {"clause", ResultKind::Text}}) {}

void ResultFile::add(std::string const& key, PolicyName const& policy, PairOutcome const& pair) {
  auto list = [](std::vector<std::string> texts) {
    return texts.empty() ? ResultCell{} : ResultCell{std::move(texts)};
  };
  rows_.add({key, policy.id, policy.name, std::string_view(outcome_name(pair.outcome)),
             pair.amount_fen ? ResultCell{*pair.amount_fen} : ResultCell{}, list(amount_texts(pair.parts)),
             list(amount_texts(pair.shares)),
             pair.value.empty() ? ResultCell{} : ResultCell{std::string_view(pair.value)},
             list(alert_texts(pair.alerts)), list(pair.needs), policy.clause});
}

Result<void> ResultFile::write(std::string const& path) && {
  auto module = records::DataModule::load();
  if (!module) return module.error();
  return module->write(std::move(rows_).finish(), path);
}

}  // namespace huiyu::driver
