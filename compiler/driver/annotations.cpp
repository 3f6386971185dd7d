#include "compiler/driver/annotations.h"

#include "compiler/diag/render.h"

namespace huiyu::driver {
namespace {

// docs.github.com, "Workflow commands": `%`, line breaks, and in properties also `:` and `,`.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (char const c : text) {
    if (c == '%')
      out += "%25";
    else if (c == '\r')
      out += "%0D";
    else if (c == '\n')
      out += "%0A";
    else if (property && c == ':')
      out += "%3A";
    else if (property && c == ',')
      out += "%2C";
    else
      out += c;
  }
  return out;
}

std::string_view level_of(diag::Severity severity) {
  switch (severity) {
    case diag::Severity::Error: return "error";
    case diag::Severity::Warning: return "warning";
    case diag::Severity::Info: break;
  }
  return "notice";
}

}  // namespace

std::string annotation(Annotation const& what) {
  std::string text = "::" + std::string(what.level) + " file=" + escaped(what.file, true);
  if (what.line > 0) text += ",line=" + std::to_string(what.line);
  if (what.column > 0) text += ",col=" + std::to_string(what.column);
  if (!what.title.empty()) text += ",title=" + escaped(what.title, true);
  return text + "::" + escaped(what.message, false) + "\n";
}

std::string annotations(Diagnostics const& diagnostics, SourceSet const& sources, Language language) {
  std::string out;
  for (auto const* found : diagnostics.sorted()) {
    Annotation one{level_of(found->kind->severity),      "", 0, 0, std::string(found->kind->code),
                   diag::print(found->message, language)};
    if (sources.contains(found->where.file)) {
      auto const& file = sources[found->where.file];
      auto const place = file.position(found->where.begin);
      one.file = file.path();
      one.line = place.line;
      one.column = place.column;
    }
    for (auto const& help : found->help) one.message += "\n" + diag::print(help, language);
    out += annotation(one);
  }
  return out;
}

}  // namespace huiyu::driver
