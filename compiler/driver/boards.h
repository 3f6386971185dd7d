// Articles, clauses and boards of policies, counted: `huiyu report boards`.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/driver/language.h"
#include "compiler/driver/project.h"

namespace huiyu::driver {

struct Article {
  std::string file, name;  // 第一条
  Span where;              // its heading in the document, else its first clause
  std::vector<std::string> clauses;
};

struct Clause {
  std::string id, name, article, board;  // empty: none
  Span where;
};

struct BoardsReport {
  std::vector<Article> articles;                            // by file, in the order of the text
  std::vector<Clause> clauses;                              // the same
  std::vector<std::pair<std::string, std::size_t>> boards;  // as the 名录 看板 lists them, else by name
};

// A clause belongs to the article that its 依据 names first, else to the one in whose text it stands (.hui.md).
BoardsReport boards_of(Project const& project);

std::string boards_text(BoardsReport const& report, Project const& project, Language language);
// One object an article, a clause, a board, then one of the whole.
std::string boards_json(BoardsReport const& report, Project const& project);

}  // namespace huiyu::driver
