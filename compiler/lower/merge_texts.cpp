#include "compiler/lower/merge_texts.h"

#include <string_view>

#include "compiler/lower/key_index.h"
#include "runtime/base/check.h"
#include "runtime/base/each_of.h"
#include "runtime/base/hash.h"

namespace huiyu::lower {

using namespace plan;

MergedTexts merge_texts(std::span<Fragment const> fragments, std::size_t jobs) {
  // Texts by number, those of one fragment behind those of the one before.
  MergedTexts merged;
  auto& begins = merged.begins;
  begins.push_back(0);
  for (auto const& fragment : fragments) begins.push_back(begins.back() + fragment.texts.size());
  HUIYU_CHECK(begins.back() < none, "fragments with more texts than references can name");
  std::vector<std::uint64_t> hashes(begins.back());
  each_of(fragments.size(), jobs, [&](std::size_t f) {
    auto at = begins[f];
    for (auto const text : fragments[f].texts) hashes[at++] = hash_bytes(text).low;
  });

  // The number of the first equal text. Texts with different hashes are different, so every thread sees to its own.
  std::vector<std::uint32_t> first(begins.back());
  std::vector<std::string_view> texts(begins.back());
  each_of(fragments.size(), jobs, [&](std::size_t f) {
    for (std::size_t i = 0; i < fragments[f].texts.size(); ++i) texts[begins[f] + i] = fragments[f].texts[i];
  });
  each_of(jobs, jobs, [&](std::size_t own) {
    PlaceIndex index;
    for (std::size_t i = 0; i < texts.size(); ++i)
      if ((hashes[i] >> 32) % jobs == own)
        first[i] = index
                       .place(hashes[i], static_cast<std::uint32_t>(i),
                              [&](std::uint32_t known) { return texts[known] == texts[i]; })
                       .first;
  });

  merged.places.resize(begins.back());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    if (first[i] == i) {
      merged.places[i] = {static_cast<std::uint32_t>(merged.texts.size())};
      merged.texts.push_back(texts[i]);
    } else {
      merged.places[i] = merged.places[first[i]];
    }
  }
  return merged;
}

}  // namespace huiyu::lower
