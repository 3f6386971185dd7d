#include "compiler/driver/result_file.h"

#include "runtime/base/decimal.h"
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
             {"value", ResultKind::Text},
             {"needs", ResultKind::TextList},
             {"clause", ResultKind::Text}}) {}

void ResultFile::add(std::string const& key, PolicyName const& policy, PairOutcome const& pair) {
  std::vector<std::string> parts;
  for (auto const& part : pair.parts) parts.push_back(part.name + "=" + print_decimal(part.amount_fen, 2));
  auto list = [](std::vector<std::string> const& texts) { return texts.empty() ? ResultCell{} : ResultCell{texts}; };
  rows_.add({key, policy.id, policy.name, std::string(outcome_name(pair.outcome)),
             pair.amount_fen ? ResultCell{*pair.amount_fen} : ResultCell{}, list(parts),
             pair.value.empty() ? ResultCell{} : ResultCell{pair.value}, list(pair.needs), policy.clause});
}

Result<void> ResultFile::write(std::string const& path) && {
  auto module = records::DataModule::load();
  if (!module) return module.error();
  return module->write(std::move(rows_).finish(), path);
}

}  // namespace huiyu::driver
