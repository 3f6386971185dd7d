// The texts of one run, named by id. A reference stays good while files are added.
#pragma once

#include <deque>
#include <string>

#include "compiler/source/source_file.h"

namespace huiyu {

class SourceSet {
 public:
  // Keeps the text under a new id.
  SourceFile const& add(std::string path, std::string bytes);

  bool contains(FileId id) const { return id.index >= 0 && static_cast<std::size_t>(id.index) < files_.size(); }
  SourceFile const& operator[](FileId id) const;
  std::size_t size() const { return files_.size(); }

  auto begin() const { return files_.begin(); }
  auto end() const { return files_.end(); }

 private:
  std::deque<SourceFile> files_;
};

}  // namespace huiyu
