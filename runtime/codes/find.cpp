// Names and paths of codes.
#include <algorithm>

#include "runtime/base/fold.h"
#include "runtime/base/utf8.h"
#include "runtime/codes/table.h"

namespace huiyu::codes {
namespace {

bool is_separator(char c) { return c == '.' || c == ' ' || c == '\t'; }

std::string_view without_separators_after(std::string_view text) {
  while (!text.empty() && is_separator(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view without_separators_before(std::string_view text) {
  while (!text.empty() && is_separator(text.front())) text.remove_prefix(1);
  return text;
}

bool is_code_character(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// Looks paths up in one table. Texts are folded before they come here.
class PathFinder {
 public:
  explicit PathFinder(CodeSystem system) : table_(table_of(system)) {}

  std::vector<std::int32_t> find(std::string_view path) const {
    std::vector<std::int32_t> found;
    for (CodePoint const point : code_points(path)) {
      std::string_view const above = path.substr(0, point.offset);
      for (std::int32_t const id : ids_of(path.substr(point.offset))) {
        // A grouping code is in nobody's mind unless its parent is named with it.
        if (above.empty() ? !entry(id).grouping : leads_to(above, entry(id).parent)) found.push_back(id);
      }
    }
    std::sort(found.begin(), found.end());
    std::erase_if(found, [&](std::int32_t id) {
      return std::any_of(found.begin(), found.end(), [&](std::int32_t other) { return only_below(other, id); });
    });
    return found;
  }

  std::span<std::int32_t const> ids_of(std::string_view name) const {
    auto const at = std::lower_bound(table_.names.begin(), table_.names.end(), name,
                                     [](NameKey const& key, std::string_view wanted) { return key.name < wanted; });
    if (at == table_.names.end() || at->name != name) return {};
    return table_.ids_by_name.subspan(static_cast<std::size_t>(at->begin),
                                      static_cast<std::size_t>(at->end - at->begin));
  }

  // Whether the path may stand for this code: its own name last, before it names of ancestors.
  bool ends_at(std::string_view path, std::int32_t id) const {
    std::string const name = fold_full_width(entry(id).name);
    if (!path.ends_with(name)) return false;
    path.remove_suffix(name.size());
    return leads_to(path, entry(id).parent);
  }

 private:
  CodeEntry const& entry(std::int32_t id) const { return table_.entries[static_cast<std::size_t>(id)]; }

  // Whether the path names codes at or above `lowest`, from the top down, some left out.
  bool leads_to(std::string_view path, std::int32_t lowest) const {
    path = without_separators_after(path);
    if (path.empty()) return true;
    for (std::int32_t id = lowest; id >= 0; id = entry(id).parent) {
      if (ends_at(path, id)) return true;
    }
    return false;
  }

  // Whether `id` lies below `above` and nothing else does but codes between them: both stand for the same set.
  bool only_below(std::int32_t above, std::int32_t id) const {
    return above < id && entry(above).last == entry(id).last && id - above == entry(id).level - entry(above).level;
  }

  CodeTable const& table_;
};

}  // namespace

std::span<std::int32_t const> find_name(CodeSystem system, std::string_view name) {
  return PathFinder(system).ids_of(fold_full_width(name));
}

std::vector<std::int32_t> find_path(CodeSystem system, std::string_view text) {
  std::string const folded = fold_full_width(text);
  std::string_view const path = without_separators_before(without_separators_after(folded));
  auto const code_end = std::find_if_not(path.begin(), path.end(), is_code_character);
  if (code_end == path.begin()) return PathFinder(system).find(path);

  auto const code_length = static_cast<std::size_t>(code_end - path.begin());
  auto const id = find_code(system, path.substr(0, code_length));
  std::string_view const rest = without_separators_before(path.substr(code_length));
  if (!id || !(rest.empty() || PathFinder(system).ends_at(rest, *id))) return {};
  return {*id};
}

}  // namespace huiyu::codes
