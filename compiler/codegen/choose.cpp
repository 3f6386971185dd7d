#include "compiler/codegen/emitter.h"
#include "runtime/plan/state.h"

// Operands are c1 v1 c2 v2 … [otherwise]. A condition's truth is read only where it is known. Values meet in the
// working type: two that differ must not become equal by being cut.

namespace huiyu::codegen {

using plan::Op;

namespace {

std::uint32_t row_count(plan::Node const& node) { return node.operand_count / 2; }
bool has_otherwise(plan::Node const& node) { return node.operand_count % 2 == 1; }

}  // namespace

// What rows that may all be the answer have in common: `rest` of the later ones.
Value Emitter::agreed(Value value, Value rest) {
  auto* asks = builder_.CreateOr(state_is(value.state, state::open), state_is(rest.state, state::open));
  auto* known = state_is(builder_.CreateOr(value.state, rest.state), state::known);
  auto* same = builder_.CreateAnd(known, builder_.CreateICmpEQ(value.value, rest.value));
  auto* closed = choose(builder_, same, state_of(state::known), state_of(state::missing));
  return {value.value, choose(builder_, asks, state_of(state::open), closed)};
}

// A value that may be the answer, beside open rows: an error then is as good as missing.
Value Emitter::alone(Value value) {
  auto* errs = state_is(value.state, state::error);
  return {value.value, choose(builder_, errs, state_of(state::missing), value.state)};
}

// From the last row back, the answer of the rows from there on twice: as it is if no row before is missing, and what
// they have in common if one is.
Value Emitter::choose_first(plan::Node const& node) {
  auto* type = working_type(node);
  Value decided = last_resort(node, type);
  Value common = alone(decided);
  for (std::uint32_t row = row_count(node); row-- > 0;) {
    auto condition = operand(node, 2 * row), value = operand(node, 2 * row + 1);
    value.value = resize(value.value, type);
    auto const shared = agreed(value, common);
    auto* taken = holds(condition);
    auto* out = is_out(condition);
    auto* lacks = state_is(condition.state, state::missing);
    auto pick = [&](Value if_taken, Value if_out, llvm::Value* otherwise) -> Value {
      auto* number = choose(builder_, out, if_out.value, value.value);
      auto* settled = choose(builder_, taken, if_taken.state, if_out.state);
      auto* open = choose(builder_, lacks, shared.state, otherwise);
      return {number, choose(builder_, builder_.CreateOr(taken, out), settled, open)};
    };
    decided = pick(value, decided, condition.state);
    common = pick(alone(value), common, alone({value.value, condition.state}).state);
  }
  return {resize(decided.value, type_of(node)), decided.state};
}

// How the conditions stand together, and the value of the last that holds, else the otherwise.
struct Emitter::Tally {
  Value answer;
  llvm::Value *found, *twice, *any, *lacks, *errs;
};
Emitter::Tally Emitter::tally(plan::Node const& node, llvm::IntegerType* type) {
  auto* none = builder_.getFalse();
  Tally tally{last_resort(node, type), none, none, state_of(state::known), none, none};
  for (std::uint32_t row = 0; row < row_count(node); ++row) {
    auto condition = operand(node, 2 * row), value = operand(node, 2 * row + 1);
    auto* taken = holds(condition);
    tally.twice = builder_.CreateOr(tally.twice, builder_.CreateAnd(tally.found, taken));
    tally.found = builder_.CreateOr(tally.found, taken);
    tally.any = builder_.CreateOr(tally.any, condition.state);
    tally.lacks = builder_.CreateOr(tally.lacks, state_is(condition.state, state::missing));
    tally.errs = builder_.CreateOr(tally.errs, state_is(condition.state, state::error));
    tally.answer.value = choose(builder_, taken, resize(value.value, type), tally.answer.value);
    tally.answer.state = choose(builder_, taken, value.state, tally.answer.state);
  }
  return tally;
}

Value Emitter::choose_unique(plan::Node const& node) {
  auto const rows = tally(node, working_type(node));
  auto* closed = state_is(rows.any, state::known);
  auto* single = choose(builder_, closed, rows.answer.state, undecided(rows.any, rows.lacks));
  return {resize(rows.answer.value, type_of(node)), choose(builder_, rows.twice, state_of(state::error), single)};
}

// The rows that hold or are missing, and the otherwise if none holds, must agree.
Value Emitter::choose_exclusive(plan::Node const& node) {
  auto* type = working_type(node);
  auto const rows = tally(node, type);
  // In common: of all that is not out.
  llvm::Value* answer = llvm::ConstantInt::get(type, 0);
  llvm::Value* same = builder_.getTrue();
  llvm::Value* asks = builder_.getFalse();
  llvm::Value* offered = builder_.getFalse();
  auto offer = [&](llvm::Value* stands, Value value) {
    auto* wide = resize(value.value, type);
    auto* differs = builder_.CreateAnd(offered, builder_.CreateICmpNE(wide, answer));
    auto* bad = builder_.CreateOr(builder_.CreateNot(state_is(value.state, state::known)), differs);
    same = builder_.CreateAnd(same, builder_.CreateNot(builder_.CreateAnd(stands, bad)));
    asks = builder_.CreateOr(asks, builder_.CreateAnd(stands, state_is(value.state, state::open)));
    answer = choose(builder_, stands, wide, answer);
    offered = builder_.CreateOr(offered, stands);
  };
  for (std::uint32_t row = 0; row < row_count(node); ++row)
    offer(builder_.CreateNot(is_out(operand(node, 2 * row))), operand(node, 2 * row + 1));
  if (has_otherwise(node)) offer(builder_.CreateNot(rows.found), operand(node, node.operand_count - 1));
  auto* common = choose(builder_, same, state_of(state::known), state_of(state::missing));
  common = choose(builder_, asks, state_of(state::open), common);

  auto* closed = state_is(rows.any, state::known);
  auto* spoilt = builder_.CreateOr(rows.errs, state_is(rows.any, state::open));
  if (!has_otherwise(node)) spoilt = builder_.CreateOr(spoilt, builder_.CreateNot(rows.found));
  auto* open = choose(builder_, spoilt, undecided(rows.any, rows.lacks), common);
  auto* single = choose(builder_, closed, rows.answer.state, open);
  return {resize(choose(builder_, closed, rows.answer.value, answer), type_of(node)),
          choose(builder_, rows.twice, state_of(state::error), single)};
}

// 就高 and 各档相加: over all rows that hold; none: the otherwise.
Value Emitter::choose_all(plan::Node const& node) {
  auto* type = working_type(node);
  auto const otherwise = last_resort(node, type);
  llvm::Value* result = llvm::ConstantInt::get(type, 0);
  llvm::Value* taken_before = builder_.getFalse();
  llvm::Value* found = builder_.getFalse();
  llvm::Value* stands = state_of(state::known);
  for (std::uint32_t row = 0; row < row_count(node); ++row) {
    auto condition = operand(node, 2 * row), value = operand(node, 2 * row + 1);
    auto* wide = resize(value.value, type);
    llvm::Value* joined = nullptr;
    if (type->isIntegerTy(1))
      joined = builder_.CreateOr(result, wide);
    else if (node.op == Op::ChooseSum)
      joined = builder_.CreateAdd(result, wide);
    else
      joined = builder_.CreateBinaryIntrinsic(llvm::Intrinsic::smax, result, wide);
    auto* taken = holds(condition);
    result = choose(builder_, taken, choose(builder_, taken_before, joined, wide), result);
    taken_before = builder_.CreateOr(taken_before, taken);
    // A row that is out may lack its value.
    auto* in = builder_.CreateNot(is_out(condition));
    found = builder_.CreateOr(found, in);
    auto* own = choose(builder_, taken, value.state, condition.state);
    stands = builder_.CreateOr(stands, choose(builder_, in, own, state_of(state::known)));
  }
  result = choose(builder_, found, result, otherwise.value);
  return {resize(result, type_of(node)), choose(builder_, found, stands, otherwise.state)};
}

// The otherwise; that there is none is an error.
Value Emitter::last_resort(plan::Node const& node, llvm::IntegerType* type) {
  if (!has_otherwise(node)) return {llvm::ConstantInt::get(type, 0), state_of(state::error)};
  auto const otherwise = operand(node, node.operand_count - 1);
  return {resize(otherwise.value, type), otherwise.state};
}

}  // namespace huiyu::codegen
