# Faults that the differential test must find: each a small edit of one file, of the sort that a tired engineer makes.
# fault(<name> <file> <what it is> <old text, which occurs once> <new text>)
#
# An engine that leaves a row to the explanation is no fault. So each of these decides wrongly, or says of an undecided row
# that it is undecided for the wrong reason.

# ---- the interpreter and what it shares with native code ------------------------------------------------------------
fault(interval_excludes_bound runtime/engine/atoms.cpp "an interval leaves out its lower bound"
  [==[low = bounds.low.narrow, none]==] [==[low = bounds.low.narrow + 1, none]==])
fault(missing_is_false runtime/engine/atoms.cpp "a missing number is outside every interval"
  [==[out.maybe[word] |= out.yes[word];]==] [==[out.maybe[word] = out.yes[word];]==])
fault(coarse_code_is_outside runtime/engine/bind_constants.cpp "a code that is coarser than a member is outside"
  [==[mark(set.possible, 2);]==] [==[mark(set.possible, 0);]==])
fault(code_one_level_off runtime/engine/bind_constants.cpp "the last code below a member is not below it"
  [==[std::max<std::int64_t>(one.high + 1, 0)]==] [==[std::max<std::int64_t>(one.high, 0)]==])
fault(and_ignores_missing runtime/engine/ops_logic.cpp "且 and 或 of a missing operand are decided"
  [==[step.out.states[row] = settled[at] != 0 ? state::known : state::undecided(any[at], lacks[at] != 0);]==] [==[step.out.states[row] = state::known;]==])
fault(and_error_first runtime/plan/state.h "且 and 或: an error comes before what is missing"
  [==[any == open ? open : lacks ? missing : any]==] [==[any == open ? open : lacks && any == missing ? missing : any]==])
fault(strict_missing_first runtime/engine/ops_arithmetic.cpp "sums: what is missing comes before an error"
  [==[step.out.states[row] |= states[row];]==] [==[step.out.states[row] = step.out.states[row] == state::missing ? state::missing : step.out.states[row] | states[row];]==])
fault(zero_divisor_is_missing runtime/engine/ops_guard.cpp "what fails a test is missing"
  [==[operand == state::known && !holds ? state::error : operand]==] [==[operand == state::known && !holds ? state::missing : operand]==])
fault(plane_of_errors runtime/engine/planes.h "errors are counted among what is missing"
  [==[out.lacks[word] = missing_bit & ~error_bit;]==] [==[out.lacks[word] = missing_bit & ~open_bit;]==])
fault(false_member_leaks runtime/engine/planes.h "what a settled 且 lacks is remembered"
  [==[out.lacks[word] &= undecided & ~out.asks[word];]==] [==[out.lacks[word] &= ~out.asks[word];]==])
fault(at_least_counts_missing runtime/engine/ops_logic.cpp "至少符合 counts what is missing"
  [==[certain[at] += stands == state::known && truth ? 1 : 0;]==] [==[certain[at] += truth ? 1 : 0;]==])
fault(members_lost_carry runtime/engine/combine.cpp "the counter of members of a list loses its carry"
  [==[carry = next;]==] [==[carry = next & ~next;]==])
fault(or_takes_certain_for_possible runtime/engine/combine.cpp "或 forgets members that may hold"
  [==[out.maybe[word] |= planes.maybe[word];]==] [==[out.maybe[word] |= planes.yes[word];]==])
fault(tail_of_block runtime/engine/bits.h "the last row of a block that ends within a word is left out"
  [==[(std::uint64_t{1} << (rows % 64)) - 1;]==] [==[(std::uint64_t{1} << (rows % 64 - 1)) - 1;]==])
fault(strip_states runtime/engine/interpret.cpp "the second strip reads the states of the first"
  [==[arguments.input_states[reg] + begin};]==] [==[arguments.input_states[reg]};]==])
