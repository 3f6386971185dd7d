#pragma once

// What a project is made of beside policies and tests: schemas, code lists, parameters, tables, definitions.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/literals.h"
#include "compiler/ast/operators.h"
#include "compiler/source/span.h"

namespace huiyu::ast {

// `金额 逐年 自 成立日期`, `列表 设备`, `集合 资质名录`, `比率/天`
struct TypeName {
  Name word;                      // 金额, 列表, a 名录 or 结构 of the project …
  std::optional<Name> argument;   // 列表 设备, 集合 资质名录
  UnitWord per = UnitWord::None;  // 比率/天
  Span span;
};
enum class SeriesStep : std::uint8_t { Yearly, Monthly };  // 逐年 逐月

struct Field {
  Name name;
  TypeName type;
  ExprId low{}, high{};  // 范围 … 至 …
  std::optional<SeriesStep> series;
  std::optional<Name> series_from;  // 自 成立日期
  std::optional<Name> source;       // 来源
  Span span;
};
struct SchemaDecl {
  bool published = false;
  Name name;
  std::optional<Name> key;
  std::vector<Field> fields;
  Span span;
};

enum class ListOrder : std::uint8_t { None, HighToLow, LowToHigh };
struct CodeListEntry {
  Name name;
  std::optional<Name> source_kind;
  ExprId value{};
  Span span;
};
// 名录: entries, or a named group of codes (`名录 工业 ： 行业代码 = B、C、D 除外 …`)
struct EnumerationDecl {
  bool published = false;
  Name name;
  ListOrder order{};
  std::optional<TypeName> code_type;
  std::vector<CodeListEntry> entries;
  std::vector<ExprId> members, except;
  Span span;
};

struct DatedValue {
  std::optional<DateLiteral> from, known_until;
  std::vector<ExprId> values;  // several: the members of a set
  Span span;
};
struct ParameterDecl {
  bool published = false;
  Name name;
  TypeName type;
  std::vector<DatedValue> values;
  Span span;
};
struct ReferenceTableDecl {
  bool published = false;
  Name name;
  std::vector<Name> keys;
  TypeName type;
  std::optional<Name> source;
  bool use_parent = false;
  std::vector<std::vector<ExprId>> rows;
  Span span;
};

struct ExceptionClause {
  ExprId condition, value;
  std::optional<std::string> citation;
  Span span;
};
// 定义: one value, or 一般 / 例外. Caps and rounding after a whole value are nodes (Cap, Round) around it.
struct DefinitionDecl {
  bool published = false;
  Path name;  // `设备.残值` belongs to that 结构
  std::optional<TypeName> type;
  std::optional<RoundingWord> rounding;  // 保留2位小数 in the head
  std::optional<std::int64_t> digits;
  ExprId value{};        // the plain or 一般 value
  bool general = false;  // written as 一般
  std::vector<ExceptionClause> exceptions;
  std::optional<std::string> citation;
  Span span;
};
struct ExceptionDecl {
  Name definition;
  ExceptionClause clause;
  Span span;
};  // 例外 返还比例 当 … 为 …

}  // namespace huiyu::ast
