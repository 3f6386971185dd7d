// How unspaced text was cut into words, for people who wonder what the compiler read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/driver/language.h"
#include "compiler/source/source_file.h"

namespace huiyu::driver {

struct CutPart {
  Span span;
  Text kind;
  std::string_view code;  // the kind for programs: keyword, name, number, …
};

// Text without a blank or a sign in it, and its words.
struct CutRun {
  std::vector<CutPart> words;
};

// The runs of a file in order; with `joined`, those of several words alone: their cut is not written with blanks.
std::vector<CutRun> runs_of(ast::File const& file, SourceFile const& source, bool joined);

// `rules.hui:3:4: 条件 关键词｜员工人数 名称｜20人 数｜以上 关键词`
std::string cut_text(CutRun const& run, SourceFile const& source, Language language);

// One JSON object: file, line, column, text and words, each with its text and kind.
std::string cut_json(CutRun const& run, SourceFile const& source);

}  // namespace huiyu::driver
