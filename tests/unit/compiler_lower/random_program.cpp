#include "tests/unit/compiler_lower/random_program.h"

#include <random>

#include "runtime/base/civil.h"
#include "runtime/columns/builder.h"

namespace huiyu::test {
namespace {

using tir::ExprId;
using types::Kind;
using types::Type;

constexpr int first_day = 19'000, days = 2'000;  // from 2022-01-08

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}

  tir::Program make() {
    declare();
    for (int i = 0; i < 4; ++i) define();
    for (int i = 0; i < 3; ++i) policy(i);
    return std::move(program_);
  }

 private:
  struct Record {
    tir::BindingId binding;
    SchemaId schema;
  };
  struct Scope {
    std::vector<Record> records;
    std::vector<tir::PeriodId> years;
  };

  bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
  int below(int limit) { return static_cast<int>(random_() % static_cast<std::uint64_t>(limit)); }
  template <class T> T const& any(std::vector<T> const& all) {
    return all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
  }

  static Type plain(Kind kind) {
    Type type;
    type.kind = kind;
    return type;
  }
  static Type yuan() {
    auto type = plain(Kind::Number);
    type.unit = types::unit_of(types::BaseUnit::Yuan);
    return type;
  }
  Type entry() const {
    auto type = plain(Kind::Enumeration);
    type.enumeration = grades_;
    return type;
  }

  // ---- declarations ----
  tir::FieldId field(SchemaId schema, std::string name, Type type, types::NumberFormat format = {},
                     tir::SeriesStep series = {}) {
    tir::Field made;
    made.name = std::move(name);
    made.schema = schema;
    made.type = type;
    made.format = format;
    made.series = series;
    auto const id = program_.fields.add(std::move(made));
    program_.schemas[schema].fields.push_back(id);
    return id;
  }

  void declare() {
    types::NumberFormat const money{2, -1'000'000'000'000, 1'000'000'000'000}, rate{4, -100'000'000, 100'000'000},
        count{0, 0, 1'000'000};
    grades_ = program_.enumerations.add({"等级", {"甲", "乙", "丙", "丁"}, true, {}});
    firm_ = program_.schemas.add({"企业", {}, {}, {}});
    item_ = program_.schemas.add({"设备", {}, {}, {}});
    auto code = plain(Kind::Code);
    code.system = codes::CodeSystem::Industry;
    auto set = plain(Kind::Set);
    set.element = Kind::Enumeration;
    set.enumeration = grades_;
    auto list = plain(Kind::List);
    list.schema = item_;
    field(firm_, "收入", yuan(), money), field(firm_, "成本", yuan(), money),
        field(firm_, "比例", plain(Kind::Number), rate);
    field(firm_, "人数", plain(Kind::Number), count), field(firm_, "规上", plain(Kind::Truth)),
        field(firm_, "失信", plain(Kind::Truth));
    field(firm_, "成立", plain(Kind::Date)), field(firm_, "行业", code), field(firm_, "评级", entry()),
        field(firm_, "年度", plain(Kind::Year));
    text_ = field(firm_, "名称", plain(Kind::Text)), set_ = field(firm_, "资质", set),
    list_ = field(firm_, "设备", list);
    series_ = field(firm_, "历年", yuan(), money, tir::SeriesStep::Yearly);
    field(item_, "金额", yuan(), money), field(item_, "台数", plain(Kind::Number), count),
        field(item_, "新上", plain(Kind::Truth));
    field(item_, "购置", plain(Kind::Date)), field(item_, "档次", entry());
    parameter_ = program_.parameters.add({"标准", yuan(), money, {{std::nullopt, std::nullopt, BigRational(5)}}, {}});
    if (chance(30)) program_.parameters[parameter_].values = {{first_day, first_day + 10, BigRational(7)}};
  }

  void define() {
    tir::Definition made;
    made.name = "定义" + std::to_string(program_.definitions.size());
    made.schema = chance(25) ? item_ : firm_;
    Scope scope{{{tir::BindingId{0}, made.schema}}, {}};
    auto const kind = below(3);
    made.value = kind == 0 ? truth(3, scope) : kind == 1 ? choice(entry(), 2, scope) : number(3, scope);
    made.type = program_.exprs[made.value].type;
    if (kind == 2) made.format = chance(70) ? types::NumberFormat{2, -100'000, 100'000} : types::NumberFormat{};
    program_.definitions.add(std::move(made));
  }

