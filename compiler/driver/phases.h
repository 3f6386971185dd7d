// Where the time of a run goes: `--profile`.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

#include "compiler/driver/language.h"

namespace huiyu::driver {

// Read, Cells, Match and Explain are worked on by several threads at once; theirs is the time of the thread that had
// most of it. Match is the engine: kernels, conditions, formulas and the list of rows; Explain is what it asks the
// explanations.
enum class Phase : std::uint8_t { Rules, Engine, Open, Read, Cells, Match, Explain, Wait, Rows, Write, Count };

// Time on the clock by phase, in the order in which the phases first occur in a run.
class Phases {
 public:
  using Clock = std::chrono::steady_clock;

  // Runs `work` and adds the time it took.
  template <class Work> auto time(Phase phase, Work work) {
    Lap const lap(*this, phase);
    return work();
  }

  void add(Phase phase, Clock::duration time) { spent_[static_cast<std::size_t>(phase)] += time; }

  // One line for each phase, in milliseconds.
  std::string text(Language language) const;

 private:
  struct Lap {
    Lap(Phases& owner, Phase which) : phases(owner), phase(which) {}
    Lap(Lap const&) = delete;
    Lap& operator=(Lap const&) = delete;
    ~Lap() { phases.add(phase, Clock::now() - begin); }
    Phases& phases;
    Phase phase;
    Clock::time_point begin = Clock::now();
  };
  std::array<Clock::duration, static_cast<std::size_t>(Phase::Count)> spent_{};
};

}  // namespace huiyu::driver
