#include <algorithm>
#include <map>

#include <utf8proc.h>

#include "compiler/diag/render.h"
#include "runtime/base/utf8.h"

namespace huiyu::diag {
namespace {

constexpr std::size_t widest_line = 160;                  // in columns of the terminal; longer lines are shown in part
constexpr std::size_t clip_margin = 30;                   // columns kept before the place that is pointed at
constexpr std::size_t most_line_bytes = 2 * widest_line;  // for characters without width
constexpr std::size_t longest_underline = 120;

std::size_t width_of(char32_t c) {
  int const width = utf8proc_charwidth(static_cast<utf8proc_int32_t>(c));
  return width < 0 ? 0 : static_cast<std::size_t>(width);
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (CodePoint const c : code_points(text)) width += width_of(c.value);
  return width;
}

// A piece of a source line as it is shown; offsets are bytes in the file.
struct ShownLine {
  std::string text;
  std::uint32_t begin = 0, end = 0;  // what of the file is shown
  bool cut_before = false;
};

std::string show(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '\t', ' ');
  return make_visible(plain);
}

// The line, or the part of it around `focus` if it is too wide to read.
ShownLine show_line(SourceFile const& file, std::uint32_t line, std::uint32_t focus) {
  std::string_view const text = file.line_text(line);
  std::uint32_t const start = file.line_start(line);
  ShownLine shown;
  std::size_t begin = 0;
  if (text.size() > widest_line) {
    // Bytes bound columns from above here, so that a line of megabytes is never measured whole.
    std::size_t const at = std::min<std::size_t>(focus - start, text.size());
    if (at > clip_margin * 4) {
      begin = at - clip_margin * 4;
      while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
    }
  }
  std::size_t end = begin;
  std::size_t width = 0;
  while (end < text.size() && width <= widest_line && end - begin < most_line_bytes) {
    DecodedCodePoint const c = decode_utf8(text, end);
    width += width_of(c.code_point);
    end += c.length;
  }
  shown.begin = start + static_cast<std::uint32_t>(begin);
  shown.end = start + static_cast<std::uint32_t>(end);
  shown.cut_before = begin > 0;
  shown.text = (begin > 0 ? "…" : "") + show(text.substr(begin, end - begin)) + (end < text.size() ? "…" : "");
  return shown;
}

struct Mark {
  Span where;
  char sign = '^';
  std::string text;
};

std::string underline(SourceFile const& file, ShownLine const& line, Mark const& mark) {
  std::uint32_t const begin = std::clamp(mark.where.begin, line.begin, line.end);
  std::uint32_t const end = std::clamp(mark.where.end, begin, line.end);
  std::string_view const text = file.text();
  std::size_t const before = width_of(show(text.substr(line.begin, begin - line.begin))) + (line.cut_before ? 1 : 0);
  std::size_t const under = width_of(show(text.substr(begin, end - begin)));
  std::string row(before, ' ');
  row.append(std::clamp<std::size_t>(under, 1, longest_underline), mark.sign);
  if (!mark.text.empty()) row += " " + mark.text;
  return row;
}

std::string place_text(SourceFile const& file, std::uint32_t offset) {
  Position const position = file.position(offset);
  return file.path() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

void render_lines(std::string& out, SourceFile const& file, std::vector<Mark> const& marks, std::size_t gutter) {
  std::map<std::uint32_t, std::vector<Mark const*>> by_line;
  for (Mark const& mark : marks) by_line[file.position(mark.where.begin).line].push_back(&mark);
  std::string const blank(gutter, ' ');
  std::uint32_t last = 0;
  for (auto& [line, here] : by_line) {
    std::stable_sort(here.begin(), here.end(),
                     [](Mark const* a, Mark const* b) { return a->where.begin < b->where.begin; });
    if (last != 0 && line > last + 1) out += blank + " …\n";
    std::string const number = std::to_string(line);
    ShownLine const shown = show_line(file, line, here.front()->where.begin);
    out += std::string(gutter - number.size(), ' ') + number + " | " + shown.text + "\n";
    for (Mark const* mark : here) out += blank + " | " + underline(file, shown, *mark) + "\n";
    last = line;
  }
}

std::size_t gutter_width(SourceSet const& sources, Diagnostic const& diagnostic) {
  std::uint32_t line = sources[diagnostic.where.file].position(diagnostic.where.begin).line;
  for (Label const& label : diagnostic.labels)
    line = std::max(line, sources[label.where.file].position(label.where.begin).line);
  return std::to_string(line).size();
}

std::string edit_text(Edit const& edit, SourceSet const& sources, Language language) {
  bool const zh = language == Language::Chinese;
  SourceFile const& file = sources[edit.where.file];
  std::string const new_text = make_visible(edit.replacement);
  if (edit.where.empty()) {
    std::string const place = place_text(file, edit.where.begin);
    return zh ? "在 " + place + " 处加 `" + new_text + "`" : "insert `" + new_text + "` at " + place;
  }
  constexpr std::size_t longest_shown = 200;  // bytes
  std::string_view const old = file.slice(edit.where);
  std::string const old_text = make_visible(old.size() > longest_shown ? "…" : old);
  if (edit.replacement.empty()) return (zh ? "删去 `" : "delete `") + old_text + "`";
  return zh ? "把 `" + old_text + "` 改为 `" + new_text + "`" : "replace `" + old_text + "` by `" + new_text + "`";
}

std::string fix_text(FixIt const& fix, SourceSet const& sources, Language language) {
  std::string out;
  for (Edit const& edit : fix.edits) {
    if (!out.empty()) out += language == Language::Chinese ? "，" : ", ";
    out += edit_text(edit, sources, language);
  }
  return out;
}

}  // namespace

std::string_view severity_word(Severity severity, Language language) {
  bool const zh = language == Language::Chinese;
  switch (severity) {
    case Severity::Error: return zh ? "错误" : "error";
    case Severity::Warning: return zh ? "警告" : "warning";
    case Severity::Info: return zh ? "提示" : "info";
  }
  return "";
}

std::string render_text(Diagnostic const& diagnostic, SourceSet const& sources, Language language) {
  bool const zh = language == Language::Chinese;
  std::string out(severity_word(diagnostic.kind->severity, language));
  out +=
      "[" + std::string(diagnostic.kind->code) + "]" + (zh ? "：" : ": ") + print(diagnostic.message, language) + "\n";
  if (!sources.contains(diagnostic.where.file)) return out;

  SourceFile const& file = sources[diagnostic.where.file];
  std::size_t const gutter = gutter_width(sources, diagnostic);
  std::string const blank(gutter, ' ');
  out += blank + "--> " + place_text(file, diagnostic.where.begin) + "\n";
  std::vector<Mark> marks{{diagnostic.where, '^', ""}};
  std::map<FileId, std::vector<Mark>> elsewhere;
  for (Label const& label : diagnostic.labels) {
    std::string text = print(label.message, language);
    if (label.where == diagnostic.where && marks.front().text.empty())
      marks.front().text = std::move(text);
    else
      (label.where.file == diagnostic.where.file ? marks : elsewhere[label.where.file])
          .push_back({label.where, '-', std::move(text)});
  }
  render_lines(out, file, marks, gutter);
  for (auto const& [id, other] : elsewhere) {
    out += blank + "::: " + place_text(sources[id], other.front().where.begin) + "\n";
    render_lines(out, sources[id], other, gutter);
  }
  for (Message const& help : diagnostic.help)
    out += blank + " = " + (zh ? "说明：" : "help: ") + print(help, language) + "\n";
  for (FixIt const& fix : diagnostic.fixes)
    out += blank + " = " + (zh ? "改法：" : "fix: ") + fix_text(fix, sources, language) + "\n";
  return out;
}

std::string render_text(Diagnostics const& diagnostics, SourceSet const& sources, Language language) {
  std::string out;
  for (Diagnostic const* diagnostic : diagnostics.sorted()) {
    if (!out.empty()) out += "\n";
    out += render_text(*diagnostic, sources, language);
  }
  return out + dropped_text(diagnostics.dropped_count(), language);
}

std::string dropped_text(std::size_t count, Language language) {
  if (count == 0) return {};
  std::string const number = std::to_string(count);
  return language == Language::Chinese ? "\n另有 " + number + " 条未列出\n" : "\n" + number + " more are not shown\n";
}

}  // namespace huiyu::diag
