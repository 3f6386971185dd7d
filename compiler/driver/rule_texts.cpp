#include "compiler/driver/rule_texts.h"

#include <string_view>

#include "compiler/driver/module_folders.h"
#include "runtime/base/hash.h"

namespace huiyu::driver {

std::string list_texts(Project const& project) {
  std::string text;
  auto add = [&](std::string_view path, std::string_view bytes) {
    text += to_hex(hash_bytes(bytes)) + " " + std::string(path) + "\n";
  };
  for (std::size_t i = 0; i < project.sources.size(); ++i) {
    auto const& source = project.sources[FileId{static_cast<std::int32_t>(i)}];
    if (source.fault()) return {};
    add(source.path(), source.text());
  }
  FolderStore const store(project.module_folders);
  for (auto const& name : store.names())
    for (auto const& version : store.versions(name))
      for (auto const& file : store.read(name, version)) add(name + " " + version + " " + file.path, file.bytes);
  return text;
}

}  // namespace huiyu::driver
