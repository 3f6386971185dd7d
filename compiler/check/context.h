// Inside check only: what all parts of the checker share.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/base/nearest.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_set.h"
#include "compiler/tir/tir.h"

namespace huiyu::check {

using tir::Type;
using types::Kind;

// ---- what names stand for ----------------------------------------------------------------------------------------

// `名录 工业 ： 行业代码 = B、C、D 除外 C26`, `名录 中小 ： 规模 = 中型、小型`: codes or entries that go by one name.
struct CodeGroup {
  std::string name;
  Type type;
  std::vector<tir::Value> members, except;
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
    int level = 0;  // by how many 引用 it stands nearer to the record than the definition itself
  };
  ast::DefinitionDecl const* decl = nullptr;  // null: an 引用 of nothing, which has been reported
  ast::File const* file = nullptr;
  std::string name;      // as the program knows it: told apart by module where two are called alike
  Span span;             // of the name where it was declared or imported
  std::size_t unit = 0;  // the project or module that declares or imports it
  bool published = false;
  ast::ImportDecl const* import = nullptr;  // of 引用
  ast::File const* import_file = nullptr;
  std::optional<std::size_t> origin;    // the definition that this one is checked again from
  std::optional<std::size_t> stand_in;  // for which 结构 its record stands in
  std::vector<Exception> exceptions;    // its own and those written elsewhere, in the order of files and lines
  State state = State::Waiting;
  bool schema_known = false;
  bool schema_open = false;  // being inferred: a cycle ends here
  SchemaId schema{};
  tir::DefinitionId id{};  // absent once Done: poisoned
  // The members of a value that is （A，B）孰高 or 孰低, as definitions of their own: a comparison looks at each.
  std::optional<tir::PickOp> pick;
  std::vector<tir::DefinitionId> picked;
};

enum class SymbolKind : std::uint8_t { Schema, Enumeration, CodeGroup, Parameter, ReferenceTable, Definition, Cohort };
struct Symbol {
  SymbolKind kind{};
  std::size_t index = 0;  // into the arena or vector of its kind
  Span span;              // of the name at its declaration
  std::size_t unit = 0;   // the project or module that declares it
  bool published = false;
};

// The project, or a module that it uses: what it declares itself.
struct Unit {
  std::string module;  // empty: the project
  std::vector<ast::File const*> files;
  std::map<std::string, Symbol, std::less<>> symbols;
};

struct EntryPlace {
  EnumerationId enumeration{};
  std::int32_t index = 0;
};

// What a file sees: the names of its own project or module, and what the modules that it uses publish.
struct View {
  std::size_t unit = 0;
  std::vector<std::size_t> used;                                        // units, sorted
  std::map<std::string, Symbol, std::less<>> symbols;                   // general names
  std::map<std::string, std::vector<EntryPlace>, std::less<>> entries;  // of every 名录
  std::map<std::string, tir::SourceKind, std::less<>> source_kinds;     // 来源 names with their kind
  std::map<std::string, std::vector<Symbol>, std::less<>> unclear;      // several: none of them is taken
  std::map<std::string, Symbol, std::less<>> hidden;                    // declared in a used module and not published
};

// What a field of the other 结构 is where a record of ours stands in for one of it.
struct StoodFor {
  enum class How : std::uint8_t { Poisoned, Field, Expression, Definition, Missing };
  How how{};
  tir::FieldId field{};
  tir::DefinitionId definition{};
  tir::ParameterId parameter{};  // Missing: one without a value
};

