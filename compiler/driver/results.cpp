#include "compiler/driver/results.h"

#include <algorithm>

#include <nlohmann/json.hpp>
#include <utf8proc.h>

#include "compiler/driver/report_rows.h"
#include "runtime/base/decimal.h"
#include "runtime/base/utf8.h"

namespace huiyu::driver {

namespace {

std::string yuan(Int128 fen) { return print_decimal(fen, 2); }

// 1,234,567.89: for people; programs get plain digits.
std::string grouped(Int128 fen) {
  auto text = yuan(fen);
  auto first = text.find_first_of("0123456789");
  for (auto place = static_cast<std::ptrdiff_t>(text.find('.')) - 3; place > static_cast<std::ptrdiff_t>(first);
       place -= 3)
    text.insert(static_cast<std::size_t>(place), ",");
  return text;
}

std::string joined(std::vector<std::string> const& all, std::string_view separator) {
  std::string text;
  for (auto const& one : all) {
    if (!text.empty()) text += separator;
    text += one;
  }
  return text;
}

nlohmann::ordered_json to_json(std::string const& key, PolicyName const& policy, PairOutcome const& pair) {
  nlohmann::ordered_json row;
  row["key"] = key;
  row["policy"] = policy.id;
  row["name"] = policy.name;
  row["outcome"] = outcome_name(pair.outcome);
  if (pair.amount_fen) row["amount"] = yuan(*pair.amount_fen);
  if (!pair.parts.empty()) {
    auto& parts = row["parts"] = nlohmann::ordered_json::object();
    for (auto const& part : pair.parts) parts[part.name] = yuan(part.amount_fen);
  }
  if (!pair.shares.empty()) {
    auto& shares = row["shares"] = nlohmann::ordered_json::object();
    for (auto const& share : pair.shares) shares[share.name] = yuan(share.amount_fen);
  }
  if (pair.amount_fen && !policy.instalments.empty()) {
    auto& instalments = row["instalments"] = nlohmann::ordered_json::object();
    for (auto const& part : instalments_of(policy.instalments, *pair.amount_fen))
      instalments[part.name] = yuan(part.amount_fen);
  }
  if (!pair.value.empty()) row[policy.disposes ? "disposal" : "value"] = pair.value;
  // Decided outcomes say all that shines, and that nothing does; null is an alert that is not decided.
  if (policy.has_alerts && (pair.outcome == Outcome::Eligible || pair.outcome == Outcome::Ineligible)) {
    auto& alerts = row["alerts"] = nlohmann::ordered_json::object();
    for (auto const& alert : pair.alerts)
      alerts[alert.name] = alert.colour.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(alert.colour);
  }
  if (!pair.needs.empty()) row["needs"] = pair.needs;
  if (auto const stages = stages_of(pair.settled); !stages.empty()) {
    auto& all = row["stages"] = nlohmann::ordered_json::object();
    for (auto const& stage : stages) all[stage.name] = yuan(stage.amount_fen);
  }
  for (auto const& step : pair.settled) {
    if (step.how == SettledHow::Drawn) continue;
    auto& one = row["settled"].emplace_back(nlohmann::ordered_json::object());
    one["by"] = step.group;
    if (step.before_fen) one["before"] = yuan(*step.before_fen);
    if (step.after_fen) one["after"] = yuan(*step.after_fen);
    one["reason"] = settle_reason(step);
  }
  if (!policy.clause.empty()) row["clause"] = policy.clause;
  return row;
}

}  // namespace

std::vector<std::string> amount_texts(std::vector<PartAmount> const& amounts) {
  std::vector<std::string> texts;
  for (auto const& part : amounts) texts.push_back(part.name + "=" + yuan(part.amount_fen));
  return texts;
}

std::vector<std::string> alert_texts(std::vector<AlertColour> const& alerts) {
  std::vector<std::string> texts;
  for (auto const& alert : alerts) texts.push_back(alert.name + "=" + alert.colour);
  return texts;
}

void PolicyCount::add(PairOutcome const& pair) {
  switch (pair.outcome) {
    case Outcome::Eligible: ++eligible; break;
    case Outcome::Ineligible: ++ineligible; break;
    case Outcome::Unknown: ++unknown; break;
    case Outcome::NotApplicable: ++not_applicable; break;
    case Outcome::Error: ++error; break;
  }
  if (pair.outcome == Outcome::Eligible && !pair.needs.empty()) ++pending;
  if (pair.amount_fen) sum_fen += *pair.amount_fen;
}

void PolicyCount::add(PolicyCount const& other) {
  eligible += other.eligible;
  ineligible += other.ineligible;
  unknown += other.unknown;
  not_applicable += other.not_applicable;
  error += other.error;
  pending += other.pending;
  sum_fen += other.sum_fen;
}

std::string outcome_words(PairOutcome const& pair, bool pays, Language language) {
  auto say = [&](std::string_view zh, std::string_view en) { return words(language, zh, en); };
  switch (pair.outcome) {
    case Outcome::Eligible:
      if (pays && !pair.amount_fen && !pair.needs.empty()) return say("待定", "pending");
      return say("符合", "eligible");
    case Outcome::Ineligible: return say("不符合", "ineligible");
    case Outcome::Unknown: return say("待核", "unknown");
    case Outcome::NotApplicable: return say("不适用", "not applicable");
    case Outcome::Error: return say("错误", "error");
  }
  return {};
}

std::vector<std::string> settle_texts(std::vector<SettleStep> const& steps) {
  std::vector<std::string> texts;
  for (auto const& step : steps) {
    auto text = step.group + " ";
    if (step.before_fen)
      text += yuan(*step.before_fen) + "→" + (step.after_fen ? yuan(*step.after_fen) : "?") + " ";
    else if (step.after_fen)
      text += yuan(*step.after_fen) + " ";
    texts.push_back(text + settle_reason(step));
  }
  return texts;
}

void take_out(std::vector<PolicyCount>& counts, std::vector<PairOutcome> const& pairs) {
  std::vector<PolicyCount> gone(counts.size());
  put_in(gone, pairs);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    counts[i].eligible -= gone[i].eligible, counts[i].ineligible -= gone[i].ineligible;
    counts[i].unknown -= gone[i].unknown, counts[i].not_applicable -= gone[i].not_applicable;
    counts[i].error -= gone[i].error, counts[i].pending -= gone[i].pending, counts[i].sum_fen -= gone[i].sum_fen;
  }
}

