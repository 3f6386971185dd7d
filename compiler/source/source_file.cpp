#include "compiler/source/source_file.h"

#include <algorithm>
#include <utility>

#include "runtime/base/check.h"
#include "runtime/base/utf8.h"

namespace huiyu {
namespace {

std::optional<SourceFaultAt> find_fault(std::string_view bytes) {
  if (bytes.size() > max_source_bytes) return SourceFaultAt{SourceFault::TooLarge, 0};
  std::size_t const nul = bytes.find('\0');
  std::optional<std::size_t> const bad = first_invalid_utf8(bytes.substr(0, nul));
  if (bad) return SourceFaultAt{SourceFault::NotUtf8, static_cast<std::uint32_t>(*bad)};
  if (nul != std::string_view::npos) return SourceFaultAt{SourceFault::HasNul, static_cast<std::uint32_t>(nul)};
  return std::nullopt;
}

}  // namespace

SourceFile::SourceFile(FileId id, std::string path, std::string bytes)
    : id_(id), path_(std::move(path)), text_(std::move(bytes)), fault_(find_fault(text_)) {
  if (fault_) text_.resize(fault_->offset);
  line_starts_.push_back(0);
  for (std::size_t at = text_.find('\n'); at != std::string::npos; at = text_.find('\n', at + 1))
    line_starts_.push_back(static_cast<std::uint32_t>(at + 1));
}

bool SourceFile::literate() const { return path_.ends_with(".hui.md"); }

Position SourceFile::position(std::uint32_t offset) const {
  offset = std::min(offset, static_cast<std::uint32_t>(text_.size()));
  auto const after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  std::uint32_t const start = *(after - 1);
  // The text is valid UTF-8, so its characters are the bytes that continue nothing.
  auto const characters = std::count_if(text_.begin() + start, text_.begin() + offset,
                                        [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; });
  return {static_cast<std::uint32_t>(after - line_starts_.begin()), static_cast<std::uint32_t>(characters + 1)};
}

std::uint32_t SourceFile::line_start(std::uint32_t line) const {
  HUIYU_CHECK(line >= 1 && line <= line_starts_.size(), "a line outside the text");
  return line_starts_[line - 1];
}

std::string_view SourceFile::line_text(std::uint32_t line) const {
  std::size_t const begin = line_start(line);
  std::size_t end = line < line_starts_.size() ? line_starts_[line] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return std::string_view(text_).substr(begin, end - begin);
}

std::string_view SourceFile::slice(Span span) const {
  HUIYU_CHECK(span.begin <= span.end && span.end <= text_.size(), "a span outside the text");
  return std::string_view(text_).substr(span.begin, span.end - span.begin);
}

}  // namespace huiyu