fault(second_block_bits runtime/engine/decode.cpp "truths of the second block are read from the first"
  [==[auto const bit = column.offset + begin + row;]==] [==[auto const bit = column.offset + begin * 0 + row;]==])
fault(items_of_second_block runtime/engine/block.cpp "the items of the second block are those of the first"
  [==[rows.begin = rows.starts.first;]==] [==[rows.begin = 0;]==])
fault(last_record_of_block runtime/engine/match.cpp "a block is one record short"
  [==[matcher.start(begin, std::min(block_rows_, end - begin));]==]
  [==[matcher.start(begin, std::min(block_rows_, end - begin - (begin > 0 ? 1 : 0)));]==])
fault(sign_lost_in_widening runtime/engine/ops_arithmetic.cpp "a negative number loses its sign when it is widened"
  [==[out[row * to + limb] = in[row * from + from - 1] < 0 ? -1 : 0;]==] [==[out[row * to + limb] = 0;]==])
fault(lost_carry_of_wide_sum runtime/engine/lanes.h "the sum of two limbs loses its carry"
  [==[return static_cast<Lane<width>>(static_cast<U>(a) + static_cast<U>(b));]==]
  [==[if constexpr (width == 2)
      return static_cast<Lane<width>>(((a >> 64) + (b >> 64)) * (static_cast<Int128>(1) << 64)) +
             static_cast<Int128>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
    return static_cast<Lane<width>>(static_cast<U>(a) + static_cast<U>(b));]==])
fault(rounding_mode runtime/engine/ops_rounding.cpp "舍去 and 进一 round as the other modes do"
  [==[static_cast<Rounding>(step.immediate % 4);]==] [==[static_cast<Rounding>(step.immediate % 2);]==])
fault(item_filter_missing runtime/engine/aggregate.cpp "合计 takes items that the filter leaves out"
  [==[if (items.is_out(item)) continue;
    stands |= items.filtered(item);
    if (kind]==] [==[stands |= items.filtered(item);
    if (kind]==])
fault(exists_ignores_missing runtime/engine/aggregate.cpp "存在 and 全部 skip items that are not known"
  [==[any |= stands | filtered;]==] [==[any |= static_cast<std::uint8_t>(0);]==])
fault(empty_list_has_largest runtime/engine/aggregate.cpp "the largest of nothing is 0"
  [==[needs_one && !any ? state::error]==] [==[needs_one && !any ? state::known]==])
fault(median_of_two runtime/engine/aggregate.cpp "the median of an even number is the upper of the two"
  [==[values[(values.size() - 1) / 2];]==] [==[values[values.size() / 2];]==])
fault(open_row_decides runtime/engine/ops_choice.cpp "首行: a row that is not known decides"
  [==[settled = stands != state::missing;]==] [==[settled = true;]==])
fault(highest_is_last runtime/engine/ops_choice.cpp "就高 gives the last row that holds"
  [==[std::max<Lane<width>>(result, value);]==] [==[value;]==])
fault(series_takes_later_year runtime/engine/derived.cpp "a year that is lacking is read from the next"
  [==[periods.values[item] == wanted]==] [==[periods.values[item] >= wanted]==])
fault(year_index runtime/engine/bind_constants.cpp "上年 is 本年"
  [==[bound.inputs.application_year.value_or(0) + constant.value]==] [==[bound.inputs.application_year.value_or(0)]==])
fault(parameter_outlives_its_end runtime/engine/bind_constants.cpp "a parameter holds a day too long"
  [==[day <= dated.until_day]==] [==[day - 1 <= dated.until_day]==])
fault(month_of_date runtime/engine/ops_calendar.cpp "月份 is a month late"
  [==[date.year * 12 + date.month - 1]==] [==[date.year * 12 + date.month]==])
fault(undecided_item_is_paid runtime/engine/formulas.cpp "an item is paid whose 当 is not known"
  [==[if (is_in(when.yes, rows[i])) continue;]==] [==[if (is_in(when.maybe, rows[i])) continue;]==])
fault(two_missing_below_a_choice runtime/engine/lacks.cpp "of two missing facts a choice lacks both, whatever it hangs on"
  [==[lacking == 1 || (facts.all && lacking > 0)]==] [==[lacking > 0]==])
fault(open_item_beside_a_due_one runtime/engine/lacks.cpp "what an open item lacks is named although another is due"
  [==[unknown(plan_.policies[position].due, rows, 0)]==] [==[rows]==])
fault(alerts_do_not_settle runtime/engine/matcher.cpp "a second colour of one alert shines"
  [==[(settled.has_value() && alert.name == settled) || ]==] [==[]==])
fault(dead_policies_live runtime/engine/bind_policies.cpp "a policy does not apply on the last day it is valid"
  [==[policy.valid_until]==] [==[policy.valid_until - 1]==])

# ---- native code ----------------------------------------------------------------------------------------------------
fault(native_half_up_of_negative compiler/codegen/divide.cpp "四舍五入 of a negative half goes away from zero"
  [==[builder.CreateOr(past_half, builder.CreateAnd(half, builder.CreateNot(negative)));]==] [==[builder.CreateOr(past_half, half);]==])
fault(native_half_even compiler/codegen/divide.cpp "四舍六入五成双 takes the odd neighbour"
  [==[builder.CreateAnd(half, builder.CreateTrunc(quotient, builder.getInt1Ty()))]==] [==[half]==])
fault(native_and_ignores_missing compiler/codegen/logic.cpp "且 and 或 of a missing operand are decided"
  [==[choose(builder_, settled, state_of(state::known), undecided(strict_state(node), lacks))};]==] [==[state_of(state::known)};]==])
