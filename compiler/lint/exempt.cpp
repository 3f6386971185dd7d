// Comments that exempt a line from a rule, each with its reason.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/lint/rules.h"

namespace huiyu::lint {
namespace {

struct Exemption {
  std::string code;
  Span place;              // of the code
  std::uint32_t line = 0;  // of the text that it is about
  bool reasoned = false;
  bool used = false;
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// The text behind one of the words, in whatever way it is parted from it.
std::optional<std::string_view> behind_word(std::string_view comment) {
  for (std::string_view const word : {"免检", "exempt"}) {
    auto const at = comment.find_first_not_of("# \t");
    if (at == std::string_view::npos || !comment.substr(at).starts_with(word)) continue;
    return comment.substr(at + word.size());
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  auto const begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// A reason alone, or a code in small letters: meant as an exemption, of which nothing would come. What else begins with
// the word is prose (免检产品).
bool names_no_code(std::string_view codes, bool colon) {
  if (!colon) return false;
  if (is_blank(codes)) return true;
  auto const code = trimmed(codes);
  return codes.front() == ' ' && code.size() == 5 && code.front() >= 'a' && code.front() <= 'z' &&
         code.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

bool is_known(std::string_view code) {
  return std::ranges::any_of(diag::all_kinds(), [&](diag::KindInfo const* kind) {
    return kind->code == code && kind->severity != diag::Severity::Error;
  });
}

class Comments {
 public:
  Comments(Project const& project, Diagnostics& found) : project_(project), found_(found) {}

  std::vector<Exemption> read() {
    for (auto const& file : project_.files)
      for (auto const& token : file.tokens) trivia(file.file, token);
    return std::move(all_);
  }

 private:
  // Comments before a token: one that shares its line with text before it is about that line, others about the line of
  // the token.
  void trivia(FileId id, ast::Token const& token) {
    auto const& file = project_.sources[id];
    auto const text = file.text();
    for (auto at = text.find('#', token.trivia_begin); at < token.span.begin; at = text.find('#', at)) {
      auto const end = std::min<std::size_t>(text.find('\n', at), token.span.begin);
      auto const begin = static_cast<std::uint32_t>(at);
      auto const line = file.position(begin).line;
      bool const alone = is_blank(text.substr(file.line_start(line), at - file.line_start(line)));
      comment(id, text.substr(at, end - at), begin, alone ? file.position(token.span.begin).line : line);
      at = end;
    }
  }

  void comment(FileId id, std::string_view text, std::uint32_t begin, std::uint32_t line) {
    auto const rest = behind_word(text);
    if (!rest) return;
    auto const colon = std::min(rest->find("："), rest->find(':'));
    bool const reasoned = colon != std::string_view::npos &&
                          !is_blank(rest->substr(colon + (rest->substr(colon).starts_with(":") ? 1 : 3)));
    auto const codes = rest->substr(0, colon);
    if (names_no_code(codes, colon != std::string_view::npos)) {
      auto const from = begin + static_cast<std::uint32_t>(text.size() - rest->size());
      auto const written = trimmed(is_blank(codes) ? rest->substr(colon) : codes);
      auto const place = from + static_cast<std::uint32_t>(written.data() - rest->data());
      found_
          .add({place, place + static_cast<std::uint32_t>(written.size()), id}, diag::ExemptionUnknown,
               std::string(written))
          .add_help(diag::note::ExemptHelp, "L0101");
      return;
    }
    for (std::size_t at = 0; at < codes.size();) {
      auto const first = codes.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ", at);
      if (first == std::string_view::npos) break;
      auto const last = std::min(codes.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", first), codes.size());
      auto const from = begin + static_cast<std::uint32_t>(text.size() - rest->size() + first);
      enter({std::string(codes.substr(first, last - first)),
             {from, from + static_cast<std::uint32_t>(last - first), id},
             line,
             reasoned,
             false});
      at = last;
    }
  }

  void enter(Exemption exemption) {
    if (!is_known(exemption.code))
      found_.add(exemption.place, diag::ExemptionUnknown, exemption.code);
    else if (!exemption.reasoned)
      found_.add(exemption.place, diag::ExemptionWithoutReason, exemption.code)
          .add_help(diag::note::ExemptHelp, exemption.code);
    else
      all_.push_back(std::move(exemption));
  }

  Project const& project_;
  Diagnostics& found_;
  std::vector<Exemption> all_;
};

}  // namespace

void apply_exemptions(Project const& project, Diagnostics& found) {
  auto exemptions = Comments(project, found).read();
  found.drop_warnings([&](diag::Diagnostic const& warning) {
    bool exempt = false;
    for (auto& each : exemptions) {
      bool const fits = each.place.file == warning.where.file && each.code == warning.kind->code &&
                        project.sources[warning.where.file].position(warning.where.begin).line == each.line;
      each.used = each.used || fits;
      exempt = exempt || fits;
    }
    return exempt;
  });
  for (auto const& each : exemptions)
    if (!each.used) found.add(each.place, diag::ExemptionUnused, each.code);
}

}  // namespace huiyu::lint
