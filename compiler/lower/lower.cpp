#include "compiler/lower/lower.h"

#include <algorithm>

#include "compiler/lower/link.h"
#include "compiler/lower/lowerer.h"
#include "compiler/lower/policies.h"
#include "compiler/lower/settlements.h"
#include "runtime/codes/codes.h"

namespace huiyu::lower {
namespace {

Result<plan::Fragment> lower_file(tir::Program const& program, SourceSet const& sources, FileId file) {
  Lowerer lowerer(program, sources);
  auto& tables = lowerer.tables();
  tables.set_edition(std::string(edition));
  tables.set_code_tables(std::string(codes::edition(codes::CodeSystem::Region)) + "; " +
                         std::string(codes::edition(codes::CodeSystem::Industry)));
  for (std::size_t i = 0; i < program.policies.size(); ++i) {
    tir::PolicyId const id{static_cast<std::int32_t>(i)};
    if (program.policies[id].span.file != file) continue;
    lower_policy(lowerer, id);
    lower_selection(lowerer, id);
  }
  for (std::size_t i = 0; i < program.settles.size(); ++i)
    if (program.settles[i].span.file == file) lower_settlement(lowerer, i);
  // In one file's share, so that they keep their order.
  if (program.cohorts.size() > 0 && program.cohorts[tir::CohortId{0}].span.file == file) lower_cohorts(lowerer);
  if (program.tallies.size() > 0 && program.tallies[tir::TallyId{0}].span.file == file) lower_tallies(lowerer);
  if (!lowerer.refusal().empty()) return Error{ErrorKind::Rules, lowerer.refusal()};
  return tables.finish();
}

}  // namespace

Result<plan::Fragment> lower(tir::Program const& program, tir::Facts const&, SourceSet const& sources, FileId file) {
  return lower_file(program, sources, file);
}

std::vector<FileId> files_of(tir::Program const& program) {
  std::vector<FileId> files;
  auto const add = [&](FileId file) {
    if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
  };
  for (auto const& policy : program.policies) add(policy.span.file);
  for (auto const& settle : program.settles) add(settle.span.file);
  if (program.cohorts.size() > 0) add(program.cohorts[tir::CohortId{0}].span.file);
  if (program.tallies.size() > 0) add(program.tallies[tir::TallyId{0}].span.file);
  return files;
}

Result<plan::Plan> lower(tir::Program const& program, tir::Facts const&, SourceSet const& sources) {
  std::vector<plan::Fragment> fragments;
  for (auto file : files_of(program)) {
    auto fragment = lower_file(program, sources, file);
    if (!fragment) return fragment.error();
    fragments.push_back(std::move(*fragment));
  }
  return link(fragments);
}

}  // namespace huiyu::lower