fault(native_less_or_equal compiler/codegen/arithmetic.cpp "less is at most"
  [==[builder_.CreateICmpSLT(left, right), state]==] [==[builder_.CreateICmpSLE(left, right), state]==])
fault(native_coarse_code compiler/codegen/logic.cpp "a coarse code is decided"
  [==[choose(builder_, coarse, state_of(state::missing), strict)]==] [==[choose(builder_, coarse, strict, strict)]==])
fault(native_minimum compiler/codegen/arithmetic.cpp "孰低 of more than one limb takes the greater"
  [==[node.op == Op::Minimum ? smin : smax]==] [==[node.op == Op::Minimum && node.width == 1 ? smin : smax]==])
fault(native_first_open compiler/codegen/choose.cpp "首行: an open row need not agree with what follows"
  [==[builder_.CreateAnd(known, builder_.CreateICmpEQ(value.value, rest.value))]==] [==[builder_.CreateOr(known, builder_.CreateICmpEQ(value.value, rest.value))]==])
fault(native_unique_two compiler/codegen/choose.cpp "两个例外 that both hold are no error"
  [==[builder_.CreateOr(tally.twice, builder_.CreateAnd(tally.found, taken))]==]
  [==[builder_.CreateOr(tally.twice, builder_.CreateAnd(tally.twice, taken))]==])
fault(native_highest_of_negative compiler/codegen/choose.cpp "就高 starts from 0"
  [==[choose(builder_, taken_before, joined, wide)]==] [==[joined]==])
fault(native_month_end compiler/codegen/calendar.cpp "February of a leap year has 28 days"
  [==[auto* february = plus(builder_.CreateZExt(leap, type()), 28);]==] [==[auto* february = plus(builder_.CreateAnd(builder_.CreateZExt(leap, type()), number(0)), 28);]==])
fault(native_last_row runtime/engine/native_run.cpp "the last row of a block is not computed"
  [==[std::copy_n(states, rows, arguments.out_states + first);]==] [==[std::copy_n(states, rows - 1, arguments.out_states + first);]==])
fault(native_unknown_constant runtime/engine/native_run.cpp "native code takes every constant for known"
  [==[if (stands[slot] != state::known) return false;]==] [==[(void)stands[slot];]==])

