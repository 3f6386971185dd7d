#include "compiler/driver/reach.h"

#include <algorithm>
#include <set>

#include "compiler/check/check.h"
#include "compiler/driver/counted.h"
#include "compiler/driver/population_source.h"
#include "compiler/driver/report_rows.h"
#include "compiler/driver/run.h"
#include "compiler/driver/subjects.h"
#include "compiler/tir/print.h"
#include "compiler/tir/traverse.h"
#include "runtime/base/one_line.h"

namespace huiyu::driver {
namespace {

// Which policies of the enlarged program answer for one policy of the project.
struct Asked {
  std::uint32_t policy = 0, place = 0;
  std::vector<std::pair<tir::ExprId, std::uint32_t>> conjuncts;
};

std::vector<tir::ExprId> conjuncts_of(tir::Program const& program, tir::ExprId condition) {
  if (!condition.has_value()) return {};
  auto const* all = std::get_if<tir::And>(&program.exprs[condition].kind);
  if (all == nullptr) return {condition};
  std::vector<tir::ExprId> parts;
  for (auto const operand : all->operands) {
    auto const inner = conjuncts_of(program, operand);
    parts.insert(parts.end(), inner.begin(), inner.end());
  }
  return parts;
}

// A policy with the head of another that concludes nothing.
std::uint32_t ask(tir::Program& program, tir::Policy const& like, tir::ExprId target, tir::ExprId condition) {
  tir::Policy made;
  made.id = "看 " + std::to_string(program.policies.size());
  made.name = like.name;
  made.subject = like.subject;
  made.place = like.place;
  made.valid_from = like.valid_from;
  made.valid_until = like.valid_until;
  made.year = like.year;
  made.target = target;
  made.condition = condition;
  made.span = like.span;
  return static_cast<std::uint32_t>(program.policies.add(std::move(made)).index);
}

std::vector<Asked> enlarge(tir::Program& program) {
  std::vector<Asked> all;
  auto const count = program.policies.size();
  for (std::size_t i = 0; i < count; ++i) {
    auto const policy = program.policies[tir::PolicyId{static_cast<std::int32_t>(i)}];  // a copy: the arena grows
    if (policy.reclaims.has_value()) continue;                                          // 追回 is meant to reach few
    Asked asked{static_cast<std::uint32_t>(i), ask(program, policy, {}, {}), {}};
    for (auto const conjunct : conjuncts_of(program, policy.condition))
      asked.conjuncts.emplace_back(conjunct, ask(program, policy, policy.target, conjunct));
    all.push_back(std::move(asked));
  }
  return all;
}

// The simplest conditions below a condition, as text: one text is one condition however it was written.
void collect_atoms(tir::Program const& program, tir::ExprId id, std::vector<std::string>& atoms) {
  if (!id.has_value()) return;
  if (tir::is_connective(program.exprs[id]))
    tir::for_each_operand(program.exprs[id], [&](tir::ExprId operand) { collect_atoms(program, operand, atoms); });
  else
    atoms.push_back(tir::print(program, id));
}

// `33.33%`: cut after two decimals, for people; whether a share is few is decided exactly.
std::string percent(std::int64_t part, std::int64_t whole) {
  std::int64_t const hundredths = part * 10'000 / whole;
  auto text = std::to_string(hundredths / 100);
  if (auto const rest = hundredths % 100; rest != 0)
    text += "." + std::string(rest < 10 ? "0" : "") + std::to_string(rest % 10 == 0 ? rest / 10 : rest);
  return text + "%";
}

// The conjunct that stops most; the first of several.
Stop const* worst(Reach const& reach) {
  auto const at = std::ranges::max_element(reach.stops, [](Stop const& a, Stop const& b) { return a.count < b.count; });
  return at == reach.stops.end() || at->count == 0 ? nullptr : &*at;
}

struct Names {
  std::vector<std::string> few, nobody;
};

Names names_of(ReachReport const& report, ReachOptions const& options) {
  Names names;
  for (auto const& each : report.policies) {
    if (is_few(each, options.threshold)) names.few.push_back(each.id);
    if (each.meant() == 0) names.nobody.push_back(each.id);
  }
  return names;
}

std::string joined(std::vector<std::string> const& texts) {
  std::string all;
  for (auto const& text : texts) all += (all.empty() ? "" : "、") + text;
  return all;
}

std::string threshold_text(BigRational const& threshold) { return tir::print_number(threshold * 100) + "%"; }

}  // namespace

bool is_few(Reach const& reach, BigRational const& threshold) {
  return reach.meant() > 0 && BigRational(reach.eligible) < threshold * BigRational(reach.meant());
}

Result<ReachReport> measure_reach(Project& project, RunOptions const& run, RecordOptions const& sources,
                                  ReachOptions const& options, Language language) {
  std::vector<std::string> outside, atoms;
  auto inputs = run.inputs(project.program, outside, language);
  if (!inputs) return inputs.error();
  for (auto const& policy : project.program.policies)
    for (auto const id : {policy.place, policy.target, policy.condition}) collect_atoms(project.program, id, atoms);
  auto const asked = enlarge(project.program);
  Diagnostics ignored;  // the parts of what was proved are proved
  project.facts = check::ranges(project.program, ignored);
  Session session;
  auto const records = single_source(sources, language);
  if (!records) return records.error();
  auto runner = Runner::make(project, *inputs, run.engine, run.jobs, records->subject);
  if (!runner) return runner.error();
  session.runner = std::move(*runner);
  session.records = *records;
  auto source = open_records(*records, session.runner->data_layout(), language);
  if (!source) return source.error();
  source = with_references(std::move(*source), session.runner->data_layout(), *records, *session.runner, language);
  if (!source) return source.error();
  session.source = std::move(*source);
  if (session.runner->sees_all())
    session.source = with_population(std::move(session.source),
                                     [&](auto batches) { return session.runner->see(std::move(batches)); });

  // The engine has policies in an order of its own.
  auto const& names = session.runner->policies();
  std::map<std::string, std::uint32_t> places;
  for (std::uint32_t i = 0; i < names.size(); ++i) places.emplace(names[i].id, i);
  auto const place_of_policy = [&](std::uint32_t policy) {
    return places.at(project.program.policies[tir::PolicyId{static_cast<std::int32_t>(policy)}].id);
  };
  std::vector<bool> listens(names.size());
  for (auto const& one : asked) listens[place_of_policy(one.policy)] = true;

  std::vector<PolicyCount> counts;
  std::vector<std::map<std::string, std::int64_t>> needs(names.size());
  std::vector<std::map<std::string, std::vector<std::string>>> keys(names.size());
  ReachReport report;
  auto const see = [&](RowKeys const& records_of, OutcomeTable const& listed) -> Result<void> {
    for (auto const& pair : listed.pairs()) {
      if (!listens[pair.policy]) continue;
      if (pair.outcome == Outcome::Unknown)
        for (auto const& need : pair.needs) ++needs[pair.policy][need];
      if (options.keys) keys[pair.policy][outcome_name(pair.outcome)].push_back(records_of.of(pair.row));
    }
    return {};
  };
  if (auto done = run_all(session, true, counts, see, language); !done) return done.error();

  report.uses = atoms.size();
  report.atoms = std::set<std::string>(atoms.begin(), atoms.end()).size();
  for (auto const& one : asked) {
    auto const own = place_of_policy(one.policy);
    if (!session.runner->asked()[own]) continue;
    auto const& policy = project.program.policies[tir::PolicyId{static_cast<std::int32_t>(one.policy)}];
    auto const& count = counts[own];
    report.records = count.eligible + count.ineligible + count.unknown + count.not_applicable + count.error;
    Reach reach;
    reach.id = policy.id;
    reach.name = policy.name;
    reach.where = policy.span;
    reach.eligible = count.eligible;
    reach.ineligible = count.ineligible;
    reach.unknown = count.unknown;
    reach.error = count.error;
    reach.elsewhere = counts[place_of_policy(one.place)].not_applicable;
    reach.not_meant = count.not_applicable - reach.elsewhere;
    reach.needs = std::move(needs[own]);
    reach.keys = std::move(keys[own]);
    for (auto const& [conjunct, at] : one.conjuncts) {
      auto const place = project.program.exprs[conjunct].span;
      reach.stops.push_back(
          {place, one_line(project.sources[place.file].slice(place)), counts[place_of_policy(at)].ineligible});
    }
    report.policies.push_back(std::move(reach));
  }
  std::ranges::stable_sort(report.policies,
                           [](Reach const& a, Reach const& b) { return before_by_number(a.id, b.id); });
  return report;
}

std::string reach_json(ReachReport const& report, Project const& project, ReachOptions const& options) {
  std::string text;
  for (auto const& each : report.policies) {
    Row row{{"policy", each.id}, {"name", each.name}};
    row.update(place_of(project.sources, each.where));
    row["meant_for"] = each.meant();
    row["eligible"] = each.eligible;
    row["ineligible"] = each.ineligible;
    row["unknown"] = each.unknown;
    row["error"] = each.error;
    row["elsewhere"] = each.elsewhere;
    row["not_meant"] = each.not_meant;
    if (each.meant() > 0) row["share"] = percent(each.eligible, each.meant());
    row["few"] = is_few(each, options.threshold);
    if (!each.needs.empty()) row["needs"] = each.needs;
    if (auto const* most = worst(each)) {
      row["stops_most"] = Row{{"condition", most->text}, {"count", most->count}};
      row["stops_most"].update(place_of(project.sources, most->where));
    }
    if (options.keys) row["keys"] = each.keys;
    text += json_line(row);
  }
  auto const names = names_of(report, options);
  return text + json_line(Row{{"policies", report.policies.size()},
                              {"records", report.records},
                              {"threshold", threshold_text(options.threshold)},
                              {"few", names.few},
                              {"meant_for_nobody", names.nobody},
                              {"atoms", report.atoms},
                              {"uses", report.uses}});
}

std::string reach_text(ReachReport const& report, Project const& project, ReachOptions const& options,
                       Language language) {
  bool const zh = language == Language::Chinese;
  std::string text;
  for (auto const& each : report.policies) {
    text += each.id + " " + each.name + (zh ? "：" : ": ");
    if (each.meant() == 0) {
      text += zh ? "数据里没有面向的对象\n" : "meant for nobody in the data\n";
      continue;
    }
    auto const number = [](std::int64_t count) { return std::to_string(count); };
    text += zh ? "面向 " + number(each.meant()) + "，符合 " + number(each.eligible) + "（" +
                     percent(each.eligible, each.meant()) + "），待核 " + number(each.unknown)
               : "meant for " + number(each.meant()) + ", eligible " + number(each.eligible) + " (" +
                     percent(each.eligible, each.meant()) + "), unknown " + number(each.unknown);
    if (is_few(each, options.threshold))
      text += each.eligible == 0 ? (zh ? "  ← 没有人" : "  <- nobody") : (zh ? "  ← 很少" : "  <- few");
    text += "\n";
    for (auto const& [need, count] : each.needs)
      text += (zh ? "  缺 " : "  lacking ") + need + (zh ? "：" : ": ") + number(count) + "\n";
    if (auto const* most = worst(each))
      text += (zh ? "  拦住最多的：" : "  stops most: ") + most->text + (zh ? "（" : " (") + number(most->count) +
              " / " + number(each.meant()) + (zh ? "）  " : ")  ") + place_text(project.sources, most->where) + "\n";
  }
  auto const names = names_of(report, options);
  auto const threshold = threshold_text(options.threshold);
  auto const count = [](std::size_t number) { return std::to_string(number); };
  text +=
      zh ? count(report.policies.size()) + " 项政策，符合的不到 " + threshold + " 的 " + count(names.few.size()) + " 项"
         : count(report.policies.size()) + " policies, of which " + count(names.few.size()) + " reach less than " +
               threshold;
  if (!names.few.empty()) text += (zh ? "：" : ": ") + joined(names.few);
  text += "\n";
  text += zh ? "条件 " + count(report.atoms) + " 种，用了 " + count(report.uses) + " 处\n"
             : counted(report.atoms, "different condition") + ", in " + counted(report.uses, "place") + "\n";
  return text;
}

}  // namespace huiyu::driver
