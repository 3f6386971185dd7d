// Conditions over two small fields and a class are tried on every record there is; the prover must say the same.
#include "compiler/check/satisfy.h"

#include <random>

#include <doctest/doctest.h>

#include "compiler/tir/print.h"

using namespace huiyu;
using namespace huiyu::check;

namespace {

constexpr int highest = 6;  // both number fields hold 0 to 6
constexpr int classes = 3;

struct Record {
  int a, b, c;
};

class World {
 public:
  explicit World(unsigned seed) : context(sources_, diagnostics_), random_(seed) {
    auto const firm = context.program.schemas.add({"企业", {}, {}, {}});
    Type const persons = types::find_builtin_type("人数")->type;
    a_ = field(firm, "甲", persons);
    b_ = field(firm, "乙", persons);
    Type kind = plain_type(Kind::Enumeration);
    kind.enumeration = context.program.enumerations.add({"类", {"一", "二", "三"}, true, {}});
    c_ = field(firm, "丙", kind);
  }

  tir::ExprId condition(int depth) {
    if (depth == 0) return leaf();
    switch (pick(0, 3)) {
      case 0: return conjunction(context, {condition(depth - 1), condition(depth - 1)}, {});
      case 1: return disjunction(context, {condition(depth - 1), condition(depth - 1)}, {});
      case 2: return negation(context, condition(depth - 1), {});
      default: return leaf();
    }
  }

  bool holds(tir::ExprId id, Record const& record) const {
    auto const& kind = context.program.exprs[id].kind;
    if (auto const* e = std::get_if<tir::And>(&kind)) {
      for (auto const operand : e->operands)
        if (!holds(operand, record)) return false;
      return true;
    }
    if (auto const* e = std::get_if<tir::Or>(&kind)) {
      for (auto const operand : e->operands)
        if (holds(operand, record)) return true;
      return false;
    }
    if (auto const* e = std::get_if<tir::Not>(&kind)) return !holds(e->operand, record);
    if (auto const* e = std::get_if<tir::BelongsTo>(&kind)) {
      for (auto const& member : e->members)
        if (std::get<tir::EntryValue>(member).index == record.c) return true;
      return false;
    }
    auto const& e = std::get<tir::Compare>(kind);
    auto const& read = std::get<tir::FieldValue>(context.program.exprs[e.left].kind);
    BigRational const left = read.field == a_ ? record.a : record.b;
    BigRational const right = *constant_number(context, e.right);
    switch (e.op) {
      case tir::CompareOp::Less: return left < right;
      case tir::CompareOp::AtMost: return left <= right;
      case tir::CompareOp::Greater: return left > right;
      case tir::CompareOp::AtLeast: return left >= right;
      case tir::CompareOp::Equal: return left == right;
      case tir::CompareOp::NotEqual: return left != right;
    }
    return false;
  }

  bool some_record(tir::ExprId id, bool wanted) const {
    for (int a = 0; a <= highest; ++a)
      for (int b = 0; b <= highest; ++b)
        for (int c = 0; c < classes; ++c)
          if (holds(id, {a, b, c}) == wanted) return true;
    return false;
  }

 private:
  int pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(random_); }

  tir::FieldId field(SchemaId schema, std::string name, Type type) {
    tir::Field made;
    made.name = std::move(name);
    made.schema = schema;
    made.type = type;
    made.format = {0, 0, highest};
    return context.program.fields.add(std::move(made));
  }

  tir::ExprId leaf() {
    if (pick(0, 3) == 0) {
      tir::BelongsTo belongs{
          add(context, tir::FieldValue{tir::BindingId{0}, c_}, context.program.fields[c_].type, {}), {}, {}};
      for (int i = 0; i < classes; ++i)
        if (pick(0, 1) == 0) belongs.members.emplace_back(tir::EntryValue{i});
      return add(context, std::move(belongs), truth_type(), {});
    }
    auto const which = pick(0, 1) == 0 ? a_ : b_;
    Type const type = context.program.fields[which].type;
    tir::ExprId const left = add(context, tir::FieldValue{tir::BindingId{0}, which}, type, {});
    // Halves fall between two persons; bounds outside of the stored range say nothing or everything.
    tir::ExprId const right = number(context, BigRational(pick(-2, 2 * highest + 2)) / 2, type.unit, {});
    return compare(context, static_cast<tir::CompareOp>(pick(0, 5)), left, right, {});
  }

  SourceSet sources_;
  Diagnostics diagnostics_;

 public:
  Context context;

 private:
  std::mt19937 random_;
  tir::FieldId a_{}, b_{}, c_{};
};

Verdict verdict(World const& world, tir::ExprId id, bool positive) {
  return finding(world.context, ways(world.context, id, positive)).verdict;
}

}  // namespace

TEST_CASE("what is proved impossible is impossible, and what is found possible is possible") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    World world(seed);
    tir::ExprId const condition = world.condition(static_cast<int>(seed % 5));
    CAPTURE(tir::print(world.context.program, condition));
    for (bool const positive : {true, false}) {
      auto const expected = world.some_record(condition, positive) ? Verdict::Possible : Verdict::Impossible;
      CHECK(verdict(world, condition, positive) == expected);
    }
  }
}

TEST_CASE("two conditions together") {
  for (unsigned seed = 1000; seed < 1300; ++seed) {
    World world(seed);
    tir::ExprId const one = world.condition(2), other = world.condition(2);
    tir::ExprId const together = conjunction(world.context, {one, other}, {});
    auto const found = finding(world.context, both(ways(world.context, one, true), ways(world.context, other, true)));
    CHECK((found.verdict == Verdict::Possible) == world.some_record(together, true));
  }
}

TEST_CASE("numbers are told as a drafter writes them") {
  Type const money = types::find_builtin_type("金额")->type, term = types::find_builtin_type("期限")->type;
  CHECK(drafted(50'000'000, money) == "5000万元");
  CHECK(drafted(300'000'000, money) == "3亿元");
  CHECK(drafted(BigRational(1) / 100, money) == "0.01元");
  CHECK(drafted(BigRational(1) / 20, number_type()) == "5%");
  CHECK(drafted(36, term) == "3年");
  CHECK(drafted(20, types::find_builtin_type("人数")->type) == "20人");
}
