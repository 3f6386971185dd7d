#include "compiler/driver/parse_files.h"

#include "compiler/parse/parse.h"
#include "runtime/base/each_of.h"

namespace huiyu::driver {

std::vector<ast::File> parse_files(SourceSet const& sources, std::span<parse::Dictionary const* const> names,
                                   Diagnostics& found, std::size_t jobs) {
  auto const source = [&](std::size_t i) -> SourceFile const& { return sources[FileId{static_cast<std::int32_t>(i)}]; };
  std::vector<ast::File> files(names.size());
  std::vector<Diagnostics> apart(names.size());
  if (jobs > 1)
    each_of(names.size(), jobs, [&](std::size_t i) { files[i] = parse::parse(source(i), *names[i], apart[i]); });
  for (std::size_t i = 0; i < names.size(); ++i) {
    // Once there is as much as is kept, a file is read no further: so this one hangs on those before it.
    bool const fills = found.all().size() + apart[i].all().size() >= Diagnostics::default_limit;
    if (jobs <= 1 || fills)
      files[i] = parse::parse(source(i), *names[i], found);
    else
      found.append(apart[i]);
  }
  return files;
}

}  // namespace huiyu::driver
