// How atoms about facts are tested, from the bound plan.

#include <algorithm>
#include <array>

#include "runtime/engine/atom_codes.h"
#include "runtime/engine/linear_atoms.h"
#include "runtime/plan/rows.h"

namespace huiyu::engine {
namespace {

using Kind = AtomTests::Kind;

// Ids of lists that a table by id may be made of.
constexpr std::int64_t most_tags = 1 << 16;
// … and of columns whose ids become bytes.
constexpr std::int64_t most_ids = 1 << 20;

AtomTests::Classes make_classes(plan::Plan const& plan, plan::ClassSet const& set) {
  AtomTests::Classes made;
  auto add = [](genes::ByteSet& bytes, plan::Interval const& ids) {
    for (auto id = std::max<std::int64_t>(ids.low, 0); id <= std::min<std::int64_t>(ids.high, 255); ++id)
      bytes.add(static_cast<std::uint8_t>(id));
  };
  for (auto const& ids : plan::rows_of(set.certain, plan.intervals)) {
    made.certain.push_back(ids);
    add(made.bytes, ids);
  }
  for (auto const& ids : plan::rows_of(set.possible, plan.intervals)) {
    made.coarse.push_back(ids);
    add(made.coarse_bytes, ids);
  }
  made.has_coarse = set.possible.count != 0;
  return made;
}

class Maker {
 public:
  Maker(BoundPlan const& bound, plan::Ref<plan::Relation> subject) : bound_(bound), plan_(*bound.plan) {
    auto const places = bound.places.of_relation[subject.index].size();
    made_.tag_column_of.assign(places, -1);
    for (auto const& set : plan_.class_sets) made_.classes.push_back(make_classes(plan_, set));
    made_.tests.resize(plan_.atoms.size());
    for (std::uint32_t i = 0; i < plan_.atoms.size(); ++i) {
      auto const& atom = plan_.atoms[i];
      if (!(plan_.columns[atom.column.index].relation == subject)) continue;
      auto const& column = bound.columns[atom.column.index];
      if (column.origin == Origin::Stated)
        made_.tests[i] = test({i}, static_cast<std::uint32_t>(column.place));
      else if (atom.kind == plan::AtomKind::Truth)
        made_.tests[i] = computed(atom.column);
    }
  }

  AtomTests take() {
    // The last byte stands for all ids beyond.
    for (auto& listing : made_.listings) listing.byte_of.push_back(0);
    for (auto const& test : made_.tests) {
      if (test.listed < 0) continue;
      auto& listed = made_.listed[static_cast<std::size_t>(test.listed)];
      for (auto const& run : made_.classes[test.of].certain)
        for (auto id = std::max<std::int64_t>(run.low, 0); id <= run.high; ++id)
          listed.bytes.add(made_.listings[listed.listing].byte_of[static_cast<std::size_t>(id)]);
    }
    add_codes(made_);
    return std::move(made_);
  }

 private:
  AtomTests::Test test(plan::Ref<plan::Atom> ref, std::uint32_t place) {
    auto const& atom = plan_.atoms[ref.index];
    AtomTests::Test test;
    test.place = place;
    if (atom.kind == plan::AtomKind::Tag) return tag(atom, test);
    auto const values = values_of(bound_, ref);
    if (!values) return test;
    if (atom.kind == plan::AtomKind::Truth) {
      test.kind = Kind::True;
    } else if (atom.kind == plan::AtomKind::ClassSet) {
      test.kind = Kind::Classes;
      test.of = atom.classes.index;
      if (values->yes.size() > AtomTests::most_runs) add_to_listing(values->yes, test);
      if (values->yes.size() == 1 && !made_.classes[test.of].has_coarse)
        test.low = values->yes.front().low, test.high = values->yes.front().high;
    } else if (values->yes.empty()) {
      test.kind = Kind::Never;
    } else {
      test.kind = Kind::Inside;
      test.low = values->yes.front().low;
      test.high = values->yes.front().high;
    }
    return test;
  }