fault(set_of_codes_by_name runtime/engine/derived.cpp "a code in a set answers for itself alone"
  [==[if (!is_code) return]==] [==[if (is_code == true || !is_code) return]==])

# ---- explanations ---------------------------------------------------------------------------------------------------
fault(explain_value_lost runtime/explain/tree.cpp "only numbers and texts are shown, not truths"
  [==[if (finding.value.known()) node.value]==] [==[if (finding.value.state == State::Value) node.value]==])
fault(explain_all_decides runtime/explain/tree.cpp "what is below decides though what is above does not"
  [==[deciding && node.deciding)]==] [==[deciding)]==])
fault(explain_code_direction runtime/explain/value.cpp "包含 asks whether the code lies in one of the set"
  [==[return inside ? codes]==] [==[return !inside ? codes]==])

# ---- lowering -------------------------------------------------------------------------------------------------------
fault(lower_tie_of_entries compiler/lower/arithmetic.cpp "孰高 of ordered entries takes the lower"
  [==[(e.op == tir::PickOp::Highest) != (type.kind == types::Kind::Enumeration)]==] [==[(e.op == tir::PickOp::Highest) != (type.kind == types::Kind::Poison)]==])
fault(lower_strict_bound compiler/lower/conditions.cpp "超过 includes its bound"
  [==[strict ? BoundRule::Above : BoundRule::Ceiling]==] [==[strict ? BoundRule::Ceiling : BoundRule::Ceiling]==])
fault(lower_at_least_of_negated compiler/lower/conditions.cpp "没有 at least n of k counts one too few"
  [==[count - e.count + 1 : e.count]==] [==[count - e.count : e.count]==])
fault(lower_default_row compiler/lower/choose.cpp "the otherwise is taken though a row may hold"
  [==[case tir::HitRule::First: return]==] [==[case tir::HitRule::First:
      if (rows.size() > 1 && otherwise) rows.pop_back();
      return]==])
fault(lower_negative_divisor compiler/lower/number.cpp "the sign of a divisor is lost"
  [==[a.node = multiply_nodes(a.node, a.range, sign, {-1, 1}, a.range);]==] [==[(void)sign;]==])
fault(lower_window_one_short compiler/lower/series.cpp "近n年 is a year short"
  [==[offset <= to.offset; ++offset]==] [==[offset < to.offset; ++offset]==])
fault(lower_full_years compiler/lower/calls.cpp "周年数 counts the year that is not full"
  [==[auto const early = numbers.less(to, reached);]==] [==[auto const early = numbers.less(reached, to);]==])
fault(lower_mean_of_window compiler/lower/series.cpp "the mean over years divides by one too many"
  [==[numbers_.divide(total(), count())]==] [==[numbers_.divide(total(), numbers_.add(count(), Arithmetic::literal(1), false))]==])
fault(lower_all_needs_filter compiler/lower/aggregates.cpp "全部 with a filter asks the items that are out"
  [==[inner.logic(all ? Op::Or : Op::And, std::move(parts))]==] [==[inner.logic(Op::And, std::move(parts))]==])
fault(lower_floor_rounds_up compiler/lower/number.cpp "what a cap leaves is not always cut down"
  [==[BigInt(2 * power_of_ten(digits))]==] [==[BigInt(4 * power_of_ten(digits))]==])
fault(lower_month_of_definition compiler/lower/values.cpp "上月 before a definition reads it at this month"
  [==[auto const month = e.month.has_value() ? lowerer_.period_term(e.month, place_) : place_.month;]==] [==[auto const month = place_.month;]==])
fault(lower_outer_period compiler/lower/constants.cpp "当年 inside two runs of periods is that of the outer run"
  [==[return place.periods[*found].term;]==] [==[return place.periods.front().term;]==])
