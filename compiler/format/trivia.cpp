#include "compiler/format/trivia.h"

#include <algorithm>

namespace huiyu::format {
namespace {

constexpr std::string_view full_width_blank = "　";

std::string_view strip_begin(std::string_view text) {
  for (;;) {
    if (!text.empty() && (text.front() == ' ' || text.front() == '\t' || text.front() == '\r'))
      text.remove_prefix(1);
    else if (text.starts_with(full_width_blank))
      text.remove_prefix(full_width_blank.size());
    else
      return text;
  }
}

std::string_view strip(std::string_view text) {
  text = strip_begin(text);
  for (;;) {
    if (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r' || text.back() == '\n'))
      text.remove_suffix(1);
    else if (text.ends_with(full_width_blank))
      text.remove_suffix(full_width_blank.size());
    else
      return text;
  }
}

bool is_comment(std::string_view stripped) { return stripped.starts_with('#') || stripped.starts_with("＃"); }

}  // namespace

TriviaReader::TriviaReader(SourceFile const& source) : text_(source.text()), literate_(source.literate()) {
  if (literate_) code_ = parse::find_code(text_);
}

bool TriviaReader::is_foreign(std::uint32_t offset) const {
  if (!literate_) return false;
  auto const after =
      std::upper_bound(code_.begin(), code_.end(), offset,
                       [](std::uint32_t place, parse::CodeRange const& range) { return place < range.begin; });
  return after == code_.begin() || offset >= std::prev(after)->end;
}

std::vector<TriviaLine> TriviaReader::lines_before(std::uint32_t begin, std::uint32_t end) const {
  std::vector<TriviaLine> lines;
  std::string_view const mark = "\xEF\xBB\xBF";
  if (begin == 0 && text_.starts_with(mark)) begin = static_cast<std::uint32_t>(mark.size());
  for (std::uint32_t at = begin; at < end;) {
    std::size_t const line_break = text_.find('\n', at);
    bool const whole = line_break != std::string_view::npos && line_break < end;
    std::uint32_t const next = whole ? static_cast<std::uint32_t>(line_break + 1) : end;
    if (!whole && end < text_.size()) break;  // what stands before the token on its own line
    std::string_view const line = text_.substr(at, next - at);
    std::string_view const stripped = strip(line);
    if (is_foreign(at))
      lines.push_back({TriviaLine::Kind::Foreign, line});
    else if (stripped.empty())
      lines.push_back({TriviaLine::Kind::Blank, {}});
    else if (is_comment(stripped))
      lines.push_back({TriviaLine::Kind::Comment, stripped, static_cast<std::size_t>(stripped.data() - line.data())});
    else
      lines.push_back({TriviaLine::Kind::Rule, stripped});
    at = next;
  }
  return lines;
}

std::string_view TriviaReader::comment_behind(std::uint32_t begin, std::uint32_t end) const {
  return strip(text_.substr(begin, end - begin));
}

}  // namespace huiyu::format
