// What is wrong with a drafter's text, as plain data; shown by render.h.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "compiler/diag/catalogue.h"
#include "compiler/source/span.h"

namespace huiyu::diag {

struct Label {
  Span where;
  Message message;
};

// Replaces the bytes of the span.
struct Edit {
  Span where;
  std::string replacement;
};

// One way to mend the text: all its edits together. Offered only where the result surely compiles;
// several fixes of one diagnostic are alternatives.
struct FixIt {
  std::vector<Edit> edits;
};

struct Diagnostic {
  KindInfo const* kind = nullptr;
  Message message;
  Span where;
  std::vector<Label> labels;
  std::vector<Message> help;
  std::vector<FixIt> fixes;

  template <class... Args> Diagnostic& label(Span at, Note<Args...> const& note, std::type_identity_t<Args>... args) {
    labels.push_back({at, make_message(note, std::move(args)...)});
    return *this;
  }
  Diagnostic& label(Span at, Phrase phrase) {
    labels.push_back({at, make_message(std::move(phrase))});
    return *this;
  }
  template <class... Args> Diagnostic& add_help(Note<Args...> const& note, std::type_identity_t<Args>... args) {
    help.push_back(make_message(note, std::move(args)...));
    return *this;
  }
  Diagnostic& add_help(Phrase phrase) {
    help.push_back(make_message(std::move(phrase)));
    return *this;
  }
  Diagnostic& fix(Span at, std::string replacement) { return fix({{at, std::move(replacement)}}); }
  Diagnostic& fix(std::vector<Edit> edits) {
    fixes.push_back({std::move(edits)});
    return *this;
  }
};

// Collects diagnostics in the order they are found. Keeps a number that people can read and counts the rest,
// so that a hostile text cannot fill the memory.
class Diagnostics {
 public:
  static constexpr std::size_t default_limit = 1000;

  explicit Diagnostics(std::size_t limit = default_limit) : limit_(limit) {}

  // Reports one problem. The reference is for adding labels, help and fixes at once; the next `add` ends it.
  template <class... Args> Diagnostic& add(Span where, Kind<Args...> const& kind, std::type_identity_t<Args>... args) {
    Diagnostic& added = append(where, kind.info);
    (added.message.arguments.push_back(make_argument(std::move(args))), ...);
    return added;
  }

  // Drops the warnings that are told by `which`.
  void drop_warnings(std::function<bool(Diagnostic const&)> const& which);

  // In the order found.
  std::span<Diagnostic const> all() const { return kept_; }
  // Those found after the first `count`, to be added to.
  std::span<Diagnostic> since(std::size_t count) { return std::span(kept_).subspan(count); }

  // Drops what was found after the first `count` and had been found at the same place before.
  void forget_repeats(std::size_t count);

  // By file and place; what was found first comes first at one place.
  std::vector<Diagnostic const*> sorted() const;

  bool empty() const { return kept_.empty(); }
  bool has_errors() const { return error_count_ > 0; }
  std::size_t error_count() const { return error_count_; }
  std::size_t dropped_count() const { return dropped_count_; }
  bool full() const { return kept_.size() >= limit_; }

  // Takes over what another stage or file found.
  void append(Diagnostics const& other);

  // Of problems of this kind that say the same, keeps the one that comes first in the text and labels the other places.
  void merge_repeats(KindInfo const& kind);

 private:
  Diagnostic& append(Span where, KindInfo const& kind);

  std::size_t limit_;
  std::size_t error_count_ = 0;
  std::size_t dropped_count_ = 0;
  std::vector<Diagnostic> kept_;
  Diagnostic scratch_;  // what is written to once the limit is reached
};

}  // namespace huiyu::diag

namespace huiyu {
using diag::Diagnostics;
}
