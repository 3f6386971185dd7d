#include "compiler/driver/kept_parts.h"

#include <cstring>
#include <span>

#include "runtime/plan/plan_file.h"

namespace huiyu::driver {

namespace {

void put(std::string& out, std::uint64_t number) { out.append(reinterpret_cast<char const*>(&number), sizeof number); }

std::optional<std::uint64_t> take(std::string_view& bytes) {
  std::uint64_t number = 0;
  if (bytes.size() < sizeof number) return std::nullopt;
  std::memcpy(&number, bytes.data(), sizeof number);
  bytes.remove_prefix(sizeof number);
  return number;
}

std::optional<std::string_view> take_text(std::string_view& bytes) {
  auto const size = take(bytes);
  if (!size || *size > bytes.size()) return std::nullopt;
  auto const text = bytes.substr(0, *size);
  bytes.remove_prefix(*size);
  return text;
}

void put(std::string& out, std::vector<Said> const& all) {
  put(out, std::uint64_t{all.size()});
  for (auto const& one : all) {
    put(out, std::uint64_t{one.begin}), put(out, std::uint64_t{one.end}), put(out, std::uint64_t{one.words.size()});
    out += one.words;
  }
}

bool take(std::string_view& bytes, std::vector<Said>& all) {
  auto const count = take(bytes);
  if (!count) return false;
  for (std::uint64_t i = 0; i < *count; ++i) {
    auto const begin = take(bytes), end = take(bytes);
    auto const words = take_text(bytes);
    if (!begin || !end || !words) return false;
    all.push_back({static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end), std::string(*words)});
  }
  return true;
}

void put(std::string& out, std::string_view text) {
  put(out, std::uint64_t{text.size()});
  out += text;
}

// A name without where it stands among files.
void put(std::string& out, parse::DeclaredName const& name) {
  put(out, static_cast<std::uint64_t>(name.kind));
  for (auto const* text : {&name.text, &name.owner, &name.element}) put(out, *text);
  put(out, std::uint64_t{name.declared_at.begin}), put(out, std::uint64_t{name.declared_at.end});
  put(out, std::uint64_t{name.published} | std::uint64_t{name.quoted} << 1 | std::uint64_t{name.series} << 2);
}

std::optional<Span> take_span(std::string_view& bytes, FileId file) {
  auto const begin = take(bytes), end = take(bytes);
  if (!begin || !end) return std::nullopt;
  return Span{static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end), file};
}

std::optional<parse::DeclaredName> take_name(std::string_view& bytes, FileId file) {
  parse::DeclaredName name;
  auto const kind = take(bytes);
  if (!kind || *kind > static_cast<std::uint64_t>(parse::NameKind::TestLabel)) return std::nullopt;
  name.kind = static_cast<parse::NameKind>(*kind);
  for (auto* text : {&name.text, &name.owner, &name.element}) {
    auto const found = take_text(bytes);
    if (!found) return std::nullopt;
    *text = *found;
  }
  auto const span = take_span(bytes, file);
  auto const flags = take(bytes);
  if (!span || !flags || name.text.empty()) return std::nullopt;
  name.declared_at = *span;
  name.published = (*flags & 1) != 0, name.quoted = (*flags & 2) != 0, name.series = (*flags & 4) != 0;
  return name;
}

// Literate texts are read otherwise.
Hash128 key_of(SourceFile const& source) { return HashBuilder().add(source.literate()).add(source.text()).finish(); }

}  // namespace

void keep(cache::DiskCache const& kept, std::string const& description, Part const& part) {
  std::string out;
  for (auto const* said : {&part.read, &part.checked, &part.compared}) put(out, *said);
  put(out, std::uint64_t{part.fragment.has_value()});
  if (!part.fragment) return kept.write(description, out);
  auto const stored = plan::pieces_of(*part.fragment);
  if (!stored) return;
  out.resize((out.size() + 7) / 8 * 8);
  auto const chars = [](std::span<std::byte const> bytes) {
    return std::string_view(reinterpret_cast<char const*>(bytes.data()), bytes.size());
  };
  std::vector<std::string_view> pieces{out, chars(stored->head)};
  for (auto const piece : stored->rest) pieces.push_back(chars(piece));
  kept.write(description, pieces);
}

// The cache has made sure that these are the bytes that were kept.
std::optional<Part> kept_part(cache::DiskCache const& kept, std::string const& description) {
  auto const entry = kept.map(description);
  if (!entry) return std::nullopt;
  Part part;
  std::string_view rest = entry->bytes;
  for (auto* said : {&part.read, &part.checked, &part.compared})
    if (!take(rest, *said)) return std::nullopt;
  auto const has_policies = take(rest);
  if (!has_policies) return std::nullopt;
  part.usable = true;
  if (*has_policies == 0) return part;
  auto const at = (entry->bytes.size() - rest.size() + 7) / 8 * 8;
  if (at > entry->bytes.size()) return std::nullopt;
  auto fragment = plan::load_trusted(std::as_bytes(std::span(entry->bytes.substr(at))), entry->keeper);
  if (!fragment) return std::nullopt;
  part.fragment = std::move(*fragment);
  return part;
}

KeptOutlines KeptOutlines::read(cache::DiskCache const& kept, std::string const& description) {
  KeptOutlines all;
  auto entry = kept.map(description);
  if (!entry) return all;
  all.entry_ = std::move(*entry);
  auto bytes = all.entry_.bytes;
  while (!bytes.empty()) {
    auto const high = take(bytes), low = take(bytes);
    auto const outline = take_text(bytes);
    if (!high || !low || !outline) break;
    all.found_.emplace(Hash128{*high, *low}, *outline);
  }
  return all;
}

std::optional<parse::Outline> KeptOutlines::of(SourceFile const& source) const {
  auto const found = found_.find(key_of(source));
  if (found == found_.end()) return std::nullopt;
  parse::Outline outline;
  auto bytes = found->second;
  auto const uses = take(bytes);
  if (!uses) return std::nullopt;
  for (std::uint64_t i = 0; i < *uses; ++i) {
    auto const module = take_text(bytes), version = take_text(bytes);
    auto const span = take_span(bytes, source.id());
    if (!module || !version || !span) return std::nullopt;
    outline.uses.push_back({std::string(*module), std::string(*version), *span});
  }
  while (!bytes.empty()) {
    auto name = take_name(bytes, source.id());
    if (!name) return std::nullopt;
    outline.names.add(std::move(*name));
  }
  return outline;
}

void KeptOutlines::keep(cache::DiskCache const& kept, std::string const& description,
                        std::vector<std::pair<SourceFile const*, parse::Outline const*>> const& all) {
  std::string out;
  for (auto const& [source, outline] : all) {
    std::string one;
    put(one, std::uint64_t{outline->uses.size()});
    for (auto const& use : outline->uses) {
      put(one, use.module), put(one, use.version);
      put(one, std::uint64_t{use.span.begin}), put(one, std::uint64_t{use.span.end});
    }
    for (auto const& name : outline->names.names()) put(one, name);
    auto const key = key_of(*source);
    put(out, key.high), put(out, key.low), put(out, one);
  }
  kept.write(description, out);
}

}  // namespace huiyu::driver
