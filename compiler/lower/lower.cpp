#include "compiler/lower/lower.h"

#include <algorithm>

#include "compiler/lower/link.h"
#include "compiler/lower/lowerer.h"
#include "compiler/lower/policies.h"
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
    if (program.policies[id].span.file == file) lower_policy(lowerer, id);
  }
  if (!lowerer.refusal().empty()) return Error{ErrorKind::Rules, lowerer.refusal()};
  return tables.finish();
}

}  // namespace

Result<plan::Fragment> lower(tir::Program const& program, tir::Facts const&, SourceSet const& sources, FileId file) {
  return lower_file(program, sources, file);
}

Result<plan::Plan> lower(tir::Program const& program, tir::Facts const&, SourceSet const& sources) {
  std::vector<FileId> files;
  for (auto const& policy : program.policies)
    if (std::find(files.begin(), files.end(), policy.span.file) == files.end()) files.push_back(policy.span.file);
  std::vector<plan::Fragment> fragments;
  for (auto file : files) {
    auto fragment = lower_file(program, sources, file);
    if (!fragment) return fragment.error();
    fragments.push_back(std::move(*fragment));
  }
  return link(fragments);
}

}  // namespace huiyu::lower
