#include "tests/conformance/cases.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <stdexcept>

namespace huiyu::test {
namespace {

namespace fs = std::filesystem;

void read_cases(fs::path const& path, std::vector<Json>& cases) {
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) cases.push_back(Json::parse(line));
}

// 元 with two decimals to fen.
Json fen(Json const& amount) {
  if (amount.is_null()) return nullptr;
  std::string text = amount;
  text.erase(text.find('.'), 1);
  return std::stoll(text);
}

// What shines, one after the other, 红色 as 红; 无 where nothing does. None where an alert is not decided.
std::optional<std::string> colours(Json const& alerts) {
  std::string all;
  for (auto const& [name, colour] : alerts.items()) {
    if (colour.is_null()) return std::nullopt;
    std::string text = colour;
    std::string const suffix = "色";
    if (text.ends_with(suffix)) text.resize(text.size() - suffix.size());
    all += text;
  }
  return all.empty() ? "无" : all;
}

}  // namespace

std::vector<fs::path> clause_folders() {
  std::vector<fs::path> folders;
  for (auto const& entry : fs::directory_iterator("tests/conformance/clauses"))
    if (entry.is_directory()) folders.push_back(entry.path());
  std::ranges::sort(folders);
  if (folders.empty()) throw std::runtime_error("no clauses");
  return folders;
}

std::vector<Json> cases_of(fs::path const& folder) {
  std::vector<Json> cases;
  read_cases(folder / "cases.jsonl", cases);
  if (cases.empty()) throw std::runtime_error("no cases in " + folder.string());
  read_cases(folder / "more.jsonl", cases);
  return cases;
}

Subject subject_of(std::string const& schema_text) {
  auto const schema = Json::parse(schema_text);
  Subject subject{schema.at("subject").at("key"), {}, {}};
  for (auto const& field : schema.at("subject").at("fields")) subject.fields.insert(field.at("name"));
  for (auto const& definition : schema.at("definitions")) subject.definitions.insert(definition.at("name"));
  return subject;
}

CaseInput input_of(Subject const& subject, Json const& one, bool reversed) {
  CaseInput input;
  Json records = Json::array();
  for (auto const& record : one.at("records")) {
    Json row;
    row[subject.key] = record.at("key");
    for (auto const& [name, fact] : record.at("facts").items()) {
      row[name] = fact;
      if (!subject.fields.contains(name) && subject.definitions.contains(name)) input.given.insert(name);
    }
    records.push_back(std::move(row));
  }
  if (reversed) std::ranges::reverse(records);
  input.records = records.dump();
  input.inputs = one.value("tables", Json::object()).dump();
  return input;
}

namespace {

nlohmann::json of_one(Json const& row) {
  nlohmann::json answer{
      {"key", row.at("key")}, {"outcome", row.at("outcome")}, {"amount_fen", fen(row.value("amount", Json()))}};
  if (row.contains("value")) answer["value"] = row["value"];
  if (row.contains("alerts"))
    if (auto const shining = colours(row["alerts"])) answer["value"] = *shining;
  if (row.contains("needs")) answer["needs"] = std::set<std::string>(row["needs"].begin(), row["needs"].end());
  // What was paid for, or by whom: no clause of the corpus has both. Its parts add up to the sum, so that it states
  // none where the sum is not known, while the command then names the parts that are.
  for (auto const* parts : {"parts", "shares"})
    if (row.contains(parts) && row.contains("amount"))
      for (auto const& [name, amount] : row[parts].items()) answer["parts_fen"][name] = fen(amount);
  return answer;
}

// 25.0% is 0.25: the command states what has no unit as a plain number.
std::string plain(std::string text) {
  if (!text.ends_with('%')) return text;
  text.pop_back();
  bool const negative = text.starts_with('-');
  if (negative) text.erase(0, 1);
  auto const point = std::min(text.find('.'), text.size());
  std::string digits = text.substr(0, point);
  std::string const decimals = point < text.size() ? text.substr(point + 1) : "";
  while (digits.size() < 3) digits.insert(0, "0");
  std::string number = digits.substr(0, digits.size() - 2) + "." + digits.substr(digits.size() - 2) + decimals;
  while (number.ends_with('0')) number.pop_back();
  if (number.ends_with('.')) number.pop_back();
  return (negative ? "-" : "") + number;
}

}  // namespace

std::string as_expectation(std::vector<Json> const& rows) {
  auto answer = of_one(rows.front());
  for (std::size_t i = 1; i < rows.size(); ++i) {
    auto const next = of_one(rows[i]);
    if (next["outcome"] != "eligible") return next.dump();
    if (next.contains("value")) answer["value"] = next["value"];
    if (!next["amount_fen"].is_null()) answer["parts_fen"][std::string(rows[i].at("name"))] = next["amount_fen"];
  }
  return answer.dump();
}

std::string expectation(Json const& expected) {
  nlohmann::json answer = expected;
  if (answer.contains("needs")) answer["needs"] = std::set<std::string>(answer["needs"].begin(), answer["needs"].end());
  if (answer.contains("value")) answer["value"] = plain(answer["value"]);
  return answer.dump();
}

}  // namespace huiyu::test