  void policy(int index) {
    Scope scope{{{tir::BindingId{0}, firm_}}, {}};
    tir::Policy made;
    made.id = std::to_string(index);
    made.name = "政策" + made.id;
    made.subject = firm_;
    if (chance(30)) made.place = truth(1, scope);
    if (chance(20)) made.valid_from = first_day;
    if (chance(30)) made.target = truth(2, scope);
    if (chance(80)) made.condition = truth(4, scope);
    if (chance(50))
      made.year =
          add(tir::Offset{add(tir::Input{tir::InputWord::ApplicationYear}, plain(Kind::Year)), -1}, plain(Kind::Year));
    switch (below(6)) {
      case 0:
        made.conclusion = tir::ConclusionKind::Class;
        made.value = choice(entry(), 3, scope);
        break;
      case 1:
        made.conclusion = tir::ConclusionKind::Assessment;
        made.value = number(3, scope);
        break;
      case 2:
        made.conclusion = tir::ConclusionKind::Disposal;
        made.value_name = "培育名单";
        break;
      default:
        made.conclusion = tir::ConclusionKind::Money;
        int const items = chance(50) ? 1 : 2 + below(2);
        for (int i = 0; i < items; ++i) {
          tir::Item item;
          if (items > 1 || chance(30)) item.name = "项" + std::to_string(i);
          item.amount = number(3, scope);
          if (chance(40)) item.amount = add(tir::Cap{chance(70), item.amount, number(1, scope)}, yuan());
          if (chance(40)) item.when = truth(2, scope);
          made.items.push_back(std::move(item));
        }
        for (int i = below(3); i > 0; --i) made.caps.push_back({chance(70), number(1, scope), {}});
    }
    program_.policies.add(std::move(made));
  }

  // ---- expressions ----
  ExprId add(tir::ExprKind kind, Type type) { return program_.exprs.add({std::move(kind), type, {}, {}}); }

  ExprId constant_number() {
    static std::vector<BigRational> const values{0,
                                                 1,
                                                 -1,
                                                 2,
                                                 5,
                                                 10,
                                                 100,
                                                 BigRational(1, 2),
                                                 BigRational(1, 200),
                                                 BigRational(1, 3),
                                                 BigRational(-7, 4),
                                                 BigRational(999, 100),
                                                 BigRational(1, 1000),
                                                 BigRational(3, 5),
                                                 1000};
    return add(tir::Constant{any(values)}, chance(50) ? yuan() : plain(Kind::Number));
  }

  // A field of this kind of a record in scope, read as it stands; absent if there is none.
  std::optional<ExprId> read(Kind kind, Scope const& scope) {
    std::vector<ExprId> found;
    auto const& record = any(scope.records);
    std::vector<tir::FieldId> fields;
    for (auto id : program_.schemas[record.schema].fields)
      if (program_.fields[id].type.kind == kind && program_.fields[id].series == tir::SeriesStep::None)
        fields.push_back(id);
    if (fields.empty()) return std::nullopt;
    auto const id = any(fields);
    return add(tir::FieldValue{record.binding, id}, program_.fields[id].type);
  }

  std::optional<ExprId> defined(Kind kind, Scope const& scope) {
    auto const& record = any(scope.records);
    std::vector<tir::DefinitionId> found;
    for (std::size_t i = 0; i < program_.definitions.size(); ++i) {
      tir::DefinitionId const id{static_cast<std::int32_t>(i)};
      auto const& definition = program_.definitions[id];
      if (definition.schema == record.schema && definition.type.kind == kind) found.push_back(id);
    }
    if (found.empty()) return std::nullopt;
    auto const id = any(found);
    ExprId const year = chance(20) ? period(scope) : ExprId{};
    return add(tir::DefinitionValue{record.binding, id, year, {}}, program_.definitions[id].type);
  }

