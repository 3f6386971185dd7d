// Each invariant is broken once, by hand; a sound program breaks none.
#include "compiler/tir/verify.h"

#include <doctest/doctest.h>

#include "compiler/tir/print.h"

using namespace huiyu;
using namespace huiyu::tir;
using types::Kind;

namespace {

Type truth() {
  Type type;
  type.kind = Kind::Truth;
  return type;
}
Type money() { return types::find_builtin_type("金额")->type; }

// 条件 营业收入 2000万元以上; 补助 营业收入 × 1%.
struct Sound {
  Program program;
  SchemaId firm, machine;
  FieldId turnover, machines, price;
  ExprId reads, bound, condition, amount;
  PolicyId policy;

  Sound() {
    firm = program.schemas.add({"企业", {}, {}, {}});
    machine = program.schemas.add({"设备", {}, {}, {}});
    turnover = field("营业收入", firm, money());
    Type list;
    list.kind = Kind::List;
    list.schema = machine;
    machines = field("设备", firm, list);
    price = field("金额", machine, money());
    reads = add(FieldValue{BindingId{0}, turnover}, money());
    bound = add(Constant{BigRational(20'000'000)}, money());
    condition = add(Compare{CompareOp::AtLeast, reads, bound}, truth());
    Type plain = money();
    plain.unit = {};
    ExprId const rate = add(Constant{BigRational(1) / 100}, plain);
    amount = add(Arithmetic{ArithmeticOp::Multiply, reads, rate}, money());
    Policy made;
    made.id = made.name = "例";
    made.subject = firm;
    made.condition = condition;
    made.conclusion = ConclusionKind::Money;
    made.items.push_back({"", "补助", amount, {}, "", {}});
    policy = program.policies.add(std::move(made));
  }

  ExprId add(ExprKind kind, Type type) { return program.exprs.add({std::move(kind), type, {}, {}}); }
  FieldId field(std::string name, SchemaId schema, Type type) {
    Field made;
    made.name = std::move(name);
    made.schema = schema;
    made.type = type;
    auto const id = program.fields.add(std::move(made));
    program.schemas[schema].fields.push_back(id);
    return id;
  }
  void condition_is(ExprId id) { program.policies[policy].condition = id; }
};

std::string broken(Program const& program) {
  auto const violations = verify(program);
  return violations.empty() ? "" : std::string(violations.front().invariant);
}

}  // namespace

TEST_CASE("a sound program breaks no invariant") {
  Sound const sound;
  CHECK(broken(sound.program) == "");
  CHECK(print(sound.program, sound.condition) == "(at_least .营业收入 20000000元)");
}

TEST_CASE("ids name something") {
  Sound sound;
  sound.condition_is(sound.add(FieldValue{BindingId{0}, FieldId{99}}, truth()));
  CHECK(broken(sound.program) == "ids_name_something");
}

TEST_CASE("operands come first") {
  Sound sound;
  ExprId const later{static_cast<std::int32_t>(sound.program.exprs.size()) + 1};
  sound.condition_is(sound.add(Not{later}, truth()));
  sound.add(Constant{true}, truth());
  CHECK(broken(sound.program) == "operands_come_first");
}

TEST_CASE("definitions use earlier ones") {
  Sound sound;
  Definition made;
  made.name = "自己";
  made.schema = sound.firm;
  made.type = money();
  made.value = sound.add(DefinitionValue{BindingId{0}, DefinitionId{0}, {}, {}}, money());
  sound.program.definitions.add(std::move(made));
  CHECK(broken(sound.program) == "definitions_use_earlier_ones");
}

TEST_CASE("everything is typed") {
  Sound sound;
  sound.condition_is(sound.add(Poison{}, Type{}));
  CHECK(broken(sound.program) == "everything_is_typed");
}

TEST_CASE("types agree") {
  Sound sound;
  SUBCASE("a comparison of two types") {
    ExprId const other = sound.add(Constant{true}, truth());
    sound.condition_is(sound.add(Compare{CompareOp::Equal, sound.reads, other}, truth()));
  }
  SUBCASE("a condition that is no truth") { sound.condition_is(sound.add(Not{sound.reads}, truth())); }
  SUBCASE("a sum of two units") {
    Type const persons = types::find_builtin_type("人数")->type;
    ExprId const other = sound.add(Constant{BigRational(1)}, persons);
    ExprId const sum = sound.add(Arithmetic{ArithmeticOp::Add, sound.reads, other}, money());
    sound.condition_is(sound.add(Compare{CompareOp::AtLeast, sum, sound.bound}, truth()));
  }
  SUBCASE("a row of another type") {
    ExprId const yes = sound.add(Constant{true}, truth());
    ExprId const choice = sound.add(Choose{HitRule::First, {}, {{yes, yes, {}, {}}}, {}}, money());
    sound.condition_is(sound.add(Compare{CompareOp::AtLeast, choice, sound.bound}, truth()));
  }
  CHECK(broken(sound.program) == "types_agree");
}

TEST_CASE("records are in scope") {
  Sound sound;
  SUBCASE("an item outside of its list") {
    ExprId const item = sound.add(FieldValue{BindingId{1}, sound.price}, money());
    sound.condition_is(sound.add(Compare{CompareOp::AtLeast, item, sound.bound}, truth()));
  }
  SUBCASE("a field of another 结构") {
    ExprId const item = sound.add(FieldValue{BindingId{0}, sound.price}, money());
    sound.condition_is(sound.add(Compare{CompareOp::AtLeast, item, sound.bound}, truth()));
  }
  SUBCASE("a period that no window binds") {
    Type year;
    year.kind = Kind::Year;
    ExprId const bound = sound.add(PeriodValue{PeriodId{0}}, year);
    sound.condition_is(sound.add(Compare{CompareOp::Equal, bound, bound}, truth()));
  }
  CHECK(broken(sound.program) == "records_are_in_scope");
}

TEST_CASE("an item is in scope inside of its aggregate") {
  Sound sound;
  ExprId const item = sound.add(FieldValue{BindingId{1}, sound.price}, money());
  ExprId const where = sound.add(Compare{CompareOp::AtLeast, item, sound.bound}, truth());
  sound.condition_is(
      sound.add(Aggregate{AggregateOp::Exists, BindingId{0}, sound.machines, BindingId{1}, {}, where}, truth()));
  CHECK(broken(sound.program) == "");
}

TEST_CASE("policies are whole") {
  Sound sound;
  sound.program.policies[sound.policy].items.clear();
  CHECK(broken(sound.program) == "policies_are_whole");
}
