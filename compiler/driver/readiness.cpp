#include "compiler/driver/readiness.h"

#include <algorithm>
#include <limits>

#include "compiler/diag/catalogue.h"
#include "compiler/driver/declared.h"
#include "compiler/driver/report_rows.h"
#include "compiler/driver/table_file.h"
#include "compiler/tir/words.h"
#include "runtime/base/decimal.h"

namespace huiyu::driver {
namespace {

Obstacle::Kind kind_of(tir::SourceKind kind) {
  switch (kind) {
    case tir::SourceKind::Declared: return Obstacle::Kind::DeclaredByFirm;
    case tir::SourceKind::Judgement: return Obstacle::Kind::Judgement;
    case tir::SourceKind::Unstated:
    case tir::SourceKind::Authoritative: break;
  }
  return Obstacle::Kind::NoSource;
}

// `兑现 限时直达 60天`: the time that is promised.
std::string limit_of(Declared const& declared, SourceSet const& sources) {
  auto const* payout = declared.attribute(ast::AttributeWord::Payout);
  if (payout == nullptr) return {};
  for (auto const value : payout->values) {
    auto const& expr = declared.file->exprs[value];
    auto const* literal = std::get_if<ast::Literal>(&expr.kind);
    auto const* number = literal == nullptr ? nullptr : std::get_if<ast::NumberLiteral>(&literal->value);
    if (number != nullptr && (number->unit == ast::UnitWord::Day || number->unit == ast::UnitWord::WorkingDay ||
                              number->unit == ast::UnitWord::Month))
      return std::string(sources[expr.span.file].slice(expr.span));
  }
  return {};
}

void add_documents(Readiness& made, Declared const& declared) {
  for (auto const& line : declared.decl->lines)
    if (auto const* requirement = std::get_if<ast::RequirementLine>(&line))
      for (auto const& word : requirement->words)
        if (word.text != "已核实")
          made.obstacles.push_back({Obstacle::Kind::Document, word.text, "", word.span, word.span, {}});
}

// Who is paid, or how much, is only known once all are ranked. By the date of filing nobody competes: who comes while
// there is money is paid.
void add_competitions(Readiness& made, tir::Program const& program, tir::PolicyId id) {
  auto const add = [&](std::string const& name, Span where) {
    made.obstacles.push_back({Obstacle::Kind::Competition, name, "", where, where, {}});
  };
  if (auto const& selection = program.policies[id].selection) add("遴选", selection->span);
  for (auto const& settle : program.settles)
    if (tir::is_competition(program, settle) &&
        std::ranges::any_of(settle.members, [&](tir::SettleMember const& member) { return member.policy == id; }))
      add(settle.name, settle.span);
}

// Nobody can tell how much a policy pays whose sum is a bound alone.
void add_open_sums(Readiness& made, Declared const& declared, Project const& project) {
  auto const whole = declared.decl->span;
  for (auto const& found : project.diagnostics.all()) {
    auto const sum = found.where;
    if (found.kind->code != diag::BoundIsNoSum.info.code) continue;
    if (sum.file != whole.file || sum.begin < whole.begin || sum.end > whole.end) continue;
    made.obstacles.push_back(
        {Obstacle::Kind::OpenSum, std::string(project.sources[sum.file].slice(sum)), "", sum, sum, {}});
  }
}

bool is_left_to_application(std::string const& declared) { return declared.starts_with("申报"); }

Readiness one(Project const& project, tir::PolicyId id, std::optional<std::int32_t> as_of_day) {
  auto const& policy = project.program.policies[id];
  Readiness made;
  made.id = policy.id;
  made.name = policy.name;
  made.where = policy.span;
  made.declared = policy.payout;
  made.leaves = tir::leaves_of(project.program, policy);
  for (auto const& leaf : made.leaves) {
    if (leaf.kind == tir::SourceKind::Authoritative) continue;
    Obstacle obstacle{kind_of(leaf.kind), leaf.name, leaf.source, leaf.use, leaf.declared, {}};
    for (auto const definition : leaf.through) obstacle.path.push_back(project.program.definitions[definition].name);
    made.obstacles.push_back(std::move(obstacle));
  }
  if (auto const declared = find_declared(project, policy)) {
    add_documents(made, *declared);
    add_open_sums(made, *declared, project);
    made.limit = limit_of(*declared, project.sources);
  }
  add_competitions(made, project.program, id);
  // What a definition reads stands where the policy first uses the definition: the walk has them in that order.
  std::ranges::stable_sort(made.obstacles, [&](Obstacle const& a, Obstacle const& b) {
    bool const plain = a.path.empty() && b.path.empty() && a.use.file == b.use.file;
    return plain && a.use.begin < b.use.begin;
  });
  made.lapsed = as_of_day && policy.valid_until && *policy.valid_until < *as_of_day;
  bool const promised = made.declared == "免申即享";
  made.without_application = promised && made.ready() && !made.lapsed;
  made.could_be_without_application = !promised && made.ready() && !made.lapsed;
  made.limit_missing = !made.ready() && made.limit.empty() && !promised && !is_left_to_application(made.declared);
  return made;
}

std::string_view word_of(Obstacle::Kind kind) {
  switch (kind) {
    case Obstacle::Kind::DeclaredByFirm: return "declared_by_firm";
    case Obstacle::Kind::NoSource: return "no_source";
    case Obstacle::Kind::Judgement: return "judgement";
    case Obstacle::Kind::Document: return "document";
    case Obstacle::Kind::Competition: return "competition";
    case Obstacle::Kind::OpenSum: return "open_sum";
  }
  return "";
}

std::string in_words(Obstacle const& obstacle, Language language) {
  auto const say = [&](std::string const& zh, std::string const& en) {
    return language == Language::Chinese ? zh : en;
  };
  switch (obstacle.kind) {
    case Obstacle::Kind::DeclaredByFirm: return say("来自" + obstacle.source, "is declared by the firm");
    case Obstacle::Kind::NoSource: return say("没有写明来源", "has no stated source");
    case Obstacle::Kind::Judgement: return say("来自" + obstacle.source + "，要由人裁量", "is a matter of judgement");
    case Obstacle::Kind::Document: return say("要企业提交", "has to be handed in");
    case Obstacle::Kind::Competition: return say("按名次给，要与别家竞争", "goes by rank: others compete for it");
    case Obstacle::Kind::OpenSum: return say("只说了最多多少，没有说给多少", "says how much at most, not how much");
  }
  return {};
}

std::string yuan(Int128 fen) { return print_decimal(fen, 2); }

struct Totals {
  std::vector<std::string> ready, lapsed, missing;
  Int128 paid_fen = 0;
  bool paid = false;
};

Totals totals_of(std::vector<Readiness> const& all) {
  Totals totals;
  for (auto const& each : all) {
    if (each.without_application) totals.ready.push_back(each.id);
    if (each.declared == "免申即享" && each.ready() && each.lapsed) totals.lapsed.push_back(each.id);
    if (each.limit_missing) totals.missing.push_back(each.id);
    if (each.without_application && each.paid_fen) totals.paid_fen += *each.paid_fen, totals.paid = true;
  }
  return totals;
}

std::string joined(std::vector<std::string> const& texts, std::string_view separator) {
  std::string all;
  for (auto const& text : texts) all += (all.empty() ? "" : std::string(separator)) + text;
  return all;
}

}  // namespace

std::vector<Readiness> readiness_of(Project const& project, std::optional<std::int32_t> as_of_day) {
  std::vector<Readiness> all;
  for (std::size_t i = 0; i < project.program.policies.size(); ++i)
    if (auto const id = tir::PolicyId{static_cast<std::int32_t>(i)}; !project.program.policies[id].reclaims.has_value())
      all.push_back(one(project, id, as_of_day));
  std::ranges::stable_sort(all, [](Readiness const& a, Readiness const& b) { return before_by_number(a.id, b.id); });
  return all;
}

Result<std::map<std::string, Int128>> sums_paid(std::string const& path) {
  columns::RecordLayout layout;
  columns::FieldLayout policy, amount;
  policy.name = "policy";
  policy.kind = columns::ValueKind::Text;
  amount.name = "amount";
  amount.kind = columns::ValueKind::Number;
  amount.measure = columns::Measure::Yuan;
  amount.scale = 2;
  amount.low = 0;
  amount.high = std::numeric_limits<std::int64_t>::max();
  layout.fields = {policy, amount};
  std::map<std::string, Int128> sums;
  auto const reports = read_table_file(
      path, [&](ArrowSchema const&) { return layout; },
      [&](columns::Batch const& batch) {
        for (std::int64_t row = 0; row < batch.row_count; ++row)
          if (batch.columns[0].present(row) && batch.columns[1].present(row))
            sums[batch.columns[0].text(row)] += batch.columns[1].at(row);
      });
  if (!reports) return reports.error();
  if (!reports->empty()) return Error{ErrorKind::Data, path + ": amount: " + reports->front().text};
  return sums;
}

std::string readiness_json(std::vector<Readiness> const& all, Project const& project) {
  std::string text;
  for (auto const& each : all) {
    Row row{{"policy", each.id}, {"name", each.name}};
    row.update(place_of(project.sources, each.where));
    row["kind"] = each.ready() ? "instant" : "within_time";
    if (!each.declared.empty()) row["declared"] = each.declared;
    if (!each.limit.empty()) row["limit"] = each.limit;
    row["leaves"] = Row::array();
    for (auto const& leaf : each.leaves)
      row["leaves"].push_back(Row{{"name", leaf.name},
                                  {"source", leaf.source},
                                  {"kind", tir::source_word(leaf.kind)},
                                  {"use", place_of(project.sources, leaf.use)},
                                  {"declared", place_of(project.sources, leaf.declared)}});
    row["reasons"] = Row::array();
    for (auto const& obstacle : each.obstacles) {
      Row reason{{"reason", word_of(obstacle.kind)}, {"name", obstacle.name}};
      if (!obstacle.source.empty()) reason["source"] = obstacle.source;
      reason["use"] = place_of(project.sources, obstacle.use);
      reason["declared"] = place_of(project.sources, obstacle.declared);
      if (!obstacle.path.empty()) reason["path"] = obstacle.path;
      row["reasons"].push_back(std::move(reason));
    }
    row["without_application"] = each.without_application;
    if (each.lapsed) row["lapsed"] = true;
    if (each.could_be_without_application) row["advice"] = "could_be_paid_without_application";
    if (each.limit_missing) row["error"] = "time_limit_missing";
    if (each.paid_fen) row["paid"] = yuan(*each.paid_fen);
    text += json_line(row);
  }
  auto const totals = totals_of(all);
  Row summary{{"policies", all.size()},
              {"without_application", totals.ready.size()},
              {"list", totals.ready},
              {"lapsed", totals.lapsed},
              {"time_limit_missing", totals.missing}};
  if (totals.paid) summary["paid"] = yuan(totals.paid_fen);
  return text + json_line(summary);
}

std::string readiness_text(std::vector<Readiness> const& all, Project const& project, Language language) {
  bool const zh = language == Language::Chinese;
  auto const say = [&](std::string_view in_zh, std::string_view in_en) { return std::string(zh ? in_zh : in_en); };
  std::string text;
  for (auto const& each : all) {
    text += each.id + " " + each.name + say("：", ": ") +
            (each.ready() ? say("秒报秒批秒付", "can be paid at once") : say("限时直达", "within a promised time"));
    if (!each.limit.empty()) text += say("，", ", ") + each.limit;
    if (!each.declared.empty()) text += say("（写明兑现 ", " (said to be paid: ") + each.declared + say("）", ")");
    if (each.lapsed) text += say("，已过有效期", ", no longer valid");
    text += "\n";
    for (auto const& obstacle : each.obstacles) {
      text += "  " + obstacle.name + " " + in_words(obstacle, language);
      if (!obstacle.path.empty()) text += say("，经过 ", ", through ") + joined(obstacle.path, " → ");
      text += "  " + place_text(project.sources, obstacle.use) + "\n";
    }
    if (each.limit_missing)
      text += say("  没有承诺几天办结：写 `兑现 限时直达 60天`，要申报的写 `兑现 申报`\n",
                  "  no time is promised: write `兑现 限时直达 60天`, or `兑现 申报` if it is applied for\n");
    if (each.could_be_without_application && !each.declared.empty())
      text += say("  可以免申即享\n", "  could be paid without application\n");
    if (each.paid_fen) text += say("  已兑现 ", "  paid ") + yuan(*each.paid_fen) + say(" 元\n", " yuan\n");
  }
  auto const totals = totals_of(all);
  text += zh ? "免申即享 " + std::to_string(totals.ready.size()) + " 项，共 " + std::to_string(all.size()) + " 项政策"
             : std::to_string(totals.ready.size()) + " of " + std::to_string(all.size()) +
                   " policies are paid without application";
  if (!totals.ready.empty()) text += say("：", ": ") + joined(totals.ready, say("、", ", "));
  text += "\n";
  if (!totals.lapsed.empty())
    text += say("已过有效期：", "no longer valid: ") + joined(totals.lapsed, say("、", ", ")) + "\n";
  if (totals.paid) text += say("合计 ", "in all ") + yuan(totals.paid_fen) + say(" 元\n", " yuan\n");
  return text;
}

}  // namespace huiyu::driver