  ExprId period(Scope const& scope) {
    ExprId base;
    if (!scope.years.empty() && chance(60))
      base = add(tir::PeriodValue{any(scope.years)}, plain(Kind::Year));
    else if (chance(20))
      base = add(tir::Constant{tir::YearValue{2022 + below(4)}}, plain(Kind::Year));
    else
      base =
          add(tir::Input{chance(50) ? tir::InputWord::ThisYear : tir::InputWord::ApplicationYear}, plain(Kind::Year));
    return chance(40) ? add(tir::Offset{base, below(4) - 2}, plain(Kind::Year)) : base;
  }

  ExprId date(int depth, Scope const& scope) {
    auto const type = plain(Kind::Date);
    if (depth > 0 && chance(40)) {
      auto months = plain(Kind::Number);
      months.unit = types::unit_of(types::BaseUnit::Month);
      auto const length = chance(70) ? add(tir::Constant{BigRational(below(60) - 30)}, months) : number(0, scope);
      return add(tir::Call{chance(60) ? "加月" : "加天", {date(depth - 1, scope), length}}, type);
    }
    if (chance(20)) return add(tir::Input{tir::InputWord::AsOf}, type);
    if (chance(60))
      if (auto const fact = read(Kind::Date, scope)) return *fact;
    return add(tir::Constant{tir::DateValue{first_day + below(days)}}, type);
  }

  bool sees_firm(Scope const& scope) const { return scope.records.front().schema == firm_; }

  ExprId aggregate(tir::AggregateOp op, int depth, Scope const& scope, bool of_truth) {
    Scope inner = scope;
    auto const item = tir::BindingId{static_cast<std::int32_t>(next_binding_++)};
    inner.records.push_back({item, item_});
    bool const counts = op == tir::AggregateOp::Count;
    ExprId const each = counts || (of_truth && chance(40)) ? ExprId{}
                        : of_truth                         ? truth(depth, inner)
                                                           : number(std::min(depth, 1), inner);
    ExprId const where = chance(70) || (of_truth && !each.has_value()) ? truth(std::min(depth, 2), inner) : ExprId{};
    auto const type = of_truth ? plain(Kind::Truth) : counts ? plain(Kind::Number) : program_.exprs[each].type;
    return add(tir::Aggregate{op, tir::BindingId{0}, list_, item, each, where}, type);
  }

  ExprId window(tir::AggregateOp op, int depth, Scope const& scope, bool of_truth) {
    Scope inner = scope;
    tir::PeriodId const year{next_period_++};
    inner.years.push_back(year);
    bool const counts = op == tir::AggregateOp::Count;
    ExprId const to = period(scope);
    ExprId const from = chance(85) ? add(tir::Offset{to, -below(4)}, plain(Kind::Year)) : ExprId{};
    ExprId const each = counts || (of_truth && chance(40)) ? ExprId{}
                        : of_truth                         ? truth(depth, inner)
                                                           : number(std::min(depth, 1), inner);
    ExprId const where = chance(60) || (of_truth && !each.has_value()) ? truth(std::min(depth, 2), inner) : ExprId{};
    auto const type = of_truth ? plain(Kind::Truth) : counts ? plain(Kind::Number) : program_.exprs[each].type;
    return add(tir::Window{op, year, from, to, tir::BindingId{0}, series_, each, where}, type);
  }

  tir::AggregateOp measuring() {
    static std::vector<tir::AggregateOp> const ops{tir::AggregateOp::Sum,      tir::AggregateOp::Count,
                                                   tir::AggregateOp::Mean,     tir::AggregateOp::Largest,
                                                   tir::AggregateOp::Smallest, tir::AggregateOp::Median};
    return any(ops);
  }