fault(lower_month_is_usual compiler/lower/definitions.cpp "a definition that reads 本月 is computed for the usual month alone"
  [==[reads = reads || input->word == tir::InputWord::ThisYear || input->word == tir::InputWord::ThisMonth;]==]
  [==[reads = reads || input->word == tir::InputWord::ThisYear;]==])
fault(lower_set_of_one_code compiler/lower/constants.cpp "a parameter that is a set of codes holds its first alone"
  [==[for (auto const code : std::get<tir::SetValue>(value).members) members.members.emplace_back(tir::CodeValue{code});]==]
  [==[for (auto const code : std::get<tir::SetValue>(value).members)
      if (members.members.empty()) members.members.emplace_back(tir::CodeValue{code});]==])
fault(this_month_is_next runtime/engine/bind_constants.cpp "本月 is a month late"
  [==[value = period(today.year * 12 + today.month - 1 + constant.value, 12);]==]
  [==[value = period(today.year * 12 + today.month + constant.value, 12);]==])

# ---- who is eligible, in one sweep -----------------------------------------------------------------------------------
fault(fact_upper_end runtime/genes/kernels_plain.cpp "the plain kernel leaves out an interval's upper end"
  [==[value[i] - from) <= most]==] [==[value[i] - from) < most]==])
fault(fact_upper_end_avx2 runtime/genes/kernels_avx2.cpp "the AVX2 kernel of 16-bit facts looks at the first half twice"
  [==[at_most16(_mm256_sub_epi16(load(value + 16), from), most);]==] [==[at_most16(_mm256_sub_epi16(load(value), from), most);]==])
fault(fact_missing_counts runtime/engine/fact_tests.cpp "a fact that is missing counts as what happens to be stored"
  [==[yes[word] &= decided[word];]==] [==[yes[word] &= decided[word] | yes[word];]==])
fault(fact_coarse_counts runtime/engine/fact_tests.cpp "a code coarser than a member is decided"
  [==[decided_[word] = there[word] & ~decided_[word];]==] [==[decided_[word] = there[word];]==])
fault(sweep_skips_neighbour runtime/engine/sweep_tree.cpp "a node that dies takes the one after its own along"
  [==[tree_.nodes[node].skip = static_cast<std::uint32_t>(tree_.nodes.size());]==]
  [==[tree_.nodes[node].skip = static_cast<std::uint32_t>(tree_.nodes.size() + (end - next != 0 ? 1 : 0));]==])
fault(sweep_or_last runtime/genes/sweep_loop.h "或 keeps what its last member holds"
  [==[held = held | holds;]==] [==[held = holds;]==])
fault(quotient_sign runtime/genes/linear_loop.h "a negative divisor does not turn a comparison round"
  [==[(under.greater_than(sum) & negative)]==] [==[(positive & negative & ~(under.greater_than(sum) & 0))]==])
fault(quotient_zero runtime/engine/fact_tests.cpp "a division by zero lacks a fact"
  [==[errors_[word] = divisor[word] & ~decided_[word];]==] [==[errors_[word] = divisor[word] & 0;]==])
fault(sweep_missing_list runtime/engine/eligible_sweep.cpp "a list that is missing certainly lacks every tag"
  [==[negated ? is_known && !has : has]==] [==[negated ? (is_known | true) && !has : has]==])

# ---- what is decided between records and policies (found by `populations`) -------------------------------------------
fault(pool_holder_twice runtime/settle/pool.cpp "每户 最高: what a holder has of it already is forgotten"
  [==[share = std::min(share, *each - taken[claims[at].holder]);]==]
  [==[share = std::min(share, *each);]==])
fault(pool_shared_again_too_often runtime/settle/pool.cpp "再分配: what was given away is shared once more"
  [==[shares[*at] = each, left -= each;]==]
  [==[shares[*at] = each;]==])
