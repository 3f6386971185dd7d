#include "compiler/parse/dictionary.h"

#include <functional>
#include <utility>

#include "runtime/base/check.h"

namespace huiyu::parse {

namespace {

std::size_t hash_of(DeclaredName const& name) {
  std::size_t hash = std::hash<std::string_view>{}(name.text);
  auto const mix = [&](std::size_t more) { hash = (hash ^ more) * 0x9E3779B97F4A7C15ULL; };
  mix(static_cast<std::size_t>(name.kind));
  mix(std::hash<std::string_view>{}(name.owner));
  mix(static_cast<std::size_t>(name.declared_at.file.index));
  mix(name.declared_at.begin);
  return hash;
}

std::uint8_t mask_of(NameKind kind) {
  if (kind == NameKind::Code) return name_bit::code;
  if (kind == NameKind::Field) return name_bit::field | name_bit::general;
  return is_local(kind) ? name_bit::local : name_bit::general;
}

// What of a module means something in rules that use it: its policies and their items do not.
bool is_read_by_users(NameKind kind) {
  return kind == NameKind::Schema || kind == NameKind::CodeList || kind == NameKind::Parameter ||
         kind == NameKind::ReferenceTable || kind == NameKind::Definition;
}

}  // namespace

std::uint32_t Dictionary::add(DeclaredName name) {
  HUIYU_CHECK(!name.text.empty(), "a name without characters");
  auto const id = static_cast<std::uint32_t>(names_.size());
  auto const [place, added] = seen_.try_emplace(hash_of(name), id);
  if (!added && names_[place->second] == name) return place->second;
  WordIndex::Node const node = index_.insert(name.text);
  next_.push_back(index_.value(node));
  index_.set_value(node, id);
  index_.add_mask(node, mask_of(name.kind));
  names_.push_back(std::move(name));
  return id;
}

void Dictionary::merge(Dictionary const& other) {
  for (DeclaredName const& name : other.names_)
    if (!is_local(name.kind)) add(name);
}

void Dictionary::merge_published(Dictionary const& other, std::string_view module) {
  for (DeclaredName const& name : other.names_) {
    bool const field_or_entry = name.kind == NameKind::Field || name.kind == NameKind::Code;
    if (!field_or_entry && !is_read_by_users(name.kind)) continue;
    if (name.published)
      add(name);
    else if (!field_or_entry)
      private_.try_emplace(name.text, Private{std::string(module), name.declared_at});
  }
}

Dictionary::Private const* Dictionary::find_private(std::string_view text) const {
  auto const found = private_.find(std::string(text));
  return found == private_.end() ? nullptr : &found->second;
}

std::vector<DeclaredName const*> Dictionary::find(std::string_view text) const {
  std::vector<DeclaredName const*> found;
  WordIndex::Node const node = index_.find(text);
  if (node == WordIndex::none) return found;
  for (std::uint32_t id = index_.value(node); id != WordIndex::none; id = next_[id]) found.push_back(&names_[id]);
  return found;
}

}  // namespace huiyu::parse