  AtomTests::Test computed(plan::Ref<plan::Column> truth) {
    AtomTests::Test test;
    auto const linear = linear_atom(bound_, truth);
    if (!linear) return test;
    test.kind = Kind::Linear;
    test.of = static_cast<std::uint32_t>(made_.linear.size());
    made_.linear.push_back(*linear);
    return test;
  }

  // Puts a class set beside others of its column, as long as a byte tells all of them apart.
  void add_to_listing(genes::ValueSet const& ids, AtomTests::Test& test) {
    if (ids.back().high >= most_ids) return;
    auto at = made_.listings.size();
    while (at > 0 && made_.listings[at - 1].place != test.place) --at;
    if (at == 0 || !split(made_.listings[at - 1], ids)) {
      made_.listings.push_back({test.place, {}, 1});
      at = made_.listings.size();
      if (!split(made_.listings.back(), ids)) return;
    }
    test.listed = static_cast<std::int32_t>(made_.listed.size());
    made_.listed.push_back({static_cast<std::uint32_t>(at - 1), {}});
  }

  // Gives the members of each byte that the set divides a byte of their own; false where there are not enough bytes.
  static bool split(AtomTests::Listing& listing, genes::ValueSet const& ids) {
    auto bytes = listing.byte_of;
    auto const size = static_cast<std::size_t>(ids.back().high) + 1;
    if (bytes.size() < size) bytes.resize(size, 0);
    std::array<std::int32_t, 256> fresh{};
    auto count = listing.byte_count;
    for (auto const& run : ids)
      for (auto id = static_cast<std::size_t>(run.low); id <= static_cast<std::size_t>(run.high); ++id) {
        auto& made = fresh[bytes[id]];
        if (made == 0) made = count++;
        if (count > 256) return false;
        bytes[id] = static_cast<std::uint8_t>(made);
      }
    listing.byte_of = std::move(bytes);
    listing.byte_count = count;
    return true;
  }

  AtomTests::Test tag(plan::Atom const& atom, AtomTests::Test test) {
    if (atom.text.has_value() || atom.tag < 0 || atom.tag >= most_tags) return test;
    auto& column_at = made_.tag_column_of[test.place];
    if (column_at < 0) {
      column_at = static_cast<std::int32_t>(made_.tag_columns.size());
      made_.tag_columns.push_back({test.place, {}, 0});
    }
    auto& column = made_.tag_columns[static_cast<std::size_t>(column_at)];
    auto const wanted = static_cast<std::size_t>(atom.tag);
    if (column.of_tag.size() <= wanted) column.of_tag.resize(wanted + 1);
    if (column.of_tag[wanted] == 0) column.of_tag[wanted] = ++column.count;
    test.kind = Kind::Tag;
    test.of = column.of_tag[wanted] - 1;
    return test;
  }

  BoundPlan const& bound_;
  plan::Plan const& plan_;
  AtomTests made_;
};

}  // namespace

void add_codes(AtomTests& tests) {
  std::vector<std::vector<std::int64_t>> edges;
  for (auto const& test : tests.tests) {
    if (!test.is_interval()) continue;
    if (edges.size() <= test.place) edges.resize(test.place + 1);
    genes::RankCodes::add_edges({{test.low, test.high}}, edges[test.place]);
  }
  tests.codes.resize(edges.size());
  for (std::size_t place = 0; place < edges.size(); ++place)
    if (edges[place].size() >= AtomTests::codes_pay)
      tests.codes[place] = genes::RankCodes::of_edges(std::move(edges[place]));
  for (auto& test : tests.tests) {
    if (!test.is_interval() || !tests.is_coded(test.place)) continue;
    auto const& codes = *tests.codes[test.place];
    test.code_low = codes.code(test.low), test.code_high = codes.code(test.high);
  }
}

namespace detail {

void bind_atom_tests(BoundPlan& bound) {
  auto const& relations = bound.plan->relations;
  bound.atom_tests.resize(relations.size());
  for (std::uint32_t i = 0; i < relations.size(); ++i)
    if (relations[i].kind == plan::RelationKind::Root)
      bound.atom_tests[i] = std::make_shared<AtomTests const>(Maker(bound, {i}).take());
}

}  // namespace detail

}  // namespace huiyu::engine
