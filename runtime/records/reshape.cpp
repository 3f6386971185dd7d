#include "runtime/records/reshape.h"

#include <algorithm>
#include <deque>

#include "runtime/base/check.h"

namespace huiyu::records {
namespace {

// A column of the result: one of the data, or a struct of some.
struct Plan {
  std::string name;
  std::vector<std::size_t> sources;  // positions in the data
  std::vector<std::string> parts;    // their names in the struct; empty: the column itself
};

// A tree of schemas or arrays made here. Its nodes point into a tree that another owns, so there is nothing to release.
template <class Raw> struct Tree {
  std::deque<Raw> nodes;
  std::deque<std::vector<Raw*>> children;

  Raw* add(Raw node) {
    node.release = [](Raw* self) { self->release = nullptr; };
    node.private_data = nullptr;
    return &nodes.emplace_back(node);
  }
  void adopt(Raw* parent, std::vector<Raw*> given) {
    auto& kept = children.emplace_back(std::move(given));
    parent->n_children = static_cast<std::int64_t>(kept.size());
    parent->children = kept.data();
  }
};

struct Handed {
  columns::OwnedArray source;
  Tree<ArrowArray> tree;
  void const* no_validity = nullptr;
};

}  // namespace

std::vector<std::string> column_names(ArrowSchema const& schema) {
  std::vector<std::string> names;
  for (std::int64_t i = 0; i < schema.n_children; ++i)
    names.emplace_back(schema.children[i]->name == nullptr ? "" : schema.children[i]->name);
  return names;
}

struct Reshape::State {
  columns::OwnedSchema source;
  std::vector<Plan> plans;
  Tree<ArrowSchema> tree;
  ArrowSchema* top = nullptr;

  ArrowSchema* node(std::size_t at, std::string const& name) {
    auto* made = tree.add(*source->children[at]);
    made->name = name.c_str();
    return made;
  }
};

Reshape::Reshape(columns::OwnedSchema source, std::vector<ReshapedColumn> const& columns)
    : state_(std::make_unique<State>()) {
  state_->source = std::move(source);
  auto const names = column_names(*state_->source);
  std::vector<bool> used(names.size(), false);
  auto const find = [&](std::string const& name) {
    auto const found = std::find(names.begin(), names.end(), name);
    HUIYU_CHECK(found != names.end(), "a column that is not there was to be reshaped");
    auto const at = static_cast<std::size_t>(found - names.begin());
    used[at] = true;
    return at;
  };
  for (auto const& column : columns) {
    Plan plan{column.name, {}, {}};
    if (!column.column.empty()) plan.sources.push_back(find(column.column));
    for (auto const& [period, part] : column.parts) {
      plan.sources.push_back(find(part));
      plan.parts.push_back(period);
    }
    state_->plans.push_back(std::move(plan));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    bool const hidden =
        std::any_of(columns.begin(), columns.end(), [&](ReshapedColumn const& c) { return c.name == names[i]; });
    if (!used[i] && !hidden) state_->plans.push_back({names[i], {i}, {}});
  }

  state_->top = state_->tree.add(*state_->source.get());
  std::vector<ArrowSchema*> tops;
  for (auto const& plan : state_->plans) {
    if (plan.parts.empty()) {
      tops.push_back(state_->node(plan.sources.front(), plan.name));
      continue;
    }
    ArrowSchema series{};
    series.format = "+s";
    series.name = plan.name.c_str();
    auto* made = state_->tree.add(series);
    std::vector<ArrowSchema*> parts;
    for (std::size_t i = 0; i < plan.parts.size(); ++i) parts.push_back(state_->node(plan.sources[i], plan.parts[i]));
    state_->tree.adopt(made, std::move(parts));
    tops.push_back(made);
  }
  state_->tree.adopt(state_->top, std::move(tops));
}

Reshape::Reshape(Reshape&&) noexcept = default;
Reshape& Reshape::operator=(Reshape&&) noexcept = default;
Reshape::~Reshape() = default;

ArrowSchema const& Reshape::schema() const { return *state_->top; }

ArrowArray Reshape::apply(columns::OwnedArray batch) const {
  auto handed = std::make_unique<Handed>();
  handed->source = std::move(batch);
  auto const& source = *handed->source;
  auto* top = handed->tree.add(source);
  std::vector<ArrowArray*> tops;
  for (auto const& plan : state_->plans) {
    if (plan.parts.empty()) {
      tops.push_back(handed->tree.add(*source.children[plan.sources.front()]));
      continue;
    }
    // As long as the columns are from their own first row on; the batch's offset counts for the struct as for them.
    ArrowArray series{};
    series.length = source.offset + source.length;
    series.n_buffers = 1;
    series.buffers = &handed->no_validity;
    auto* made = handed->tree.add(series);
    std::vector<ArrowArray*> parts;
    for (auto const at : plan.sources) parts.push_back(handed->tree.add(*source.children[at]));
    handed->tree.adopt(made, std::move(parts));
    tops.push_back(made);
  }
  handed->tree.adopt(top, std::move(tops));
  ArrowArray out = *top;
  out.private_data = handed.release();
  out.release = [](ArrowArray* self) {
    delete static_cast<Handed*>(self->private_data);
    self->release = nullptr;
  };
  return out;
}

}  // namespace huiyu::records
