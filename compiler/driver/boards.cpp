#include "compiler/driver/boards.h"

#include <algorithm>
#include <optional>
#include <set>

#include "compiler/driver/counted.h"
#include "compiler/driver/declared.h"
#include "compiler/driver/report_rows.h"
#include "compiler/source/articles.h"

namespace huiyu::driver {
namespace {

class Collector {
 public:
  explicit Collector(Project const& project) : project_(project) {}

  BoardsReport run() {
    auto const declared = declared_policies(project_);
    for (auto const& file : files()) {
      for (auto const& heading : articles_of(*file))
        report_.articles.push_back({file->path(), std::string(file->slice(heading)), heading, {}});
      for (auto const& each : declared)
        if (each.file->file == file->id()) enter(each, *file);
    }
    count_boards();
    return std::move(report_);
  }

 private:
  std::vector<SourceFile const*> files() const {
    std::vector<SourceFile const*> all;
    all.reserve(project_.files.size());
    for (auto const& file : project_.files) all.push_back(&project_.sources[file.file]);
    std::ranges::sort(all, {}, &SourceFile::path);
    return all;
  }

  void enter(Declared const& declared, SourceFile const& file) {
    auto const place = declared.decl->name.span;
    auto const* policy = policy_at(place);
    if (policy == nullptr) return;
    Clause clause{policy->id, policy->name, std::string(article_in(policy->citation)), policy->board, place};
    if (clause.article.empty()) clause.article = article_above(file, place.begin);
    Article* article = named(file, clause.article);
    if (article == nullptr && !clause.article.empty()) {
      report_.articles.push_back({file.path(), clause.article, place, {}});
      article = &report_.articles.back();
    }
    if (article != nullptr) article->clauses.push_back(clause.id);
    report_.clauses.push_back(std::move(clause));
  }

  tir::Policy const* policy_at(Span place) const {
    for (auto const& policy : project_.program.policies)
      if (policy.span == place) return &policy;
    return nullptr;
  }

  Article* named(SourceFile const& file, std::string const& name) {
    for (auto& article : report_.articles)
      if (article.file == file.path() && article.name == name) return &article;
    return nullptr;
  }

  void count_boards() {
    for (auto const& list : project_.program.enumerations)
      if (list.name == "看板")
        for (auto const& entry : list.entries) report_.boards.emplace_back(entry, 0);
    std::set<std::string> others;
    for (auto const& clause : report_.clauses)
      if (!clause.board.empty() &&
          std::ranges::none_of(report_.boards, [&](auto const& board) { return board.first == clause.board; }))
        others.insert(clause.board);
    for (auto const& board : others) report_.boards.emplace_back(board, 0);
    for (auto const& clause : report_.clauses)
      for (auto& [board, count] : report_.boards)
        if (board == clause.board) ++count;
  }

  Project const& project_;
  BoardsReport report_;
};

struct Left {
  std::vector<std::string> unplaced, without_article, empty_articles;
  std::size_t placed = 0;
};

Left left_of(BoardsReport const& report) {
  Left left;
  for (auto const& clause : report.clauses) {
    if (clause.board.empty())
      left.unplaced.push_back(clause.id);
    else
      ++left.placed;
    if (clause.article.empty()) left.without_article.push_back(clause.id);
  }
  for (auto const& article : report.articles)
    if (article.clauses.empty()) left.empty_articles.push_back(article.name);
  return left;
}

}  // namespace

BoardsReport boards_of(Project const& project) { return Collector(project).run(); }

std::string boards_json(BoardsReport const& report, Project const& project) {
  std::string text;
  for (auto const& article : report.articles) {
    Row row{{"article", article.name}, {"clauses", article.clauses}};
    row.update(place_of(project.sources, article.where));
    text += json_line(row);
  }
  for (auto const& clause : report.clauses) {
    Row row{{"clause", clause.id}, {"name", clause.name}};
    row["article"] = clause.article.empty() ? Row() : Row(clause.article);
    row["board"] = clause.board.empty() ? Row() : Row(clause.board);
    row.update(place_of(project.sources, clause.where));
    text += json_line(row);
  }
  for (auto const& [board, count] : report.boards) text += json_line(Row{{"board", board}, {"clauses", count}});
  auto const left = left_of(report);
  return text + json_line(Row{{"articles", report.articles.size()},
                              {"clauses", report.clauses.size()},
                              {"placed", left.placed},
                              {"unplaced", left.unplaced},
                              {"articles_without_clause", left.empty_articles},
                              {"clauses_without_article", left.without_article}});
}

std::string boards_text(BoardsReport const& report, Project const& project, Language language) {
  bool const zh = language == Language::Chinese;
  auto const number = [](std::size_t count) { return std::to_string(count); };
  auto const left = left_of(report);
  std::string text = zh ? number(report.articles.size()) + " 条，" + number(report.clauses.size()) +
                              " 项政策，上看板 " + number(left.placed) + " 项\n"
                        : counted(report.articles.size(), "article") + ", " + counted(report.clauses.size(), "clause") +
                              ", " + number(left.placed) + " of them under a board\n";
  for (auto const& [board, count] : report.boards) text += "  " + board + "  " + number(count) + "\n";
  for (auto const& clause : report.clauses) {
    if (clause.board.empty())
      text += (zh ? "没有上看板：" : "under no board: ") + clause.id + " " + clause.name + "  " +
              place_text(project.sources, clause.where) + "\n";
    if (clause.article.empty())
      text += (zh ? "看不出是哪一条：" : "of no article: ") + clause.id + " " + clause.name + "  " +
              place_text(project.sources, clause.where) + "\n";
  }
  for (auto const& article : report.articles)
    if (article.clauses.empty())
      text += (zh ? "没有政策落实：" : "no clause implements ") + article.name + "  " +
              place_text(project.sources, article.where) + "\n";
  return text;
}

}  // namespace huiyu::driver
