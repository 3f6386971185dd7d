#include "compiler/codegen/emitter.h"
#include "runtime/base/civil.h"

// The arithmetic of runtime/base/civil.h on 32-bit integers, all of them ≥ 0 so that division is unsigned. A day or a
// number of months that is out of reach is replaced by 0 before anything is computed with it.

namespace huiyu::codegen {

namespace {

constexpr std::int32_t days_to_epoch = 719468;  // from 0000-03-01 to 1970-01-01
constexpr std::int32_t days_in_era = 146097;    // 400 years

class Calendar {
 public:
  explicit Calendar(Builder& builder) : builder_(builder) {}

  struct Date {
    llvm::Value *year, *month, *day;
  };

  Date date(llvm::Value* day_number) {
    auto* shifted = plus(day_number, days_to_epoch);
    auto* era = over(shifted, days_in_era);
    auto* day_of_era = minus(shifted, times(era, days_in_era));
    auto* leap_days =
        minus(plus(minus(day_of_era, over(day_of_era, 1460)), over(day_of_era, 36524)), over(day_of_era, 146096));
    auto* year_of_era = over(leap_days, 365);
    auto* day_of_year = minus(day_of_era, days_before(year_of_era));
    auto* month_from_march = over(plus(times(day_of_year, 5), 2), 153);
    auto* day = plus(minus(day_of_year, days_before_month(month_from_march)), 1);
    auto* month = plus(month_from_march, 3);
    auto* next_year = builder_.CreateICmpUGT(month, number(12));
    month = choose(builder_, next_year, minus(month, number(12)), month);
    auto* year = plus(plus(year_of_era, times(era, 400)), builder_.CreateZExt(next_year, type()));
    return {year, month, day};
  }

  llvm::Value* day_number(Date date) {
    auto* early = builder_.CreateICmpULE(date.month, number(2));
    auto* year = minus(date.year, builder_.CreateZExt(early, type()));
    auto* era = over(year, 400);
    auto* year_of_era = minus(year, times(era, 400));
    auto* month_from_march = choose(builder_, early, plus(date.month, 9), plus(date.month, -3));
    auto* day_of_year = plus(plus(days_before_month(month_from_march), date.day), -1);
    auto* day_of_era = plus(days_before(year_of_era), day_of_year);
    return plus(plus(times(era, days_in_era), day_of_era), -days_to_epoch);
  }

  llvm::Value* days_in_month(llvm::Value* year, llvm::Value* month) {
    auto* leap = builder_.CreateAnd(divisible(year, 4),
                                    builder_.CreateOr(builder_.CreateNot(divisible(year, 100)), divisible(year, 400)));
    auto* february = plus(builder_.CreateZExt(leap, type()), 28);
    // Odd months have 31 days up to July, even ones after it.
    auto* long_month = builder_.CreateAnd(builder_.CreateXor(month, builder_.CreateLShr(month, 3)), number(1));
    return choose(builder_, builder_.CreateICmpEQ(month, number(2)), february, plus(long_month, 30));
  }

  llvm::IntegerType* type() { return builder_.getInt32Ty(); }
  llvm::ConstantInt* number(std::int32_t value) { return builder_.getInt32(static_cast<std::uint32_t>(value)); }
  llvm::Value* plus(llvm::Value* a, llvm::Value* b) { return builder_.CreateAdd(a, b); }
  llvm::Value* plus(llvm::Value* a, std::int32_t b) { return builder_.CreateAdd(a, number(b)); }
  llvm::Value* minus(llvm::Value* a, llvm::Value* b) { return builder_.CreateSub(a, b); }
  llvm::Value* times(llvm::Value* a, std::int32_t b) { return builder_.CreateMul(a, number(b)); }
  llvm::Value* over(llvm::Value* a, std::int32_t b) { return builder_.CreateUDiv(a, number(b)); }

 private:
  llvm::Value* divisible(llvm::Value* a, std::int32_t b) {
    return builder_.CreateICmpEQ(builder_.CreateURem(a, number(b)), number(0));
  }
  // Days of the years of an era before this one, and of the months since March before this one.
  llvm::Value* days_before(llvm::Value* year_of_era) {
    return minus(plus(times(year_of_era, 365), over(year_of_era, 4)), over(year_of_era, 100));
  }
  llvm::Value* days_before_month(llvm::Value* month_from_march) {
    return over(plus(times(month_from_march, 153), 2), 5);
  }

  Builder& builder_;
};

}  // namespace

// The value as 32 bits where it lies in [low, high], 0 elsewhere.
Emitter::Within Emitter::within(llvm::Value* value, std::int64_t low, std::int64_t high) {
  value = resize(value, builder_.getInt64Ty());
  auto* span = builder_.CreateSub(value, builder_.getInt64(static_cast<std::uint64_t>(low)));
  auto* inside = builder_.CreateICmpULE(span, builder_.getInt64(static_cast<std::uint64_t>(high - low)));
  auto* small = builder_.CreateTrunc(value, builder_.getInt32Ty());
  return {choose(builder_, inside, small, builder_.getInt32(0)), inside};
}

Value Emitter::add_months(plan::Node const& node) {
  constexpr std::int32_t all_months = last_year * 12;
  Calendar calendar(builder_);
  auto const day = within(operand(node, 0).value, first_day_number, last_day_number);
  auto const months = within(operand(node, 1).value, -all_months, all_months);
  auto const from = calendar.date(day.value);
  // Months since the beginning of year 0.
  auto* place =
      calendar.plus(calendar.plus(calendar.times(from.year, 12), calendar.plus(from.month, -1)), months.value);
  auto const reached = within(place, first_year * 12, last_year * 12 + 11);
  auto* inside = builder_.CreateAnd(builder_.CreateAnd(day.inside, months.inside), reached.inside);
  auto* year = calendar.over(reached.value, 12);
  auto* month = calendar.plus(calendar.minus(reached.value, calendar.times(year, 12)), 1);
  auto* last_day = calendar.days_in_month(year, month);
  auto* moved =
      calendar.day_number({year, month, builder_.CreateBinaryIntrinsic(llvm::Intrinsic::umin, from.day, last_day)});
  return {resize(moved, type_of(node)), checked(strict_state(node), inside)};
}

Value Emitter::part_of_date(plan::Node const& node) {
  Calendar calendar(builder_);
  auto const day = within(operand(node, 0).value, first_day_number, last_day_number);
  auto const date = calendar.date(day.value);
  auto* part = node.op == plan::Op::YearOf
                   ? date.year
                   : calendar.plus(calendar.times(date.year, 12), calendar.plus(date.month, -1));
  return {resize(part, type_of(node)), checked(operand(node, 0).state, day.inside)};
}

}  // namespace huiyu::codegen
