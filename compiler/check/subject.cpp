#include "compiler/check/subject.h"

#include <algorithm>

#include "compiler/base/match.h"
#include "compiler/check/cohort.h"
#include "compiler/check/import.h"
#include "compiler/check/tally.h"

namespace huiyu::check {

std::vector<ast::ExprId> operands_of(ast::Expr const& expr) {
  std::vector<ast::ExprId> found;
  auto const one = [&](ast::ExprId id) {
    if (id.has_value()) found.push_back(id);
  };
  auto const all = [&](std::vector<ast::ExprId> const& ids) {
    for (auto const id : ids) one(id);
  };
  auto const key = [&](ast::RowKey const& row) {
    all(row.values);
    for (auto const& bound : row.bounds) one(bound.value);
    one(row.range);
    one(row.condition);
    all(row.except);
  };
  match(
      expr.kind,                                                                          //
      [](ast::Hole const&) {}, [](ast::Literal const&) {}, [](ast::Reference const&) {},  //
      [&](ast::Negate const& e) { one(e.operand); }, [&](ast::Arithmetic const& e) { all({e.left, e.right}); },
      [&](ast::Not const& e) { one(e.operand); }, [&](ast::Logic const& e) { all(e.operands); },
      [&](ast::Bounded const& e) {
        one(e.subject);
        for (auto const& bound : e.bounds) one(bound.value);
      },
      [&](ast::Compare const& e) { all(e.operands); }, [&](ast::Relation const& e) { all({e.left, e.right}); },
      [&](ast::Membership const& e) {
        one(e.subject);
        all(e.members);
        all(e.except);
      },
      [&](ast::InRange const& e) { all({e.subject, e.low, e.high}); },
      [&](ast::Range const& e) { all({e.low, e.high}); }, [&](ast::Since const& e) { all({e.start, e.length}); },
      [&](ast::Call const& e) {
        all(e.arguments);
        one(e.each);
        one(e.where);
        all(e.distinct);
        for (auto const& named : e.named) one(named.second);
      },
      [&](ast::EveryPeriod const& e) { one(e.condition); }, [&](ast::Pick const& e) { all(e.operands); },
      [&](ast::ExcessPart const& e) { all({e.amount, e.above}); }, [&](ast::Bracket const& e) { one(e.inner); },
      [&](ast::Cap const& e) { all({e.operand, e.bound}); }, [&](ast::Round const& e) { one(e.operand); },
      [&](ast::WhenPart const& e) { all({e.operand, e.condition}); },
      [&](ast::EachFull const& e) { all({e.value, e.step, e.amount}); },
      [&](ast::Shift const& e) { all({e.value, e.steps}); }, [&](ast::FullPeriod const& e) { one(e.since); },
      [&](ast::Default const& e) { all({e.fact, e.value}); }, [&](ast::NextYear const& e) { one(e.of); },
      [&](ast::YearCount const& e) { one(e.from); },
      [&](ast::Ladder const& e) {
        one(e.subject);
        for (auto const& row : e.rows) {
          key(row.key);
          one(row.value);
        }
      },
      [&](ast::Table const& e) {
        one(e.subject);
        for (auto const& abbreviation : e.abbreviations) one(abbreviation.value);
        all(e.header);
        for (auto const& row : e.rows) {
          key(row.key);
          for (auto const& cell : row.cells) all(cell.conditions);
        }
      },
      [&](ast::Quantified const& e) {
        for (auto const& member : e.members) one(member.condition);
      });
  return found;
}

std::vector<SchemaId> roots(Context const& context) {
  std::vector<SchemaId> standing, all;
  for (std::size_t i = 0; i < context.schema_is_item.size(); ++i) {
    SchemaId const id{static_cast<std::int32_t>(i)};
    if (!sees(context, id)) continue;
    all.push_back(id);
    if (!context.schema_is_item[i]) standing.push_back(id);
  }
  return standing.empty() ? all : standing;
}

namespace {

// The only 结构 of the project or module itself, where it has one.
std::optional<SchemaId> only_own(Context const& context, std::vector<SchemaId> const& candidates) {
  std::optional<SchemaId> only;
  for (auto const id : candidates) {
    if (context.schema_symbols[static_cast<std::size_t>(id.index)].unit != context.view->unit) continue;
    if (only) return std::nullopt;
    only = id;
  }
  return only;
}

class Collector {
 public:
  Collector(Context& context, std::vector<SchemaId> const& candidates)
      : context_(context), left_(candidates), all_(candidates) {}