fault(pool_reserves_nothing runtime/settle/pools.cpp "预算: an undecided claim reserves nothing"
  [==[seat.standing == Standing::Paid ? seat.amount : std::min(seat.most, pool);]==]
  [==[seat.amount;]==])
fault(pool_of_unknown_place runtime/settle/pools.cpp "预算 by rank: who has no place is certain"
  [==[seat.standing == Standing::Paid && (places[i] >= 0 || seat.amount == 0);]==]
  [==[seat.standing == Standing::Paid;]==])
fault(stage_forgets_what_was_paid runtime/settle/stages.cpp "预算 in stages: what a grant has had already is forgotten"
  [==[shares[i] -= parts[i];]==]
  [==[]==])
fault(stage_pays_what_is_reserved runtime/settle/stages.cpp "预算 in stages: what is reserved counts as paid"
  [==[(certain[i] ? report.paid : report.reserved) += parts[i];]==]
  [==[report.paid += parts[i];]==])
fault(stage_forgets_those_before runtime/settle/stages.cpp "预算 in stages: what stages before it drew is not taken off"
  [==[drawn += now;]==]
  [==[drawn = now;]==])
fault(weight_missing_is_nothing runtime/settle/allot.cpp "分配 按: a weight that is missing counts for nothing"
  [==[millionths.push_back(known ? answers.number(entry.at) : row.most_weight);]==]
  [==[millionths.push_back(known ? answers.number(entry.at) : 0);]==])
fault(weight_unknown_is_certain runtime/settle/allot.cpp "分配 按: a weight without a bound leaves the others' shares certain"
  [==[counts[i] == Counts::Certain && (!open || nothing[i]);]==]
  [==[counts[i] == Counts::Certain;]==])
fault(weight_below_zero runtime/settle/allot.cpp "分配 按: a weight below zero is no error"
  [==[answers.negative(entry.at) ? Counts::Faulty : Counts::Certain;]==]
  [==[Counts::Certain;]==])
fault(handed_out_again_too_often runtime/settle/handed_out.cpp "分配 按, 再分配: what was given away is shared once more"
  [==[shares[*at] = each, left -= each;]==]
  [==[shares[*at] = each;]==])
fault(ties_are_broken runtime/settle/pools.cpp "equal values have places of their own"
  [==[if (i > 0 && less(order[i - 1], order[i])) ++place;]==]
  [==[if (i > 0) ++place;]==])
fault(selection_rounds_down runtime/settle/pools.cpp "遴选 不少于: a part of one is dropped"
  [==[if (ties_in && BigRational(whole) != limit.number) ++whole;]==]
  [==[if (ties_in && whole < 0) ++whole;]==])
fault(selection_forgets_unplaced runtime/settle/pools.cpp "遴选: who has no place cannot stand before"
  [==[counts[i] = {sure, unplaced + placed};]==]
  [==[counts[i] = {sure, placed};]==])
fault(selection_tie_of_doubtful runtime/settle/pools.cpp "遴选: one who is not decided stands before for certain"
  [==[tied_sure += all[i].certain ? 1 : 0;]==]
  [==[tied_sure += 1;]==])
fault(highest_ignores_undecided runtime/settle/rules.cpp "就高: an undecided member that may get as much is no rival"
  [==[if (seats[i].undecided() && seats[i].most >= top) ruling]==]
  [==[if (seats[i].undecided() && seats[i].most > top) ruling]==])
fault(one_only_of_zero runtime/settle/rules.cpp "互斥: a member that gets nothing shuts others out"
  [==[bool const gets = seat.standing == Standing::Held || (seat.standing == Standing::Paid && seat.amount > 0);]==]
  [==[bool const gets = seat.standing == Standing::Held || seat.standing == Standing::Paid;]==])
fault(cap_forgets_open runtime/settle/rules.cpp "a joint cap: what undecided members may get does not count"
  [==[if (known + open <= limit) return;]==]
  [==[if (known <= limit) return;]==])
