#include "compiler/source/articles.h"

namespace huiyu {
namespace {

constexpr std::string_view numerals = "〇零一二三四五六七八九十百千0123456789";

// `第十二条` that a text begins with; empty where it does not.
std::string_view article_at(std::string_view text) {
  constexpr std::string_view before = "第", after = "条";
  if (!text.starts_with(before)) return {};
  std::size_t at = before.size();
  while (at < text.size() && !text.substr(at).starts_with(after)) {
    std::size_t const length = static_cast<unsigned char>(text[at]) < 0x80 ? 1 : 3;
    if (at + length > text.size() || numerals.find(text.substr(at, length)) == std::string_view::npos) return {};
    at += length;
  }
  if (at == before.size() || !text.substr(at).starts_with(after)) return {};
  return text.substr(0, at + after.size());
}

bool is_fence(std::string_view line) { return line.starts_with("```"); }

// The article that a line outside a block begins with: `## 第一条 …`, `**第一条** …`.
std::string_view heading(std::string_view line) {
  auto const first = line.find_first_not_of("#* \t");
  return first == std::string_view::npos ? std::string_view() : article_at(line.substr(first));
}

}  // namespace

std::string_view article_in(std::string_view citation) {
  for (auto at = citation.find("第"); at != std::string_view::npos; at = citation.find("第", at + 1))
    if (auto const name = article_at(citation.substr(at)); !name.empty()) return name;
  return {};
}

std::vector<Span> articles_of(SourceFile const& file) {
  std::vector<Span> found;
  if (!file.literate()) return found;
  bool code = false;
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    auto const text = file.line_text(line);
    if (is_fence(text)) code = !code;
    auto const name = code ? std::string_view() : heading(text);
    if (name.empty()) continue;
    auto const begin = static_cast<std::uint32_t>(name.data() - file.text().data());
    found.push_back({begin, begin + static_cast<std::uint32_t>(name.size()), file.id()});
  }
  return found;
}

// Upwards from the place: one document may hold thousands of policies.
std::string_view article_above(SourceFile const& file, std::uint32_t offset) {
  if (!file.literate()) return {};
  bool code = true;
  for (auto line = file.position(offset).line; line > 0; --line) {
    auto const text = file.line_text(line);
    if (is_fence(text)) code = !code;
    if (auto const name = code ? std::string_view() : heading(text); !name.empty()) return name;
  }
  return {};
}

}  // namespace huiyu
