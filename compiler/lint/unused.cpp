// What is declared and no rule reads: the word for it may stand misspelt elsewhere, or a clause was forgotten.
#include <set>
#include <utility>

#include "compiler/lint/rules.h"

namespace huiyu::lint {
namespace {

struct Used {
  std::set<tir::FieldId> fields;
  std::set<tir::DefinitionId> definitions;
  std::set<tir::ParameterId> parameters;
  std::set<tir::ReferenceTableId> tables;
  std::set<std::pair<FileId, std::uint32_t>> spans;  // of definitions, where they are written

  explicit Used(tir::Program const& program) {
    for (auto const& expr : program.exprs) add(expr.kind);
    for (auto const& schema : program.schemas)
      if (schema.key.has_value()) fields.insert(schema.key);
    for (auto const& field : program.fields) {
      if (field.series_from.has_value()) fields.insert(field.series_from);
      if (field.via.has_value()) fields.insert({field.via, field.target});
    }
    // What is read of another record is checked again for the one that points there: one text, two definitions.
    for (auto const id : definitions)
      spans.insert({program.definitions[id].span.file, program.definitions[id].span.begin});
  }
  bool has(tir::Definition const& definition) const {
    return spans.contains({definition.span.file, definition.span.begin});
  }

 private:
  void add(tir::ExprKind const& kind) {
    if (auto const* e = std::get_if<tir::FieldValue>(&kind)) fields.insert(e->field);
    if (auto const* e = std::get_if<tir::SeriesValue>(&kind)) fields.insert(e->field);
    if (auto const* e = std::get_if<tir::Aggregate>(&kind)) fields.insert(e->list);
    if (auto const* e = std::get_if<tir::Window>(&kind)) fields.insert(e->series);
    if (auto const* e = std::get_if<tir::DefinitionValue>(&kind)) definitions.insert(e->definition);
    if (auto const* e = std::get_if<tir::ParameterValue>(&kind)) parameters.insert(e->parameter);
    if (auto const* e = std::get_if<tir::Lookup>(&kind)) tables.insert(e->table);
  }
};

// Names that somebody else may use.
std::set<std::uint32_t> published_places(Project const& project, FileId file) {
  std::set<std::uint32_t> places;
  for (auto const& each : project.files) {
    if (each.file != file) continue;
    for (auto const& declaration : each.declarations)
      std::visit(
          [&](auto const& decl) {
            if constexpr (requires { decl.published; }) {
              if (decl.published) places.insert(decl.span.begin);
            }
          },
          declaration);
  }
  return places;
}

bool is_published(Project const& project, Span name) {
  for (auto const& file : project.files) {
    if (file.file != name.file) continue;
    auto const places = published_places(project, name.file);
    for (auto const& declaration : file.declarations) {
      bool const inside = std::visit(
          [&](auto const& decl) { return decl.span.begin <= name.begin && name.end <= decl.span.end; }, declaration);
      if (inside) return places.contains(std::visit([](auto const& decl) { return decl.span.begin; }, declaration));
    }
  }
  return false;
}

// What a register is shown by: names and addresses that no rule reads.
bool is_shown_only(tir::Field const& field) {
  return field.type.kind == types::Kind::Text || field.type.kind == types::Kind::CreditCode;
}

}  // namespace

void unused_declarations(Project const& project, Diagnostics& found) {
  auto const& program = project.program;
  Used const used(program);
  auto const counts = [&](Span name) { return is_own(project, name) && !is_published(project, name); };
  for (std::size_t i = 0; i < program.fields.size(); ++i) {
    tir::FieldId const id{static_cast<std::int32_t>(i)};
    auto const& field = program.fields[id];
    if (!used.fields.contains(id) && !is_shown_only(field) && counts(field.span))
      found.add(field.span, diag::UnusedField, program.schemas[field.schema].name, field.name);
  }
  for (std::size_t i = 0; i < program.definitions.size(); ++i) {
    tir::DefinitionId const id{static_cast<std::int32_t>(i)};
    auto const& definition = program.definitions[id];
    if (!definition.internal && !used.definitions.contains(id) && !used.has(definition) && counts(definition.span))
      found.add(definition.span, diag::UnusedDefinition, definition.name);
  }
  for (std::size_t i = 0; i < program.parameters.size(); ++i) {
    tir::ParameterId const id{static_cast<std::int32_t>(i)};
    auto const& parameter = program.parameters[id];
    if (!used.parameters.contains(id) && counts(parameter.span))
      found.add(parameter.span, diag::UnusedParameter, parameter.name);
  }
  for (std::size_t i = 0; i < program.reference_tables.size(); ++i) {
    tir::ReferenceTableId const id{static_cast<std::int32_t>(i)};
    auto const& table = program.reference_tables[id];
    if (!used.tables.contains(id) && counts(table.span)) found.add(table.span, diag::UnusedTable, table.name);
  }
}

}  // namespace huiyu::lint
