// The texts of several fragments as those of one plan.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "runtime/plan/plan.h"

namespace huiyu::lower {

struct MergedTexts {
  plan::Texts texts;                  // each once, in the order in which they first come
  std::vector<plan::TextRef> places;  // of all texts of all fragments; the empty text is no text
  std::vector<std::size_t> begins;    // of each fragment, and the end

  std::span<plan::TextRef const> places_of(std::size_t fragment) const {
    return std::span(places).subspan(begins[fragment], begins[fragment + 1] - begins[fragment]);
  }
};

// By `jobs` threads at most; what comes of it does not hang on how many. A release has millions of texts to look up.
MergedTexts merge_texts(std::span<plan::Fragment const> fragments, std::size_t jobs);

}  // namespace huiyu::lower
