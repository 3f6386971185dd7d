#include <algorithm>
#include <map>
#include <optional>

#include "compiler/driver/command.h"
#include "compiler/driver/engines.h"
#include "compiler/driver/explainer.h"
#include "compiler/driver/population_source.h"
#include "compiler/driver/records.h"
#include "compiler/driver/report.h"
#include "compiler/driver/run.h"
#include "compiler/driver/subjects.h"
#include "runtime/base/check.h"
#include "runtime/columns/take.h"
#include "runtime/explain/render.h"

namespace huiyu::driver {

namespace {

struct Options {
  RuleOptions rules;
  RunOptions run;
  RecordOptions records;
  std::vector<std::string> policies;  // none: all
  std::string key;
  Format format = Format::Pretty;
};

// The policies asked for, by id or name; all that are about these records where none is named.
Result<std::vector<std::uint32_t>> chosen(Explainer const& explainer, std::vector<std::string> const& names,
                                          Language language) {
  auto const& all = explainer.policies();
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < all.size(); ++i)
    if (explainer.asked(i) && (names.empty() || std::ranges::any_of(names, [&](auto const& name) {
                                 return name == all[i].id || name == all[i].name;
                               })))
      found.push_back(i);
  for (auto const& name : names)
    if (std::ranges::none_of(found, [&](auto const i) { return name == all[i].id || name == all[i].name; }))
      return Error{ErrorKind::Usage, words(language, "没有这项政策：", "no such policy: ") + name};
  return found;
}

// The records that the policies are about, where several kinds are given: those of the first that is named.
Result<RecordOptions> source_for(Options const& options, tir::Program const& program, Language language) {
  auto sources = each_source(options.records, language);
  if (!sources) return sources.error();
  if (sources->size() == 1) return std::move(sources->front());
  for (auto const& policy : program.policies) {
    bool const asked =
        options.policies.empty() || policy.id == options.policies.front() || policy.name == options.policies.front();
    if (!asked) continue;
    auto const at = std::ranges::find(*sources, program.schemas[policy.subject].name, &RecordOptions::subject);
    if (at != sources->end()) return std::move(*at);
  }
  return single_source(options.records, language);
}

// The engine that was asked for by name answers the record too; an explanation that comes to something else is never
// shown. Without a name none runs: the explanation answers by itself.
class Witness {
 public:
  static Result<Witness> make(EngineChoice engine, Project const& project, RunInputs inputs,
                              columns::RecordLayout const& layout) {
    Witness witness;
    if (engine == EngineChoice::Auto) return witness;
    // A Plan does not know definitions that no policy uses, be they given or not; with them the layouts would differ.
    std::erase_if(inputs.given_definitions,
                  [&](std::string const& name) { return columns::find_field(layout.fields, name) < 0; });
    auto runner = Runner::make(project, inputs, engine, 1, layout.schema);
    if (!runner) return runner.error();
    witness.runner_ = std::move(*runner);
    return witness;
  }

  Result<void> see(columns::Batch const& batch, std::int64_t row) {
    if (runner_ == nullptr) return {};
    columns::Batch one;
    one.row_count = 1;
    one.first_row = batch.first_row + row;
    for (auto const& column : batch.columns) one.columns.push_back(columns::take(column, {row}));
    auto answered = runner_->run(one, true);
    if (!answered) return answered.error();
    answers_ = answer_alone(*runner_, one, std::move(*answered));
    return {};
  }

  // Whether the engine said the same of the policy.
  bool confirms(std::string const& policy, PairOutcome explained) const {
    if (runner_ == nullptr) return true;
    return std::ranges::any_of(answers_, [&](PairOutcome const& answer) {
      explained.row = answer.row, explained.policy = answer.policy;
      return runner_->policies()[answer.policy].id == policy && answer == explained;
    });
  }

 private:
  std::unique_ptr<Runner> runner_;
  std::vector<PairOutcome> answers_;
};

// What all records that are given come to for one of them: what 预算, 遴选 and 组合 between records leave of it.
class AllSettled {
 public:
  // Nothing where a single record is given, or no policy hangs on others.
  static Result<AllSettled> make(Options const& options, Explainer const& explainer,
                                 std::vector<std::uint32_t> const& policies, std::string const& key,
                                 Language language) {
    AllSettled settled;
    std::vector<std::string> wanted;
    for (auto const policy : policies)
      if (explainer.hangs_on_others(policy)) wanted.push_back(explainer.policies()[policy].id);
    if (wanted.empty() || key.empty() || !options.records.records.empty()) return settled;
    auto run = options.run;
    if (run.engine == EngineChoice::Auto) run.engine = EngineChoice::Interpret;
    auto sessions = start_each(options.rules, run, options.records, language);
    if (!sessions) return sessions.error();
    auto const& names = sessions->front()->runner->policies();
    auto const is_it = [&](RowKeys const& keys, OutcomeRow const& row) {
      return std::ranges::find(wanted, names[row.policy].id) != wanted.end() && keys.of(row.row) == key;
    };
    auto const see = [&](RowKeys const& keys, OutcomeTable const& listed) -> Result<void> {
      if (std::ranges::none_of(listed.rows, [&](OutcomeRow const& row) { return is_it(keys, row); })) return {};
      auto pairs = listed.pairs();
      for (std::size_t i = 0; i < pairs.size(); ++i)
        if (is_it(keys, listed.rows[i])) settled.pairs_[names[pairs[i].policy].id].push_back(std::move(pairs[i]));
      return {};
    };
    std::vector<PolicyCount> counts;
    if (auto done = run_each(*sessions, true, counts, see, language); !done) return done.error();
    return settled;
  }

