// The clause corpus as tests see it: folders of a rule text and its cases, and how facts become input and answers
// become expectations. Nothing here names a clause.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace huiyu::test {

using Json = nlohmann::ordered_json;

// Folders of tests/conformance/clauses, in the order of their names.
std::vector<std::filesystem::path> clause_folders();

// The corpus's cases, then those of more.jsonl: boundaries that the corpus leaves open.
std::vector<Json> cases_of(std::filesystem::path const& folder);

// What the rules say of their records, from the text of `huiyu dump --stage schema`.
struct Subject {
  std::string key;
  std::set<std::string> fields, definitions;
};
Subject subject_of(std::string const& schema);

// A case as the command takes it: facts under their own names; those that the rules derive are given.
struct CaseInput {
  std::string records, inputs;  // JSON
  std::set<std::string> given;
};
CaseInput input_of(Subject const& subject, Json const& one, bool reversed);

// The rows of the command for one record in the shape of an expectation, keys sorted; and an expectation in that shape.
// Where a clause is several policies their first figure is its amount, and the others are its parts: they answer
// together, as the least decided of them does.
std::string as_expectation(std::vector<Json> const& rows);
std::string expectation(Json const& expected);

}  // namespace huiyu::test