  void walk(ast::File const& file, ast::ExprId id) {
    if (!file.exprs.contains(id)) return;
    auto const& expr = file.exprs[id];
    if (auto const* reference = std::get_if<ast::Reference>(&expr.kind))
      if (!reference->path.parts.empty()) use(reference->path);
    for (auto const operand : operands_of(expr)) walk(file, operand);
  }

  std::vector<SchemaId> const& left() const { return left_; }
  bool restricted() const { return restricted_; }

 private:
  void use(ast::Path const& path) {
    std::string const& name = path.parts.front().text;
    std::vector<SchemaId> owners;
    for (auto const schema : all_) {
      bool const own = context_.own_definitions.contains(schema) && context_.own_definitions[schema].contains(name);
      bool const named = path.parts.size() > 1 && context_.program.schemas[schema].name == name;
      if (own || named || context_.fields[schema].contains(name)) owners.push_back(schema);
    }
    auto const symbol = context_.view->symbols.find(name);
    if (owners.empty() && symbol != context_.view->symbols.end() && symbol->second.kind == SymbolKind::Definition) {
      SchemaId const about = schema_of_definition(context_, symbol->second.index);
      if (about.has_value()) owners.push_back(about);
    }
    if (owners.empty() && symbol != context_.view->symbols.end() && symbol->second.kind == SymbolKind::Cohort)
      if (auto const about = schema_of_cohort(context_, symbol->second.index)) owners.push_back(*about);
    if (owners.empty()) return;
    restricted_ = true;
    std::vector<SchemaId> both;
    for (auto const schema : left_)
      if (std::find(owners.begin(), owners.end(), schema) != owners.end()) both.push_back(schema);
    // A name of another 结构 may be a row's field inside an aggregate: what does not fit is reported where it is used.
    if (!both.empty()) left_ = both;
  }

  Context& context_;
  std::vector<SchemaId> left_, all_;
  bool restricted_ = false;
};

}  // namespace

std::vector<SchemaId> subjects_of(Context& context, std::vector<Source> const& sources,
                                  std::vector<SchemaId> const& candidates) {
  Collector collector(context, candidates);
  for (auto const& source : sources) {
    InFile const in(context, source.file);
    collector.walk(*source.file, source.expr);
  }
  return collector.left();
}

std::optional<SchemaId> subject_of(Context& context, std::vector<Source> const& sources, std::string_view name,
                                   Span where) {
  auto const candidates = roots(context);
  if (candidates.size() == 1) return candidates.front();
  // What a 统计 makes is meant only where it is named.
  std::vector<SchemaId> of_data;
  for (auto const id : candidates)
    if (!is_tally(context, id)) of_data.push_back(id);
  Collector collector(context, candidates);
  for (auto const& source : sources) {
    InFile const in(context, source.file);
    collector.walk(*source.file, source.expr);
  }
  if (collector.left().size() == 1) return collector.left().front();
  if (!collector.restricted()) return of_data.size() == 1 ? of_data.front() : only_own(context, of_data);
  std::string names;
  for (auto const schema : collector.left())
    names += (names.empty() ? "" : "、") + context.program.schemas[schema].name;
  context.diagnostics.add(where, diag::SubjectUnclear, name, names);
  return collector.left().front();
}

SchemaId schema_of_definition(Context& context, std::size_t index) {
  if (context.definitions[index].schema_known) return context.definitions[index].schema;
  if (context.definitions[index].schema_open || context.definitions[index].decl == nullptr) return {};
  context.definitions[index].schema_open = true;
  if (context.definitions[index].import != nullptr) return prepare_import(context, index);
  InFile const in(context, context.definitions[index].file);
  auto const& decl = *context.definitions[index].decl;
  std::vector<Source> sources{{context.definitions[index].file, decl.value}};
  for (auto const& exception : context.definitions[index].exceptions) {
    sources.push_back({exception.file, exception.clause->condition});
    sources.push_back({exception.file, exception.clause->value});
  }
  auto const schema = subject_of(context, sources, decl.name.parts.back().text, decl.name.span);
  auto& slot = context.definitions[index];
  slot.schema_known = true;
  slot.schema_open = false;
  slot.schema = schema.value_or(SchemaId{});
  return slot.schema;
}

}  // namespace huiyu::check
