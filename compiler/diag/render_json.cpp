#include "compiler/diag/render.h"

namespace huiyu::diag {
namespace {

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15U];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  if (out.back() != '{') out += ',';
  append_string(out, name);
  out += ':';
  append_string(out, text);
}

void append_member(std::string& out, std::string_view name, std::uint64_t number) {
  if (out.back() != '{') out += ',';
  append_string(out, name);
  out += ':' + std::to_string(number);
}

void append_place(std::string& out, Span where, SourceSet const& sources) {
  if (!sources.contains(where.file)) return;
  SourceFile const& file = sources[where.file];
  Position const begin = file.position(where.begin);
  Position const end = file.position(where.end);
  append_member(out, "file", file.path());
  append_member(out, "line", begin.line);
  append_member(out, "column", begin.column);
  append_member(out, "end_line", end.line);
  append_member(out, "end_column", end.column);
  append_member(out, "begin", where.begin);
  append_member(out, "end", where.end);
}

std::string_view severity_name(Severity severity) { return severity_word(severity, Language::English); }

}  // namespace

std::string render_json(Diagnostic const& diagnostic, SourceSet const& sources, Language language) {
  std::string out = "{";
  append_member(out, "code", diagnostic.kind->code);
  append_member(out, "name", diagnostic.kind->name);
  append_member(out, "severity", severity_name(diagnostic.kind->severity));
  append_member(out, "message", print(diagnostic.message, language));
  append_place(out, diagnostic.where, sources);
  out += ",\"labels\":[";
  for (std::size_t i = 0; i < diagnostic.labels.size(); ++i) {
    out += i == 0 ? "{" : ",{";
    append_place(out, diagnostic.labels[i].where, sources);
    append_member(out, "message", print(diagnostic.labels[i].message, language));
    out += '}';
  }
  out += "],\"help\":[";
  for (std::size_t i = 0; i < diagnostic.help.size(); ++i) {
    if (i > 0) out += ',';
    append_string(out, print(diagnostic.help[i], language));
  }
  out += "],\"fixes\":[";
  for (std::size_t i = 0; i < diagnostic.fixes.size(); ++i) {
    out += i == 0 ? "[" : ",[";
    std::vector<Edit> const& edits = diagnostic.fixes[i].edits;
    for (std::size_t k = 0; k < edits.size(); ++k) {
      out += k == 0 ? "{" : ",{";
      append_place(out, edits[k].where, sources);
      append_member(out, "replacement", edits[k].replacement);
      out += '}';
    }
    out += ']';
  }
  out += "]}\n";
  return out;
}

std::string render_json(Diagnostics const& diagnostics, SourceSet const& sources, Language language) {
  std::string out;
  for (Diagnostic const* diagnostic : diagnostics.sorted()) out += render_json(*diagnostic, sources, language);
  if (diagnostics.dropped_count() > 0) out += "{\"dropped\":" + std::to_string(diagnostics.dropped_count()) + "}\n";
  return out;
}

}  // namespace huiyu::diag