  // None where it is not known, or two records have the key.
  std::optional<PairOutcome> of(std::string const& policy) const {
    auto const found = pairs_.find(policy);
    if (found == pairs_.end() || found->second.size() != 1) return std::nullopt;
    return found->second.front();
  }

 private:
  std::map<std::string, std::vector<PairOutcome>> pairs_;  // by id of the policy
};

Result<void> explain(Options const& options, Language language) {
  auto project = load_project(options.rules.paths, language, options.rules.modules);
  if (!project) return project.error();
  std::vector<std::string> outside;
  auto inputs = options.run.inputs(project->program, outside, language);
  if (!inputs) return inputs.error();
  auto const records = source_for(options, project->program, language);
  if (!records) return records.error();
  auto explainer = Explainer::make(*project, *inputs, records->subject);
  if (!explainer) return explainer.error();
  auto policies = chosen(**explainer, options.policies, language);
  if (!policies) return policies.error();
  auto witness = Witness::make(options.run.engine, *project, *inputs, (*explainer)->layout());
  if (!witness) return witness.error();
  auto source = open_records(*records, (*explainer)->data_layout(), language);
  if (!source) return source.error();
  source = with_references(std::move(*source), (*explainer)->data_layout(), *records, **explainer, language);
  if (!source) return source.error();
  if ((*explainer)->sees_all())
    *source = with_population(std::move(*source), [&](auto batches) { return (*explainer)->see(std::move(batches)); });
  for (;;) {
    auto batch = (*source)->next();
    if (!batch) return batch.error();
    if (!batch->has_value()) break;
    for (std::int64_t row = 0; row < (*batch)->row_count; ++row) {
      if (!options.key.empty() && key_of(**batch, (*explainer)->layout(), row) != options.key) continue;
      if (auto seen = witness->see(**batch, row); !seen) return seen.error();
      auto const settled =
          AllSettled::make(options, **explainer, *policies, key_of(**batch, (*explainer)->layout(), row), language);
      if (!settled) return settled.error();
      for (auto policy : *policies) {
        auto explanation = (*explainer)->explain(**batch, row, policy);
        HUIYU_CHECK((*explainer)->hangs_on_others(policy) || witness->confirms(explanation.policy_id, explanation.pair),
                    "an explanation does not come to the answer of the engine");
        if (auto pair = settled->of(explanation.policy_id)) {
          pair->row = row, pair->policy = policy;
          (*explainer)->take_settled(explanation, **batch, row, std::move(*pair));
        }
        mark_given(explanation, outside, language);
        auto text = options.format == Format::Json
                        ? explain::to_json(explanation)
                        : explain::to_text(explanation, language == Language::Chinese ? explain::Language::Chinese
                                                                                      : explain::Language::English);
        std::fputs(text.c_str(), stdout);
        std::fputc('\n', stdout);
      }
      return {};  // one record; without a key, the first
    }
  }
  return Error{ErrorKind::Usage, words(language, "记录中没有这个键：", "no record has this key: ") + options.key};
}

void set_up(CLI::App& app, Language language, ExitCode& result) {
  auto options = std::make_shared<Options>();
  options->rules.add_to(app, language);
  options->records.add_json_to(app, language);
  options->records.add_data_to(app, language);
  options->records.add_with_to(app, language);
  options->run.add_to(app, language);
  app.add_option("--policy", options->policies,
                 words(language, "政策的编号或名称，可多次使用；不给则逐项说明",
                       "id or name of a policy, may be repeated; by default all"));
  app.add_option("--key", options->key,
                 words(language, "记录的键；不给则为第一条", "key of the record; by default the first"));
  add_choice(app, "--format", options->format, Choices<Format>{{"pretty", Format::Pretty}, {"json", Format::Json}},
             language, words(language, "pretty 给人看", "pretty for people"));
  app.callback([options, language, &result] {
    auto done = explain(*options, language);
    result = done ? ExitCode::Fine : report(done.error(), language);
  });
}

}  // namespace

extern Command const explain_command;
Command const explain_command{
    "explain", {"说明一条记录为何得到这样的结果", "say why a record got its answer"}, 4, set_up};

}  // namespace huiyu::driver
