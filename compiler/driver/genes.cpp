#include "compiler/driver/genes.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include <fmt/format.h>

#include "compiler/driver/counted.h"
#include "compiler/driver/gene_words.h"
#include "compiler/driver/report_rows.h"
#include "runtime/base/big.h"
#include "runtime/plan/names.h"
#include "runtime/plan/rows.h"

namespace huiyu::driver {
namespace {

// Bounds nearly coincide within one part in so many of the greater.
constexpr std::int64_t near_parts = 20;

class Catalogue {
 public:
  explicit Catalogue(plan::Plan const& plan) : plan_(plan), users_(plan.atoms.size()) {}

  std::vector<Gene> make() {
    for (std::uint32_t policy = 0; policy < plan_.policies.size(); ++policy) read(policy);
    for (std::uint32_t atom = 0; atom < plan_.atoms.size(); ++atom)
      if (!users_[atom].empty()) add(atom);
    sort();
    find_near_bounds();
    find_near_sets();
    for (auto& gene : genes_) std::sort(gene.near.begin(), gene.near.end());
    return std::move(genes_);
  }

 private:
  struct User {
    std::uint32_t policy = 0;
    bool negative = false;
  };

  void read(std::uint32_t position) {
    auto const& policy = plan_.policies[position];
    for (auto part : {policy.applies, policy.condition, policy.due}) read(part, position);
    for (auto const& part : plan::rows_of(policy.parts, plan_.parts)) read(part.when, position);
    for (auto const& alert : plan::rows_of(policy.alerts, plan_.alerts)) read(alert.condition, position);
  }
  void read(plan::Ref<plan::Condition> ref, std::uint32_t policy) {
    if (!ref.has_value()) return;
    auto const& row = plan_.conditions[ref.index];
    for (auto const& member : plan::rows_of(row.members, plan_.condition_members)) read(member.condition, policy);
    if (row.kind != plan::ConditionKind::Literal) return;
    auto& users = users_[row.atom.index];
    if (users.empty() || users.back().policy != policy) users.push_back({policy, false});
    users.back().negative = users.back().negative || row.negated != 0;
  }

  void add(std::uint32_t position) {
    auto const& atom = plan_.atoms[position];
    Gene gene;
    auto const column = column_words(plan_, atom.column, gene.computed);
    auto const words = test_words(plan_, atom);
    gene.id = HashBuilder().add(plan_.columns[atom.column.index].id).add(words.meaning).finish();
    gene.column = column.zh;
    gene.kind = plan::name_of(atom.kind);
    gene.zh = column.zh + (words.test.zh.empty() ? "" : " " + words.test.zh);
    gene.en = column.en + (words.test.en.empty() ? "" : " " + words.test.en);
    for (auto const& user : users_[position]) {
      gene.policies.emplace_back(plan_.text(plan_.policies[user.policy].id));
      gene.negative += user.negative ? 1 : 0;
    }
    std::sort(gene.policies.begin(), gene.policies.end(), before_by_number);
    genes_.push_back(std::move(gene));
    atoms_.push_back(position);
  }

  // The end of a one-sided test that is known without a date.
  BigInt const* bound(std::uint32_t atom) {
    auto const& row = plan_.atoms[atom];
    bool const plain = row.kind == plan::AtomKind::Interval && row.low.has_value() && !row.high.has_value();
    if (!plain || plan_.constants[row.low.index].kind != plan::ConstantKind::Literal ||
        plan_.constants[row.low.index].width != 1)
      return nullptr;
    return &(bounds_[atom] = plan_.constants[row.low.index].value);
  }