  ExprId number(int depth, Scope const& scope) {
    if (depth <= 0 || chance(15)) {
      if (chance(25)) return constant_number();
      if (chance(10)) return add(tir::ParameterValue{parameter_}, yuan());
      if (sees_firm(scope) && chance(20))
        return add(tir::SeriesValue{tir::BindingId{0}, series_, period(scope)}, yuan());
      if (chance(20))
        if (auto const used = defined(Kind::Number, scope)) return *used;
      return *read(Kind::Number, scope);
    }
    auto const one = [&] { return number(depth - 1, scope); };
    switch (below(14)) {
      case 12:
        if (chance(30))
          return add(tir::Call{"年差", {period(scope), add(tir::Call{"年份", {date(1, scope)}}, plain(Kind::Year))}},
                     plain(Kind::Number));
        return add(tir::Call{chance(50) ? "天数差" : "周年数", {date(1, scope), date(1, scope)}}, plain(Kind::Number));
      case 0: return arithmetic(tir::ArithmeticOp::Add, one(), one());
      case 1: return arithmetic(tir::ArithmeticOp::Subtract, one(), one());
      case 2: return arithmetic(tir::ArithmeticOp::Multiply, one(), one());
      case 3: return arithmetic(tir::ArithmeticOp::Divide, one(), one());
      case 4: return add(tir::Negate{one()}, yuan());
      case 5: return add(tir::Pick{chance(50) ? tir::PickOp::Highest : tir::PickOp::Lowest, {one(), one()}}, yuan());
      case 6: return add(tir::Cap{chance(50), one(), one()}, yuan());
      case 7:
        return add(tir::Round{static_cast<Rounding>(below(4)), static_cast<std::int8_t>(below(5) - 1), one()}, yuan());
      case 8:
        if (sees_firm(scope)) return aggregate(measuring(), depth - 1, scope, false);
        return one();
      case 9:
        if (sees_firm(scope)) return window(measuring(), depth - 1, scope, false);
        return one();
      case 10:
        if (auto const fact = read(Kind::Number, scope)) return add(tir::Default{*fact, constant_number()}, yuan());
        return one();
      case 11:
        if (auto const used = defined(Kind::Number, scope)) return *used;
        return one();
      default: return choice(yuan(), depth, scope);
    }
  }

  ExprId arithmetic(tir::ArithmeticOp op, ExprId left, ExprId right) {
    // A constant divisor of 0 is refused by the checker.
    auto const* constant = std::get_if<tir::Constant>(&program_.exprs[right].kind);
    if (op == tir::ArithmeticOp::Divide && constant != nullptr && std::get<BigRational>(constant->value) == 0)
      return left;
    return add(tir::Arithmetic{op, left, right}, yuan());
  }

  ExprId value(Type const& type, int depth, Scope const& scope) {
    if (type.kind == Kind::Truth) return truth(depth, scope);
    if (type.kind == Kind::Number) return number(depth, scope);
    if (depth > 0 && chance(20)) return choice(type, depth, scope);
    if (depth > 0 && chance(15)) {
      auto const steps = add(tir::Constant{BigRational(below(5) - 2)}, plain(Kind::Number));
      return add(tir::Shift{value(type, depth - 1, scope), steps}, type);
    }
    if (depth > 0 && chance(15))
      return add(tir::Pick{chance(50) ? tir::PickOp::Highest : tir::PickOp::Lowest,
                           {value(type, depth - 1, scope), value(type, depth - 1, scope)}},
                 type);
    if (chance(20))
      if (auto const used = defined(Kind::Enumeration, scope)) return *used;
    if (chance(50))
      if (auto const fact = read(Kind::Enumeration, scope)) return *fact;
    return add(tir::Constant{tir::EntryValue{below(4)}}, type);
  }

  ExprId choice(Type const& type, int depth, Scope const& scope) {
    tir::Choose made;
    made.rule = type.kind == Kind::Number ? static_cast<tir::HitRule>(below(5)) : static_cast<tir::HitRule>(below(3));
    if (type.kind == Kind::Enumeration && chance(20)) made.rule = tir::HitRule::Highest;
    if (made.rule == tir::HitRule::Exclusive)
      exclusive_rows(made, type, depth, scope);
    else
      for (int i = 1 + below(3); i > 0; --i)
        made.rows.push_back({truth(depth - 1, scope), value(type, depth - 1, scope), {}, {}});
    if (chance(70)) made.otherwise = value(type, depth - 1, scope);
    return add(std::move(made), type);
  }

