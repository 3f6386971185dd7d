// Diagnostics for people (text) and for editors and CI (JSON lines).
#pragma once

#include <string>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_set.h"

namespace huiyu::diag {

// One diagnostic with place, source lines, carets, labels, help and fixes; ends with a line break.
std::string render_text(Diagnostic const& diagnostic, SourceSet const& sources, Language language = Language::Chinese);

// All of them by place, parted by blank lines, and a line for those that were not kept.
std::string render_text(Diagnostics const& diagnostics, SourceSet const& sources,
                        Language language = Language::Chinese);

// The line for those that were not kept; empty for none.
std::string dropped_text(std::size_t count, Language language);

// One JSON object on one line, with line break. Lines and columns count from 1, columns in characters;
// `begin` and `end` are byte offsets; `fixes` are alternatives, each a list of edits. The last object of `all` may be
// {"dropped": n}.
std::string render_json(Diagnostic const& diagnostic, SourceSet const& sources, Language language = Language::Chinese);
std::string render_json(Diagnostics const& diagnostics, SourceSet const& sources,
                        Language language = Language::Chinese);

// `错误` / `error` …
std::string_view severity_word(Severity severity, Language language);

}  // namespace huiyu::diag