  void sort() {
    std::vector<std::size_t> order(genes_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    auto const key = [&](std::size_t i) {
      auto const& atom = plan_.atoms[atoms_[i]];
      auto const& column = plan_.columns[atom.column.index];
      auto const* end = bound(atoms_[i]);
      return std::tuple(genes_[i].computed, genes_[i].column, column.id, atom.kind, end == nullptr ? BigInt(0) : *end,
                        genes_[i].zh, genes_[i].id);
    };
    std::vector<decltype(key(0))> keys;
    keys.reserve(order.size());
    for (auto i : order) keys.push_back(key(i));
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    std::vector<Gene> genes;
    std::vector<std::uint32_t> atoms;
    for (auto i : order) {
      genes.push_back(std::move(genes_[i]));
      atoms.push_back(atoms_[i]);
    }
    genes_ = std::move(genes);
    atoms_ = std::move(atoms);
  }

  void pair(std::size_t a, std::size_t b) {
    genes_[a].near.push_back(b);
    genes_[b].near.push_back(a);
  }

  // Bounds of one value follow each other, rising.
  void find_near_bounds() {
    for (std::size_t a = 0; a < genes_.size(); ++a) {
      auto const* low = bound(atoms_[a]);
      if (low == nullptr) continue;
      auto const& column = plan_.columns[plan_.atoms[atoms_[a]].column.index];
      for (auto b = a + 1; b < genes_.size(); ++b) {
        auto const* high = bound(atoms_[b]);
        if (high == nullptr || !(plan_.atoms[atoms_[b]].column == plan_.atoms[atoms_[a]].column)) break;
        BigInt const apart = *high - *low;
        BigInt const size = std::max(BigInt(abs(*high)), BigInt(abs(*low)));
        bool const close = column.kind == plan::ValueKind::Number && apart * near_parts <= size;
        if (apart > 1 && !close) break;
        pair(a, b);
      }
    }
  }

  // A set without one of its members is looked up among the others.
  void find_near_sets() {
    std::map<std::pair<std::uint32_t, std::vector<std::string>>, std::size_t> sets;
    for (std::size_t i = 0; i < genes_.size(); ++i) {
      auto const& atom = plan_.atoms[atoms_[i]];
      if (atom.kind != plan::AtomKind::ClassSet) continue;
      auto members = members_of(plan_, plan_.columns[atom.column.index], plan_.class_sets[atom.classes.index]);
      sets.emplace(std::pair(atom.column.index, std::move(members)), i);
    }
    for (auto const& [set, gene] : sets) {
      if (set.second.size() < 2) continue;
      for (std::size_t out = 0; out < set.second.size(); ++out) {
        auto fewer = set;
        fewer.second.erase(fewer.second.begin() + static_cast<std::ptrdiff_t>(out));
        if (auto const found = sets.find(fewer); found != sets.end()) pair(gene, found->second);
      }
    }
  }

  plan::Plan const& plan_;
  std::vector<std::vector<User>> users_;  // by atom
  std::vector<Gene> genes_;
  std::vector<std::uint32_t> atoms_;  // of each gene
  std::unordered_map<std::uint32_t, BigInt> bounds_;
};

std::size_t near_pairs(std::vector<Gene> const& genes) {
  std::size_t ends = 0;
  for (auto const& gene : genes) ends += gene.near.size();
  return ends / 2;
}

std::size_t uses(std::vector<Gene> const& genes) {
  std::size_t all = 0;
  for (auto const& gene : genes) all += gene.policies.size();
  return all;
}

std::string pretty(std::vector<Gene> const& genes, plan::Plan const& plan, Language language) {
  bool const zh = language == Language::Chinese;
  constexpr std::size_t shown_digits = 12;
  std::string text;
  for (auto const& gene : genes) {
    text += fmt::format("{}  {}\n    ", to_hex(gene.id).substr(0, shown_digits), zh ? gene.zh : gene.en);
    text += zh ? fmt::format("{} 项政策", gene.policies.size()) : counted(gene.policies.size(), "policy", "policies");
    if (gene.negative != 0)
      text += zh ? fmt::format("，其中反用 {} 项", gene.negative) : fmt::format(", {} negatively", gene.negative);
    for (auto near : gene.near)
      text += fmt::format("\n    {}{}  {}", zh ? "相近：" : "near: ", to_hex(genes[near].id).substr(0, shown_digits),
                          zh ? genes[near].zh : genes[near].en);
    text += "\n";
  }
  return text + (zh ? fmt::format("{} 项政策，{} 种判断，用了 {} 处；相近的 {} 对\n", plan.policies.size(),
                                  genes.size(), uses(genes), near_pairs(genes))
                    : fmt::format("{}, {}, in {}; nearly alike: {}\n",
                                  counted(plan.policies.size(), "policy", "policies"), counted(genes.size(), "test"),
                                  counted(uses(genes), "place"), counted(near_pairs(genes), "pair")));
}

std::vector<std::string> near_ids(std::vector<Gene> const& genes, Gene const& gene) {
  std::vector<std::string> ids;
  ids.reserve(gene.near.size());
  for (auto near : gene.near) ids.push_back(to_hex(genes[near].id));
  return ids;
}

std::string json(std::vector<Gene> const& genes, plan::Plan const& plan) {
  std::string text;
  for (auto const& gene : genes)
    text += json_line(Row{{"gene", to_hex(gene.id)},
                          {"value", gene.column},
                          {"computed", gene.computed},
                          {"kind", gene.kind},
                          {"zh", gene.zh},
                          {"en", gene.en},
                          {"policies", gene.policies},
                          {"negative", gene.negative},
                          {"near", near_ids(genes, gene)}});
  return text + json_line(Row{{"policies", plan.policies.size()},
                              {"genes", genes.size()},
                              {"uses", uses(genes)},
                              {"near_pairs", near_pairs(genes)}});
}

std::string csv(std::vector<Gene> const& genes, Language language) {
  std::string text =
      words(language, "编号,取值,判断,政策数,反用,政策,相近\n", "gene,value,test,policies,negative,by,near\n");
  auto const row = [&](std::initializer_list<std::string> cells) {
    std::string line;
    for (auto const& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
    text += line + "\n";
  };
  auto const list = [](std::vector<std::string> const& all) {
    std::string joined;
    for (auto const& one : all) joined += (joined.empty() ? "" : ";") + one;
    return joined;
  };
  for (auto const& gene : genes)
    row({to_hex(gene.id), gene.column, language == Language::Chinese ? gene.zh : gene.en,
         std::to_string(gene.policies.size()), std::to_string(gene.negative), list(gene.policies),
         list(near_ids(genes, gene))});
  return text;
}

}  // namespace

std::vector<Gene> genes_of(plan::Plan const& plan) { return Catalogue(plan).make(); }

std::string genes_text(std::vector<Gene> const& genes, plan::Plan const& plan, Format format, Language language) {
  switch (format) {
    case Format::Pretty: return pretty(genes, plan, language);
    case Format::Json: return json(genes, plan);
    case Format::Csv: break;
  }
  return csv(genes, language);
}

}  // namespace huiyu::driver
