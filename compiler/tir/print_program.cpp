#include "compiler/tir/print_tree.h"
#include "compiler/tir/words.h"
#include "runtime/base/civil.h"

namespace huiyu::tir {
namespace {

class Printer {
 public:
  Printer(Program const& program, PrintOptions const& options) : program_(program), options_(options) {}

  std::string run() {
    for (auto const& schema : program_.schemas) print_schema(schema);
    for (auto const& enumeration : program_.enumerations) print_enumeration(enumeration);
    for (auto const& parameter : program_.parameters) print_parameter(parameter);
    for (auto const& table : program_.reference_tables) print_table(table);
    for (auto const& definition : program_.definitions) print_definition(definition);
    for (auto const& policy : program_.policies) print_policy(policy);
    for (auto const& cohort : program_.cohorts) print_cohort(cohort);
    for (auto const& value : program_.cohort_values) print_cohort_value(value);
    for (auto const& tally : program_.tallies) print_tally(tally);
    for (auto const& value : program_.tally_values) print_tally_value(value);
    for (auto const& settle : program_.settles) print_settle(settle);
    return std::move(out_);
  }

 private:
  void line(std::string const& text) { out_ += text + "\n"; }
  std::string at(Span span) const { return options_.position && !span.empty() ? " @" + options_.position(span) : ""; }
  static std::string quoted(std::string const& text) { return "\"" + text + "\""; }

  void print_expr(std::string const& label, ExprId id) {
    if (!id.has_value()) return;
    std::size_t const indent = 2 + label.find_first_not_of(' ');
    line("  " + label + " " + laid_out(expression_tree(program_, id, options_), indent));
  }

  std::string type_text(Type const& type, types::NumberFormat const& format) const {
    std::string text = describe(program_, type);
    if (type.kind != types::Kind::Number) return text;
    BigInt unit = 1;
    for (int i = 0; i < format.scale; ++i) unit *= 10;
    return text + " [" + print_number(BigRational(format.low) / unit) + ", " +
           print_number(BigRational(format.high) / unit) + "] scale " + std::to_string(format.scale);
  }

  void print_schema(Schema const& schema) {
    line("schema " + schema.name + (schema.key.has_value() ? " key " + program_.fields[schema.key].name : "") +
         at(schema.span));
    for (auto const id : schema.fields) {
      auto const& field = program_.fields[id];
      std::string text = "  " + field.name + " : " + type_text(field.type, field.format);
      if (field.series == SeriesStep::Yearly) text += " yearly";
      if (field.series == SeriesStep::Monthly) text += " monthly";
      if (field.series_from.has_value()) text += " from " + program_.fields[field.series_from].name;
      if (field.via.has_value())
        text += " by " + program_.fields[field.via].name + " from " +
                program_.schemas[program_.fields[field.target].schema].name;
      if (!field.source.empty()) text += " source " + field.source;
      if (field.source_kind != SourceKind::Unstated) text += " (" + std::string(source_word(field.source_kind)) + ")";
      line(text + at(field.span));
    }
  }

  void print_enumeration(Enumeration const& enumeration) {
    std::string text = "enumeration " + enumeration.name + (enumeration.ordered ? " highest first" : "") + " :";
    for (auto const& entry : enumeration.entries) text += " " + entry;
    line(text + at(enumeration.span));
  }

  void print_parameter(Parameter const& parameter) {
    line("parameter " + parameter.name + " : " + type_text(parameter.type, parameter.format) + at(parameter.span));
    for (auto const& value : parameter.values) {
      std::string text = "  " + print(program_, value.value, parameter.type);
      if (value.from_day) text += " from " + format_date(*value.from_day);
      if (value.until_day) text += " until " + format_date(*value.until_day);
      line(text);
    }
  }

  void print_table(ReferenceTable const& table) {
    std::string text = "table " + table.name + " (";
    for (std::size_t i = 0; i < table.key_names.size(); ++i)
      text += (i > 0 ? ", " : "") + table.key_names[i] + " : " + describe(program_, table.key_types[i]);
    line(text + ") : " + type_text(table.type, table.format) + (table.use_parent ? " use_parent" : "") +
         at(table.span));
    for (auto const& row : table.rows) {
      std::string keys;
      for (std::size_t i = 0; i < row.keys.size(); ++i) keys += print(program_, row.keys[i], table.key_types[i]) + " ";
      line("  " + keys + "= " + print(program_, row.value, table.type));
    }
  }

  void print_definition(Definition const& definition) {
    std::string const about =
        program_.schemas.contains(definition.schema) ? program_.schemas[definition.schema].name : "-";
    line("definition " + definition.name + " (" + about + ") : " + type_text(definition.type, definition.format) +
         (definition.internal ? " internal" : "") +
         (definition.citation.empty() ? "" : " [" + definition.citation + "]") + at(definition.span));
    print_expr("=", definition.value);
  }

