#include "compiler/source/source_set.h"

#include <utility>

#include "runtime/base/check.h"

namespace huiyu {

SourceFile const& SourceSet::add(std::string path, std::string bytes) {
  FileId const id{static_cast<std::int32_t>(files_.size())};
  return files_.emplace_back(id, std::move(path), std::move(bytes));
}

SourceFile const& SourceSet::operator[](FileId id) const {
  HUIYU_CHECK(contains(id), "a file that is not in the set");
  return files_[static_cast<std::size_t>(id.index)];
}

}  // namespace huiyu
