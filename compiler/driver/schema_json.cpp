#include "compiler/driver/schema_json.h"

#include <nlohmann/json.hpp>

#include "compiler/tir/print.h"

namespace huiyu::driver {

namespace {

using Json = nlohmann::ordered_json;

Json describe(tir::Program const& program, tir::Schema const& schema) {
  Json fields = Json::array();
  for (auto id : schema.fields) {
    auto const& field = program.fields[id];
    if (field.computed) continue;  // no data state it
    Json one{{"name", field.name}, {"type", tir::describe(program, field.type)}};
    if (field.series == tir::SeriesStep::Yearly) one["series"] = "逐年";
    if (field.series == tir::SeriesStep::Monthly) one["series"] = "逐月";
    if (!field.source.empty()) one["source"] = field.source;
    fields.push_back(std::move(one));
  }
  return {{"name", schema.name},
          {"key", schema.key.has_value() ? Json(program.fields[schema.key].name) : Json()},
          {"fields", std::move(fields)}};
}

}  // namespace

std::string schema_json(tir::Program const& program) {
  Json out;
  if (!program.policies.empty()) {
    auto subject = program.policies.begin()->subject;
    // What the data state: of them the records that policies are about may be made.
    for (auto const& tally : program.tallies)
      if (tally.schema == subject) subject = tally.source;
    out["subject"] = describe(program, program.schemas[subject]);
  }
  out["schemas"] = Json::array();
  for (auto const& schema : program.schemas) out["schemas"].push_back(describe(program, schema));
  out["definitions"] = Json::array();
  for (auto const& definition : program.definitions)
    out["definitions"].push_back({{"name", definition.name}, {"type", tir::describe(program, definition.type)}});
  out["policies"] = Json::array();
  for (auto const& policy : program.policies) out["policies"].push_back({{"id", policy.id}, {"name", policy.name}});
  return out.dump(2) + "\n";
}

}  // namespace huiyu::driver