  // Rows that the checker would prove disjoint: slices of one number.
  void exclusive_rows(tir::Choose& made, Type const& type, int depth, Scope const& scope) {
    auto const subject = number(depth - 1, scope);
    made.subject = subject;
    std::vector<BigRational> const bounds{BigRational(-1), BigRational(1, 200), BigRational(1), BigRational(5)};
    auto const bound = [&](std::size_t i) { return add(tir::Constant{bounds[i]}, yuan()); };
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
      auto const low = add(tir::Compare{tir::CompareOp::AtLeast, subject, bound(i)}, plain(Kind::Truth));
      auto const high = add(tir::Compare{tir::CompareOp::Less, subject, bound(i + 1)}, plain(Kind::Truth));
      made.rows.push_back({add(tir::And{{low, high}}, plain(Kind::Truth)), value(type, depth - 1, scope), {}, {}});
    }
  }

  ExprId truth(int depth, Scope const& scope) {
    auto const type = plain(Kind::Truth);
    if (depth <= 0 || chance(10)) {
      if (chance(5)) return add(tir::Constant{chance(50)}, type);
      if (chance(40))
        if (auto const fact = read(Kind::Truth, scope)) return *fact;
      return comparison(0, scope);
    }
    auto const one = [&] { return truth(depth - 1, scope); };
    switch (below(14)) {
      case 0: return add(tir::And{{one(), one()}}, type);
      case 1: return add(tir::Or{{one(), one(), one()}}, type);
      case 2: return add(tir::Not{one()}, type);
      case 3: return add(tir::AtLeastOf{1 + below(3), {one(), one(), one()}}, type);
      case 4:
        return add(tir::Compare{chance(50) ? tir::CompareOp::Equal : tir::CompareOp::NotEqual, one(), one()}, type);
      case 5: return membership(scope);
      case 6:
        if (sees_firm(scope))
          return aggregate(chance(50) ? tir::AggregateOp::Exists : tir::AggregateOp::All, depth - 1, scope, true);
        return one();
      case 7:
        if (sees_firm(scope))
          return window(chance(50) ? tir::AggregateOp::Exists : tir::AggregateOp::All, depth - 1, scope, true);
        return one();
      case 8:
        if (auto const used = defined(Kind::Truth, scope)) return *used;
        return one();
      case 9:
        if (sees_firm(scope)) {
          auto const text = add(tir::FieldValue{tir::BindingId{0}, text_}, plain(Kind::Text));
          auto const other = add(tir::Constant{std::string("文") + std::to_string(below(3))}, plain(Kind::Text));
          return add(tir::Compare{chance(50) ? tir::CompareOp::Equal : tir::CompareOp::NotEqual, text, other}, type);
        }
        return one();
      case 10: return choice(type, depth, scope);
      case 11:
        if (!program_.definitions.empty())
          return add(
              tir::IfGiven{tir::DefinitionId{below(static_cast<int>(program_.definitions.size()))}, one(), one()},
              type);
        return one();
      default: return comparison(depth - 1, scope);
    }
  }

  ExprId comparison(int depth, Scope const& scope) {
    auto const op = static_cast<tir::CompareOp>(below(6));
    auto const type = plain(Kind::Truth);
    switch (below(6)) {
      case 0:
        if (auto const fact = read(Kind::Date, scope))
          return add(tir::Compare{op, chance(60) ? *fact : date(2, scope), date(1, scope)}, type);
        break;
      case 1: return add(tir::Compare{op, value(entry(), depth, scope), value(entry(), depth, scope)}, type);
      case 2:
        if (auto const year = read(Kind::Year, scope)) return add(tir::Compare{op, *year, period(scope)}, type);
        break;
      default: break;
    }
    return add(tir::Compare{op, number(depth, scope), chance(60) ? constant_number() : number(depth, scope)}, type);
  }

  ExprId membership(Scope const& scope) {
    auto const type = plain(Kind::Truth);
    if (auto const code = read(Kind::Code, scope); code && chance(50)) {
      auto const size = static_cast<int>(codes::entries(codes::CodeSystem::Industry).size());
      std::vector<tir::Value> members, except;
      for (int i = 1 + below(3); i > 0; --i) members.emplace_back(tir::CodeValue{below(size)});
      if (chance(40)) except.emplace_back(tir::CodeValue{below(size)});
      return add(tir::BelongsTo{*code, members, except}, type);
    }
    if (sees_firm(scope) && chance(40)) {
      auto const set = add(tir::FieldValue{tir::BindingId{0}, set_}, program_.fields[set_].type);
      return add(tir::SetContains{set, value(entry(), chance(70) ? -1 : 1, scope)}, type);
    }
    std::vector<tir::Value> members;
    for (int i = 1 + below(2); i > 0; --i) members.emplace_back(tir::EntryValue{below(4)});
    return add(tir::BelongsTo{value(entry(), 1, scope), members, {}}, type);
  }

  std::mt19937_64 random_;
  tir::Program program_;
  EnumerationId grades_{};
  SchemaId firm_{}, item_{};
  tir::FieldId text_{}, set_{}, list_{}, series_{};
  tir::ParameterId parameter_{};
  std::int32_t next_binding_ = 1, next_period_ = 0;
};