void put_in(std::vector<PolicyCount>& counts, std::vector<PairOutcome> const& pairs) {
  for (auto const& pair : pairs) counts[pair.policy].add(pair);
}

std::string pool_lines(std::vector<PoolReport> const& pools, Language language) {
  std::string text;
  for (auto const& pool : pools) {
    bool const selects = pool.by == SettledBy::Selection;
    auto const amount = [&](std::int64_t value) {
      return selects ? std::to_string(value) : grouped(value) + words(language, " 元", " yuan");
    };
    auto const one = [&](std::string_view zh, std::string_view en, std::int64_t value) {
      text += words(language, zh, en) + amount(value);
    };
    text += (selects ? words(language, "遴选 ", "selection ") : words(language, "预算 ", "budget ")) + pool.name;
    if (selects) {
      one("：应取 ", ": wanted ", pool.pool), one("，候选 ", ", candidates ", pool.claimed);
      one("，入选 ", ", selected ", pool.paid), one("，未定 ", ", open ", pool.reserved);
      if (pool.rest > 0) one("，缺额 ", ", short of ", pool.rest);
    } else {
      one("：总额 ", ": ", pool.pool), one("，申请 ", ", claimed ", pool.claimed);
      one("，拨付 ", ", paid ", pool.paid), one("，预留 ", ", reserved ", pool.reserved);
      one("，余额 ", ", left ", pool.rest);
    }
    text += '\n';
  }
  return text;
}

std::string near_lines(std::vector<PolicyName> const& policies, std::vector<std::int64_t> const& counts,
                       Language language) {
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i)
    if (counts[i] != 0)
      text += words(language, "只差一条 ", "one condition short ") + policies[i].id + " " + policies[i].name +
              words(language, "：", ": ") + std::to_string(counts[i]) + "\n";
  if (text.empty() && !counts.empty()) text = words(language, "没有只差一条的", "nobody is one condition short") + "\n";
  return text;
}

RowWriter::RowWriter(std::FILE* out, Format format, Language language)
    : out_(out), format_(format), language_(language) {}