fault(cap_in_order_least runtime/settle/rules.cpp "a cap in order: an undecided member takes nothing"
  [==[least = std::max<std::int64_t>(0, least - high);]==]
  [==[least = std::max<std::int64_t>(0, least);]==])
fault(remainder_to_the_last runtime/settle/remainder.h "of equal remainders the last gets the 分"
  [==[remainders[a] > remainders[b] : a < b;]==]
  [==[remainders[a] > remainders[b] : a > b;]==])
fault(shares_before_settlement runtime/settle/words.cpp "分担 is of what was paid before the cut"
  [==[  besides.shares = shares_of(pair);]==]
  [==[]==])
fault(places_are_dense runtime/settle/cohorts.cpp "名次: no place is left empty after equal ones"
  [==[place = static_cast<std::int64_t>(i) + 1;]==]
  [==[++place;]==])
fault(place_of_missing_members runtime/settle/cohorts.cpp "名次: a member without a value cannot stand before"
  [==[Places const places{place, place + anywhere + ahead,]==]
  [==[Places const places{place, place + ahead,]==])
fault(share_of_counting runtime/settle/cohorts.cpp "前n%: the share is certain where it may be smaller"
  [==[if (BigRational(places.high) <= bound * places.high_count)]==]
  [==[if (BigRational(places.high) <= bound * places.low_count)]==])
fault(unplaced_is_nowhere runtime/settle/cohorts.cpp "a member of an unknown group is in none"
  [==[if (fits) all[place].open.push_back(&member);]==]
  [==[if (!fits) all[place].open.push_back(&member);]==])
fault(cohort_median_of_two runtime/settle/statistic.cpp "the median of an even number is the upper of the two"
  [==[BigRational(values[middle - 1] + values[middle]) / 2;]==]
  [==[values[middle];]==])
fault(top_up_of_nothing runtime/settle/rules.cpp "递进补差: who has been paid all of it gets 0 元"
  [==[if (paid >= seat.amount)]==]
  [==[if (paid > seat.amount)]==])
fault(top_up_of_open runtime/settle/rules.cpp "递进补差: what an undecided one may get is not less"
  [==[verdict.most = std::max<std::int64_t>(0, seat.most - paid);]==]
  [==[verdict.most = seat.most;]==])
fault(cap_forgets_paid runtime/settle/settlement.cpp "累计: what was paid before is not taken off"
  [==[std::max<std::int64_t>(0, limit - paid);]==]
  [==[std::max<std::int64_t>(0, limit);]==])
fault(paid_in_another_year runtime/settle/settlement.cpp "每年 累计: the year of what was paid is not the policy's"
  [==[asker.fen(settle.paid, year, row, asked.paid);]==]
  [==[asker.fen(settle.paid, {}, row, asked.paid);]==])
fault(tally_once_each_row runtime/settle/tallies.cpp "不重复 企业: each row of a record counts"
  [==[share.once = std::to_string(number) + ";";]==]
  [==[share.once = std::to_string(number + static_cast<std::int64_t>(rows_.size())) + ";";]==])
fault(tally_unplaced_nowhere runtime/settle/tallies.cpp "统计: a row of an unknown group is in none"
  [==[fits = fits && (!row->keys[i] || *row->keys[i] == keys[i]);]==]
  [==[fits = fits && row->keys[i] && *row->keys[i] == keys[i];]==])
fault(tally_without_list runtime/settle/tallies.cpp "统计: a record whose list is not stated has no rows"
  [==[rows_.push_back(std::move(unknown));]==]
  [==[]==])
fault(tally_leaves_out runtime/settle/tallies.cpp "统计: a row that lacks a value is left out silently"
  [==[facts.insert(share.facts.begin(), share.facts.end());]==]
  [==[]==])
fault(tally_of_nothing runtime/settle/tallies.cpp "统计: the mean of nothing is 0"
  [==[result ? BigInt(denominator(scaled)) : BigInt(0));]==]
  [==[result ? BigInt(denominator(scaled)) : BigInt(1));]==])
