// ref_index: the limit for one record against all policies. Of each column and rank code a bit vector over the
// policies, "every condition on this column holds"; these are ANDed, the rarest first, in words of 512 policies of the
// record's county, city and province, a word given up when nothing is left; groups and lists are checked for who is
// left.
//
//   ref_index EXPORT REPETITIONS      EXPORT: of single/export.py, so values are ranks already; coding is not timed

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <fstream>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include "tests/bench/province/reference/run.h"

namespace huiyu::reference {
namespace {

constexpr int word_bits = 512, lanes = word_bits / 64;
constexpr int anywhere = 1 << 30;

// A condition of the export: see there.
struct Node {
  char kind = 'F';
  int column = 0, low = -1, high = -1;
  std::vector<int> values;
  std::vector<Node> children;
};

struct Conditioned {
  std::uint64_t number = 0;
  Node condition;
  int low = 0, high = anywhere;  // counties
};

struct Record {
  std::uint64_t number = 0;
  std::vector<int> values;  // -1: unknown; of a known list 0
  std::vector<std::vector<int>> lists;
};

std::vector<int> numbers(std::string const& text) {
  std::vector<int> all;
  std::istringstream parts(text);
  for (std::string one; std::getline(parts, one, ',');)
    if (!one.empty()) all.push_back(std::stoi(one));
  std::sort(all.begin(), all.end());
  return all;
}

class Export {
 public:
  std::vector<bool> is_list;
  std::vector<Conditioned> policies;
  std::vector<Record> records;
  int county = 0;

  explicit Export(std::string const& folder) {
    std::ifstream columns(folder + "/columns.txt");
    for (std::string name, kind; columns >> name >> kind; is_list.push_back(kind == "L"))
      columns_.emplace(name, static_cast<int>(is_list.size()));
    county = columns_.at("county");
    std::ifstream conditions(folder + "/policies.txt");
    for (std::string line; std::getline(conditions, line);) add_policy(line);
    std::ifstream rows(folder + "/records.txt");
    for (std::string line; std::getline(rows, line);) add_record(line);
    auto const place = [](Conditioned const& policy) { return std::make_pair(policy.high - policy.low, policy.low); };
    std::stable_sort(policies.begin(), policies.end(), [&](auto& a, auto& b) { return place(a) < place(b); });
  }

 private:
  Node node(std::istream& words) const {
    Node made;
    std::string word;
    words >> word;
    made.kind = word[0];
    if (made.kind == 'A' || made.kind == 'O') {
      int count = 0;
      for (words >> count; count > 0; --count) made.children.push_back(node(words));
    } else if (made.kind != 'F') {
      words >> word;
      made.column = columns_.at(word);
      if (made.kind == 'R')
        words >> made.low >> made.high;
      else if (words >> word)
        made.values = numbers(word);
    }
    return made;
  }

  void add_policy(std::string const& line) {
    std::istringstream words(line);
    Conditioned made;
    words >> made.number;
    made.condition = node(words);
    auto const& region = made.condition.children[0];
    made.low = region.low, made.high = region.high;
    policies.push_back(std::move(made));
  }

  void add_record(std::string const& line) {
    std::istringstream words(line);
    Record made;
    words >> made.number;
    made.values.assign(is_list.size(), -1);
    made.lists.resize(is_list.size());
    for (std::size_t c = 0; c < is_list.size(); ++c) {
      std::string word;
      words >> word;
      if (word == "-") continue;
      if (is_list[c]) made.lists[c] = numbers(word);
      made.values[c] = is_list[c] ? 0 : std::stoi(word);
    }
    records.push_back(std::move(made));
  }

  std::map<std::string, int> columns_;
};

bool holds(Node const& node, int value) {
  if (value < 0) return false;
  if (node.kind == 'R') return value >= node.low && (node.high < 0 || value <= node.high);
  return std::binary_search(node.values.begin(), node.values.end(), value) == (node.kind == 'S');
}

bool holds(Node const& node, Record const& record) {
  auto const part = [&](Node const& child) { return holds(child, record); };
  auto const& list = record.lists[static_cast<std::size_t>(node.column)];
  auto const has = [&] { return std::binary_search(list.begin(), list.end(), node.values[0]); };
  switch (node.kind) {
    case 'A': return std::all_of(node.children.begin(), node.children.end(), part);
    case 'O': return std::any_of(node.children.begin(), node.children.end(), part);
    case 'F': return false;
    case 'H': return has();
    case 'X': return record.values[static_cast<std::size_t>(node.column)] >= 0 && !has();
    default: return holds(node, record.values[static_cast<std::size_t>(node.column)]);
  }
}

class Index {
 public:
  explicit Index(Export const& given) : given_(given), checked_(given.policies.size()) {
    lanes_ = (given.policies.size() + word_bits - 1) / word_bits * lanes;
    std::vector<int> most(given.is_list.size());
    for (auto const& policy : given.policies)
      for (auto const& node : policy.condition.children) raise(most, node);
    for (auto const& record : given.records)
      for (std::size_t c = 0; c < most.size(); ++c) most[c] = std::max(most[c], record.values[c]);
    rows_.resize(most.size());
    for (std::size_t c = 0; c < most.size(); ++c)
      if (!given.is_list[c]) rows_[c].assign(static_cast<std::size_t>(most[c]) + 2, all_policies());
    std::vector<bool> used(most.size());
    for (std::size_t p = 0; p < given.policies.size(); ++p) add(p, used);
    order_columns(used);
    for (std::size_t first = 0; first < given.policies.size(); first += word_bits) {
      auto const end = std::min<std::size_t>(given.policies.size(), first + word_bits);
      std::pair<int, int> counties{anywhere, -1};
      for (auto p = first; p < end; ++p) {
        counties.first = std::min(counties.first, given.policies[p].low);
        counties.second = std::max(counties.second, given.policies[p].high);
      }
      counties_.push_back(counties);
    }
  }