void RowWriter::write(std::string const& key, PolicyName const& policy, PairOutcome const& pair) {
  std::string line;
  if (format_ == Format::Json) {
    line = to_json(key, policy, pair).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  } else if (format_ == Format::Csv) {
    if (first_) std::fputs("key,policy,name,outcome,amount,parts,shares,value,alerts,needs,clause,settled\n", out_);
    for (std::string const& cell :
         {key, policy.id, policy.name, std::string(outcome_name(pair.outcome)),
          pair.amount_fen ? yuan(*pair.amount_fen) : std::string(), joined(amount_texts(pair.parts), ";"),
          joined(amount_texts(pair.shares), ";"), pair.value, joined(alert_texts(pair.alerts), ";"),
          joined(pair.needs, ";"), policy.clause, joined(settle_texts(pair.settled), ";")})
      line += csv_cell(cell) + ",";
    line.pop_back();
  } else {
    line = pad(key, 20) + "  " + pad(policy.id, 8) + "  " + pad(policy.name, 28) + "  " +
           pad(outcome_words(pair, policy.pays, language_), 8);
    if (pair.amount_fen) line += "  " + pad(grouped(*pair.amount_fen), 16, true) + words(language_, " 元", " yuan");
    for (auto const& share : pair.shares)
      line += "  " + share.name + " " + grouped(share.amount_fen) + words(language_, " 元", " yuan");
    if (!pair.value.empty()) line += "  " + pair.value;
    if (!pair.needs.empty())
      line += words(language_, "  缺：", "  needs: ") + joined(pair.needs, words(language_, "、", ", "));
    for (auto const& step : pair.settled) {
      line += "  " + step.group + words(language_, "：", ": ") + settle_reason(step, language_ == Language::English);
      if (step.how == SettledHow::Drawn) line += " " + grouped(*step.after_fen) + words(language_, " 元", " yuan");
    }
  }
  first_ = false;
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), out_);
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  auto const* at = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
  auto rest = static_cast<utf8proc_ssize_t>(text.size());
  while (rest > 0) {
    utf8proc_int32_t point = 0;
    auto taken = utf8proc_iterate(at, rest, &point);
    if (taken <= 0) taken = 1, point = '?';
    auto columns = utf8proc_charwidth(point);
    width += columns > 0 ? static_cast<std::size_t>(columns) : 0;
    at += taken;
    rest -= taken;
  }
  return width;
}

std::string pad(std::string_view text, std::size_t columns, bool right) {
  auto width = display_width(text);
  std::string blanks(columns > width ? columns - width : 0, ' ');
  return right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::string summary_table(std::vector<PolicyName> const& policies, std::vector<PolicyCount> const& counts,
                          Counted counted, Language language) {
  std::vector<std::vector<std::string>> rows;
  auto say = [&](std::string_view zh, std::string_view en) { return words(language, zh, en); };
  rows.push_back({say("编号", "id"), say("政策", "policy"), say("符合", "eligible"), say("待定", "pending")});
  if (counted != Counted::EligibleAlone)
    for (auto const& heading : {say("待核", "unknown"), say("错误", "error")}) rows.back().push_back(heading);
  if (counted == Counted::All)
    for (auto const& heading : {say("不符合", "ineligible"), say("不适用", "n/a")}) rows.back().push_back(heading);
  rows.back().push_back(say("合计（元）", "sum (yuan)"));
  for (std::size_t i = 0; i < policies.size(); ++i) {
    auto const& count = counts[i];
    rows.push_back({policies[i].id, policies[i].name, std::to_string(count.eligible), std::to_string(count.pending)});
    if (counted != Counted::EligibleAlone)
      for (auto const number : {count.unknown, count.error})
        rows.back().push_back(number == not_counted ? "-" : std::to_string(number));
    if (counted == Counted::All)
      for (auto const number : {count.ineligible, count.not_applicable}) rows.back().push_back(std::to_string(number));
    rows.back().push_back(policies[i].pays ? grouped(count.sum_fen) : "-");
  }
  std::vector<std::size_t> widths(rows.front().size());
  for (auto const& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
  std::string text;
  for (auto const& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += (i == 0 ? "" : "  ") + pad(row[i], widths[i], i >= 2);
    while (line.ends_with(' ')) line.pop_back();
    text += line + '\n';
  }
  return text;
}

}  // namespace huiyu::driver