fault(several_unknown_stand_together runtime/settle/settlement.cpp "several kinds: records of whom nobody knows whose they are stand beside each other"
  [==[if (joined && units[at] == none) {]==]
  [==[if (joined && !rule.several && units[at] == none) {]==])
fault(several_own_record_is_another runtime/settle/settlement.cpp "several kinds: a firm is not the one that its projects point at"
  [==[asker.named(name, asked.unit);]==]
  [==[asker.named(name + " ", asked.unit);]==])
fault(several_not_given_is_nothing runtime/settle/settlement.cpp "several kinds: one that was not given counts as having no records"
  [==[lacks.emplace(plan.text(plan.relations[subject.index].name));]==]
  [==[]==])
fault(several_pool_by_record runtime/settle/pools.cpp "several kinds: 每户 of a pool goes by the record, and not by the firm"
  [==[holders.push_back(joined ? unit_ranks_]==]
  [==[holders.push_back(joined && rules_.all()[index].several == false ? unit_ranks_]==])
fault(rows_point_at_nobody runtime/settle/references.cpp "rows of lists do not read what they point at"
  [==[if (rows != nullptr) join({i}, *rows);]==]
  [==[if (rows != nullptr && rows->row_count < 0) join({i}, *rows);]==])
fault(pointed_at_loses_its_lacks runtime/settle/references.cpp "what a record that is pointed at lacks is not said"
  [==[to.reasons = led->second.reasons;]==]
  [==[]==])
fault(nobody_is_pointed_at runtime/settle/references.cpp "who points at a record that is not there lacks all such records"
  [==[lacks = {name + "[" + by.text(row) + "]"};]==]
  [==[lacks = {name};]==])
fault(handed_out_nothing_is_no_sum runtime/settle/change.cpp "分配 按: who is handed out nothing has no sum"
  [==[pair.has_amount = true, pair.amount_fen = fen, pair.needs = 0;]==]
  [==[pair.has_amount = fen > 0, pair.amount_fen = fen, pair.needs = 0;]==])
fault(handed_out_is_not_shared runtime/settle/words.cpp "分配 按 with 分担: what is handed out has no shares"
  [==[if (!pair.has_amount || weights->empty()) return {};]==]
  [==[if (plan_.policies[pair.policy].conclusion != plan::Conclusion::Money || !pair.has_amount || weights->empty()) return {};]==])
fault(portal_reads_nobody runtime/portal/desk.cpp "one record: what it points at is not read"
  [==[if (beside != nullptr) beside->join(batch);]==]
  [==[if (beside != nullptr && batch.row_count < 0) beside->join(batch);]==])
fault(portal_takes_what_it_has runtime/portal/desk.cpp "one record: what is brought along with it is not asked"
  [==[brought != nullptr ? brought : edition_->beside.get();]==]
  [==[edition_->beside != nullptr ? edition_->beside.get() : brought;]==])
fault(instalment_of_another_share compiler/driver/schedule.cpp "分期: a share of a Plan has another divisor"
  [==[BigInt(row.divisor));]==]
  [==[BigInt(row.divisor + 1));]==])
fault(usual_without_check runtime/engine/formulas.cpp "amounts: numbers beyond what 64 bits are proved for are computed with"
  [==[if (!plan::may_be_unusual(plan_.columns[ref.index])) return view;]==]
  [==[if (ref.has_value()) return view;]==])
fault(usual_of_one_record runtime/portal/payments.cpp "one record: numbers beyond what 64 bits are proved for are computed with"
  [==[if (!plan::is_usual(value)) return std::nullopt;]==]
  [==[]==])
fault(scaled_product_twice compiler/lower/number.cpp "ladders: a rate with more decimals is scaled by the wrong power"
  [==[BigInt(literal->second * factor)]==]
  [==[BigInt(literal->second * factor * 10)]==])
