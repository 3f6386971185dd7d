// Inside check only: what all parts of the checker share.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/tir.h"

namespace huiyu::check {

using tir::Type;
using types::Kind;

// ---- what names stand for ----------------------------------------------------------------------------------------

// `名录 工业 ： 行业代码 = B、C、D 除外 C26`
struct CodeGroup {
  std::string name;
  codes::CodeSystem system{};
  std::vector<std::int32_t> members, except;
  Span span;
  bool poisoned = false;
};

// A 定义 and where it stands in being checked: definitions are checked when first used, so that each comes after
// those that it uses.
struct DefinitionSlot {
  enum class State : std::uint8_t { Waiting, Open, Done };
  struct Exception {
    ast::ExceptionClause const* clause = nullptr;
    ast::File const* file = nullptr;
  };
  ast::DefinitionDecl const* decl = nullptr;
  ast::File const* file = nullptr;
  std::vector<Exception> exceptions;  // its own and those written elsewhere, in the order of files and lines
  State state = State::Waiting;
  bool schema_known = false;
  bool schema_open = false;  // being inferred: a cycle ends here
  SchemaId schema{};
  tir::DefinitionId id{};  // absent once Done: poisoned
  // The members of a value that is （A，B）孰高 or 孰低, as definitions of their own: a comparison looks at each.
  std::optional<tir::PickOp> pick;
  std::vector<tir::DefinitionId> picked;
};

enum class SymbolKind : std::uint8_t { Schema, Enumeration, CodeGroup, Parameter, ReferenceTable, Definition };
struct Symbol {
  SymbolKind kind{};
  std::size_t index = 0;  // into the arena or vector of its kind
  Span span;              // of the name at its declaration
};

struct EntryPlace {
  EnumerationId enumeration{};
  std::int32_t index = 0;
};

// What no row of a ladder covers.
struct LadderGap {
  Span span;
  std::string witness;               // empty: nothing could be proved either way
  std::string inner;                 // a value between two rows that neither covers
  std::optional<Span> below, above;  // those two rows
};

// Whether a definition reads 本年 or 本月, itself or through others.
struct HangsOn {
  bool year = false, month = false;
};

struct Context {
  Context(SourceSet const& all_sources, Diagnostics& found) : sources(all_sources), diagnostics(found) {}

  std::vector<ast::File const*> files;  // by path
  SourceSet const& sources;
  Diagnostics& diagnostics;
  tir::Program program;

  std::map<std::string, Symbol, std::less<>> symbols;                                   // general names
  std::map<SchemaId, std::map<std::string, tir::FieldId, std::less<>>> fields;          // of each 结构
  std::map<SchemaId, std::map<std::string, std::size_t, std::less<>>> own_definitions;  // `设备.残值`, by slot
  std::map<std::string, std::vector<EntryPlace>, std::less<>> entries;                  // of every 名录
  std::vector<std::vector<Span>> entry_spans;                                           // by enumeration and entry
  std::vector<CodeGroup> groups;
  std::vector<DefinitionSlot> definitions;
  std::map<std::string, tir::SourceKind, std::less<>> source_kinds;  // 来源 names with their kind
  std::vector<bool> schema_is_item;                                  // used by some 列表
  std::map<tir::ExprId, LadderGap> gaps;                             // of ladders that may hit no row
  std::map<tir::DefinitionId, HangsOn> hangs_on_period;
  std::map<tir::DefinitionId, std::size_t> slot_of;  // by definition, where it was written
};

// ---- where an expression stands
// --------------------------------------------------------------------------------------

// Numbers the bindings of one declaration.
struct Frame {
  std::int32_t next_binding = 1;
  std::int32_t next_period = 0;
};

struct RecordInScope {
  SchemaId schema{};
  tir::BindingId binding{};
  std::string name;  // the list's name; of the record itself, its 结构
};

// `记 Y = 营业收入（万元）`: a bare number beside the letter means that unit.
struct Letter {
  std::string name;
  tir::ExprId value{};
  std::optional<ast::UnitWord> unit;
};

struct Scope {
  ast::File const* file = nullptr;
  Frame* frame = nullptr;
  std::vector<RecordInScope> records;  // outermost first; empty: no record at all
  std::vector<Letter> letters;
  tir::PeriodId bound_year{}, bound_month{};  // 当年, 当月

  ast::Expr const& expr(ast::ExprId id) const { return file->exprs[id]; }
};

// ---- nodes
// -------------------------------------------------------------------------------------------------------------

tir::ExprId add(Context& context, tir::ExprKind kind, Type type, Span span, std::string citation = {});
tir::ExprId poison(Context& context, Span span);
bool is_poison(Context const& context, tir::ExprId id);
Type const& type_of(Context const& context, tir::ExprId id);
Span span_of(Context const& context, tir::ExprId id);

Type truth_type();
Type number_type(types::Unit const& unit = {});
Type plain_type(Kind kind);

tir::ExprId constant(Context& context, tir::Value value, Type type, Span span);
tir::ExprId number(Context& context, BigRational value, types::Unit const& unit, Span span);
// All hold: none gives true, one is itself, nested ones without a citation are taken apart.
tir::ExprId conjunction(Context& context, std::vector<tir::ExprId> operands, Span span);
tir::ExprId disjunction(Context& context, std::vector<tir::ExprId> operands, Span span);
tir::ExprId negation(Context& context, tir::ExprId operand, Span span);
tir::ExprId compare(Context& context, tir::CompareOp op, tir::ExprId left, tir::ExprId right, Span span);
tir::ExprId arithmetic(Context& context, tir::ArithmeticOp op, tir::ExprId left, tir::ExprId right, Span span);
// The value of a constant node; null for anything else.
tir::Value const* constant_value(Context const& context, tir::ExprId id);
std::optional<BigRational> constant_number(Context const& context, tir::ExprId id);

// ---- words for messages
// -------------------------------------------------------------------------------------------------

diag::Phrase phrase(Context const& context, Type const& type);
// The text of a place, on one line.
std::string source_text(Context const& context, Span span);
// The nearest of the candidates by edit distance, if near enough to be meant.
std::optional<std::string> nearest(std::string_view name, std::span<std::string const> candidates);

}  // namespace huiyu::check