// `引用 D 其中 f = …`: a record of `to` stands in for one of `from` while D is checked again. So does a record that
// points at one of `from`: what is read of that are fields of its own (follow.h).
struct StandIn {
  SchemaId from{}, to{};
  tir::FieldId via{};  // the reference, where there is no import
  ast::ImportDecl const* import = nullptr;
  ast::File const* file = nullptr;
  std::string name;                  // of the definition that is made
  std::optional<std::size_t> outer;  // for whom the record of `to` is itself a stand-in
  int depth = 1;
  std::map<std::string, StoodFor, std::less<>> fields;  // as far as they were needed
  std::map<std::size_t, std::size_t> copies;            // definitions over `from`, checked again: by slot
  std::map<std::size_t, std::size_t> within;            // this one, where its own record stands in for another
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

// A 群体, checked when first used.
struct CohortSlot {
  ast::CohortDecl const* decl = nullptr;
  ast::File const* file = nullptr;
  DefinitionSlot::State state{};
  tir::CohortId id{};  // absent once Done: poisoned
};

// A 统计 and the 结构 that it makes.
struct TallySlot {
  ast::TallyDecl const* decl = nullptr;
  ast::File const* file = nullptr;
  SchemaId schema{};
  tir::TallyId id{};  // absent: poisoned
};

struct Context {
  Context(SourceSet const& all_sources, Diagnostics& found) : sources(all_sources), diagnostics(found) {}

  std::vector<ast::File const*> files;  // by path, those of the project first
  std::vector<Unit> units;              // the project, then the modules by name
  std::deque<View> views;
  std::map<ast::File const*, View const*> view_of;
  View const* view = nullptr;  // of the file that is being read: class InFile
  SourceSet const& sources;
  Diagnostics& diagnostics;
  tir::Program program;

  std::map<SchemaId, std::map<std::string, tir::FieldId, std::less<>>> fields;          // of each 结构
  std::map<SchemaId, std::map<std::string, std::size_t, std::less<>>> own_definitions;  // `设备.残值`, by slot
  std::vector<std::vector<Span>> entry_spans;                                           // by enumeration and entry
  std::vector<CodeGroup> groups;
  std::vector<DefinitionSlot> definitions;
  std::vector<CohortSlot> cohorts;
  std::vector<TallySlot> tallies;
  std::map<std::string, std::size_t> tally_values;   // of the program, by what they are
  std::map<std::string, std::size_t> cohort_values;  // of the program, by what they are
  std::map<tir::FieldId, std::size_t> ranks;         // … that are ranks, by their field
  std::map<EnumerationId, std::map<std::string, tir::SourceKind, std::less<>>> source_kinds;  // of lists that name some
  std::vector<Symbol> schema_symbols, enumeration_symbols;  // where each was declared, by id
  std::deque<StandIn> stand_ins;
  std::map<tir::FieldId, std::size_t> followed;                           // stand-ins, by the reference they go by
  std::map<std::pair<tir::FieldId, tir::FieldId>, tir::FieldId> read_by;  // by reference and field there
  std::vector<bool> schema_is_item;                                       // used by some 列表
  std::map<tir::ExprId, LadderGap> gaps;                                  // of ladders that may hit no row
  std::map<tir::DefinitionId, HangsOn> hangs_on_period;
  std::map<tir::DefinitionId, std::size_t> slot_of;  // by definition, where it was written
  mutable std::map<tir::FieldId, std::pair<BigRational, BigRational>> stored_ranges;  // least and greatest, once asked
  mutable bool looked_beyond = false;  // at policies of files that need not be here: check_share
  // Numbers for what conditions speak of, by its text: satisfy.h. Which number a text has means nothing.
  mutable std::unordered_map<std::string, std::int32_t> subject_keys;
};

// While it lives, names are those that the file sees.
class InFile {
 public:
  InFile(Context& context, ast::File const* file) : context_(context), before_(context.view) {
    context.view = context.view_of.at(file);
  }
  ~InFile() { context_.view = before_; }
  InFile(InFile const&) = delete;
  InFile& operator=(InFile const&) = delete;

 private:
  Context& context_;
  View const* before_;
};

// Whether the file that is being read sees a 结构, or what else was declared like this.
bool sees(Context const& context, Symbol const& symbol);
bool sees(Context const& context, SchemaId schema);
// Says why a name means nothing here although it is declared in a module in use; false if it is not.
bool report_unseen(Context& context, std::string_view name, Span span);

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
  std::string name;                          // the list's name; of the record itself, its 结构
  std::optional<std::size_t> stand_in = {};  // `schema` is what the text speaks of, and our record stands in for it
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
  // 当年 and 当月 are 本年 and 本月: of a cohort value, which is read at the period bound around it.
  bool frame_year = false, frame_month = false;

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

}  // namespace huiyu::check
