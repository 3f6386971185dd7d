#include "runtime/columns/outcome.h"

namespace huiyu {

char const* outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::Eligible: return "eligible";
    case Outcome::Ineligible: return "ineligible";
    case Outcome::Unknown: return "unknown";
    case Outcome::NotApplicable: return "not_applicable";
    case Outcome::Error: return "error";
  }
  return "?";
}

}  // namespace huiyu