class Filler {
 public:
  explicit Filler(std::uint64_t seed) : random_(seed) {}

  void add_row(std::vector<columns::ColumnBuilder>& builders) {
    for (auto& builder : builders) add(builder);
  }

 private:
  std::int64_t below(std::int64_t limit) {
    return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit));
  }

  void add(columns::ColumnBuilder& column) {
    auto const& field = column.field();
    if (below(100) < 12) return column.add_missing();
    if (field.series != columns::SeriesStep::None) {
      std::int64_t count = 0;
      for (std::int64_t year = 2019; year < 2027; ++year) {
        if (below(100) < 30) continue;
        column.items()[0].add(year);
        add_value(column.items()[1]);
        ++count;
      }
      return column.add_items(count);
    }
    if (field.kind == columns::ValueKind::List) {
      auto const count = below(4);
      for (std::int64_t i = 0; i < count; ++i)
        for (auto& item : column.items()) add(item);
      return column.add_items(count);
    }
    if (field.kind == columns::ValueKind::Set) {
      std::int64_t count = 0;
      for (std::int64_t id = 0; id < static_cast<std::int64_t>(field.entries.size()); ++id)
        if (below(3) == 0) column.items()[0].add(id), ++count;
      if (below(5) == 0) column.items()[0].add_missing(), ++count;
      return column.add_items(count);
    }
    add_value(column);
  }

  void add_value(columns::ColumnBuilder& column) {
    auto const& field = column.field();
    using columns::ValueKind;
    if (below(100) < 8) return column.add_missing();
    switch (field.kind) {
      case ValueKind::Truth: return column.add(below(2));
      case ValueKind::Number: {
        // Around the constants of the programs, at and one unit beside them.
        std::int64_t unit = 1;
        for (int i = 0; i < field.scale; ++i) unit *= 10;
        static constexpr std::int64_t bases[] = {0, 1, 2, 5, 10, 100, 1000};
        auto number = bases[below(7)] * unit + below(3) - 1;
        if (below(4) == 0) number = -number;
        if (below(4) == 0) number = below(2000) - 500;
        if (below(20) == 0) number = field.high - below(3);
        return column.add(std::max(field.low, std::min(field.high, number)));
      }
      case ValueKind::Date: return column.add(first_day + below(days));
      case ValueKind::Year: return column.add(2021 + below(6));
      case ValueKind::Month: return column.add((2021 + below(6)) * 12 + below(12));
      case ValueKind::Code: return column.add(below(static_cast<std::int64_t>(codes::entries(field.system).size())));
      case ValueKind::Enumeration: return column.add(below(static_cast<std::int64_t>(field.entries.size())));
      case ValueKind::Text:
      case ValueKind::CreditCode: return column.add_text("文" + std::to_string(below(4)));
      case ValueKind::List:
      case ValueKind::Set: return column.add_missing();
    }
  }

  std::mt19937_64 random_;
};

}  // namespace

tir::Program random_program(std::uint64_t seed) { return Generator(seed).make(); }

columns::Batch random_batch(columns::RecordLayout const& layout, std::int64_t rows, std::uint64_t seed) {
  auto builders = columns::make_builders(layout.fields);
  Filler filler(seed);
  for (std::int64_t row = 0; row < rows; ++row) filler.add_row(builders);
  return columns::finish_batch(builders);
}

}  // namespace huiyu::test