  void find(Record const& record, std::vector<std::size_t>& out) const {
    std::uint64_t const* rows[128];
    std::size_t count = 0;
    for (auto const column : order_) rows[count++] = row(column, record).data();
    auto const county = record.values[static_cast<std::size_t>(given_.county)];
    for (std::size_t word = 0; word < counties_.size(); ++word) {
      if (county < counties_[word].first || county > counties_[word].second) continue;
      std::uint64_t left[lanes], any = 1;
      std::copy_n(rows[0] + word * lanes, lanes, left);
      for (std::size_t r = 1; r < count && any != 0; ++r) {
        any = 0;
        for (int i = 0; i < lanes; ++i) any |= left[i] &= rows[r][word * lanes + static_cast<std::size_t>(i)];
      }
      if (any == 0) continue;
      for (std::size_t i = 0; i < lanes; ++i)
        for (auto rest = left[i]; rest != 0; rest &= rest - 1) {
          auto const p = word * word_bits + i * 64 + static_cast<std::size_t>(std::countr_zero(rest));
          if (!checked_[p] || holds(given_.policies[p].condition, record)) out.push_back(p);
        }
    }
  }

 private:
  using Row = std::vector<std::uint64_t>;

  Row all_policies() const {
    Row row(lanes_, ~0ULL);
    for (auto p = given_.policies.size(); p < lanes_ * 64; ++p) row[p >> 6] &= ~(1ULL << (p & 63));
    return row;
  }
  Row const& row(std::size_t column, Record const& record) const {
    return rows_[column][static_cast<std::size_t>(record.values[column] + 1)];
  }
  static void raise(std::vector<int>& most, Node const& node) {
    for (auto const& child : node.children) raise(most, child);
    auto& top = most[static_cast<std::size_t>(node.column)];
    top = std::max({top, node.low, node.high});
    for (int const value : node.values) top = std::max(top, value);
  }

  void add(std::size_t policy, std::vector<bool>& used) {
    for (auto const& node : given_.policies[policy].condition.children) {
      if (node.kind != 'R' && node.kind != 'S' && node.kind != 'N') {
        checked_[policy] = 1;
        continue;
      }
      auto const column = static_cast<std::size_t>(node.column);
      used[column] = true;
      for (std::size_t code = 0; code < rows_[column].size(); ++code)
        if (!holds(node, static_cast<int>(code) - 1)) rows_[column][code][policy >> 6] &= ~(1ULL << (policy & 63));
    }
  }

  // By how many policies the rows of some records leave.
  void order_columns(std::vector<bool> const& used) {
    std::vector<std::pair<double, std::size_t>> ranked;
    for (std::size_t c = 0; c < used.size(); ++c) {
      if (!used[c]) continue;
      double left = 0;
      for (std::size_t r = 0; r < given_.records.size(); r += 31)
        for (auto const lane : row(c, given_.records[r])) left += std::popcount(lane);
      ranked.emplace_back(left, c);
    }
    std::sort(ranked.begin(), ranked.end());
    for (auto const& [left, column] : ranked) order_.push_back(column);
  }

  Export const& given_;
  std::vector<std::uint8_t> checked_;  // policies with groups or lists
  std::size_t lanes_ = 0;
  std::vector<std::vector<Row>> rows_;  // by column and 1 + code
  std::vector<std::size_t> order_;
  std::vector<std::pair<int, int>> counties_;  // of each word of policies
};

void run(std::string const& folder, int repetitions) {
  Export const given(folder);
  auto const began = seconds();
  Index const index(given);
  auto const prepared = seconds() - began;
  std::vector<double> microseconds;
  std::vector<std::size_t> hits;
  Found found;
  for (int repetition = 0; repetition < repetitions; ++repetition) {
    found = {};
    for (auto const& record : given.records) {
      hits.clear();
      auto const from = seconds();
      index.find(record, hits);
      microseconds.push_back((seconds() - from) * 1e6);
      for (auto const p : hits) found.add(given.policies[p].number, record.number, 0);
    }
  }
  print("ref_index", given.policies.size(), given.records.size(), std::move(microseconds), prepared, found);
}

}  // namespace
}  // namespace huiyu::reference

int main(int count, char** arguments) {
  if (count != 3) return 2;
  huiyu::reference::run(arguments[1], std::atoi(arguments[2]));
}