  void print_policy(Policy const& policy) {
    line("policy " + policy.id + " " + policy.name +
         (program_.schemas.contains(policy.subject) ? " of " + program_.schemas[policy.subject].name : "") +
         at(policy.span));
    auto const attribute = [&](std::string const& label, std::string const& text) {
      if (!text.empty()) line("  " + label + " " + quoted(text));
    };
    attribute("citation", policy.citation);
    attribute("board", policy.board);
    attribute("payout", policy.payout);
    attribute("place", policy.place_text);
    print_expr("place", policy.place);
    if (policy.valid_from || policy.valid_until)
      line("  valid " + (policy.valid_from ? format_date(*policy.valid_from) : "-") + " to " +
           (policy.valid_until ? format_date(*policy.valid_until) : "-"));
    print_expr("year", policy.year);
    print_expr("target", policy.target);
    print_expr("condition", policy.condition);
    line("  concludes " + std::string(conclusion_word(policy.conclusion)));
    for (auto const& item : policy.items) {
      line("  item " + item.word + (item.name.empty() ? "" : " " + item.name) +
           (item.citation.empty() ? "" : " [" + item.citation + "]") + at(item.span));
      print_expr("  when", item.when);
      print_expr("  amount", item.amount);
    }
    for (auto const& cap : policy.caps) print_expr(cap.at_most ? "at_most" : "at_least", cap.bound);
    if (!policy.value_name.empty()) line("  value_name " + policy.value_name);
    print_expr("value", policy.value);
    for (auto const& share : policy.shares) print_expr("share " + share.party, share.weight);
    for (auto const& one : policy.instalments)
      line("  instalment " + one.name + " " +
           (one.amount  ? print_number(*one.amount)
            : one.share ? "share " + print_number(*one.share)
                        : "rest"));
    for (auto const& alert : policy.alerts)
      for (auto const& row : alert.rows)
        print_expr("alert " + alert.name + " " + row.colour + (row.stops_payment ? " stops" : ""), row.condition);
    if (policy.verified_only) line("  verified_only");
    attribute("department", policy.department);
    if (!policy.selection) return;
    auto const& selection = *policy.selection;
    line(std::string("  selects ") + (selection.at_least ? "at least" : "at most"));
    print_expr("  count", selection.count);
    print_expr(selection.descending ? "  by, highest first" : "  by, lowest first", selection.by);
    print_expr(selection.tie_descending ? "  tie, highest first" : "  tie, lowest first", selection.tie);
  }

  void print_cohort(Cohort const& cohort) {
    line("cohort " + cohort.name + (cohort.complete ? " complete" : "") +
         (cohort.skips_missing ? ", whoever lacks is left out" : "") + at(cohort.span));
    print_expr("when", cohort.condition);
    for (auto const key : cohort.by) print_expr("by", key);
  }

  void print_cohort_value(CohortValue const& value) {
    line("cohort value " + program_.fields[value.field].name + " " + std::string(cohort_word(value.op)) + " in " +
         program_.cohorts[value.cohort].name + at(value.span));
    print_expr(value.op != CohortOp::Rank ? "of"
               : value.descending         ? "of, highest first"
                                          : "of, lowest first",
               value.value);
    print_expr("where", value.where);
    for (auto const& test : value.tests)
      line("  " + std::string(test.share ? "share at most " : "place " + print_number(test.low) + " to ") +
           print_number(test.high));
  }

  void print_tally(Tally const& tally) {
    line("tally " + program_.schemas[tally.schema].name + " of " + program_.schemas[tally.source].name +
         (tally.list.has_value() ? "." + program_.fields[tally.list].name : "") + at(tally.span));
    for (auto const& key : tally.keys) print_expr("by", key.value);
  }

  void print_tally_value(TallyValue const& value) {
    line("tally value " + program_.fields[value.field].name + " " + std::string(cohort_word(value.op)) + " in " +
         program_.schemas[program_.tallies[value.tally].schema].name + (value.each_record ? ", each record once" : "") +
         at(value.span));
    print_expr("of", value.value);
    print_expr("where", value.where);
    for (auto const id : value.distinct) print_expr("once each", id);
  }

  void print_settle(Settle const& settle) {
    std::string text = "settle " + settle.name + " " + std::string(settle_word(settle.kind));
    if (settle.cut != SettleCut::None) text += " " + std::string(cut_word(settle.cut));
    if (settle.each_year) text += " and year";
    if (settle.share_again) text += ", shared again";
    line(text + at(settle.span));
    bool const weighted = settle.cut == SettleCut::Weighted;
    auto const order = weighted ? "weight" : settle.descending ? "by, highest first" : "by, lowest first";
    SettleMember said;  // members about one 结构 have it in common
    for (auto const& member : settle.members) {
      line("  member " + program_.policies[member.policy].id +
           (member.most_fen ? " at most " + std::to_string(*member.most_fen) + " fen" : ""));
      if (member.unit != said.unit) print_expr("unit", member.unit);
      if (member.by != said.by) print_expr(order, member.by);
      said = member;
    }
    print_expr("limit", settle.limit);
    if (settle.most_weight) line("  weight at most " + std::to_string(*settle.most_weight) + " millionths");
    for (auto const& stage : settle.stages) line("  stage " + stage.name + " " + print_number(stage.share));
    print_expr("each at most", settle.each_most);
    print_expr("paid before", settle.paid);
  }

  Program const& program_;
  PrintOptions const& options_;
  std::string out_;
};

}  // namespace

std::string print(Program const& program, PrintOptions const& options) { return Printer(program, options).run(); }

}  // namespace huiyu::tir
