#include "compiler/driver/by_files.h"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <span>
#include <variant>

#include "compiler/check/check.h"
#include "compiler/diag/render.h"
#include "compiler/driver/kept_parts.h"
#include "compiler/driver/module_folders.h"
#include "compiler/lower/link.h"
#include "compiler/lower/lower.h"
#include "compiler/modules/modules.h"
#include "compiler/parse/parse.h"
#include "runtime/base/each_of.h"
#include "runtime/base/hash.h"

namespace huiyu::driver {

namespace {

// Every share declares anew what the project declares besides policies.
constexpr std::size_t least_share_bytes = std::size_t{128} << 10;

// Whether all that a file declares are policies, as far as its names tell.
bool names_only_policies(parse::Outline const& outline) {
  bool any = false;
  for (auto const& name : outline.names.names()) {
    if (name.kind == parse::NameKind::Policy)
      any = true;
    else if (name.kind != parse::NameKind::Item && name.kind != parse::NameKind::Abbreviation)
      return false;
  }
  return any;
}

bool declares_only_policies(ast::File const& file) {
  return std::ranges::all_of(file.declarations, [](ast::Declaration const& one) {
    return std::holds_alternative<ast::PolicyDecl>(one) || std::holds_alternative<ast::DocumentDecl>(one) ||
           std::holds_alternative<ast::UseDecl>(one);
  });
}

// Whether a declaration looks at policies wherever they stand, or gathers what they ask for.
bool looks_across(ast::File const& file) {
  return std::ranges::any_of(file.declarations, [](ast::Declaration const& one) {
    return std::holds_alternative<ast::TestDecl>(one) || std::holds_alternative<ast::GroupDecl>(one) ||
           std::holds_alternative<ast::BudgetDecl>(one) || std::holds_alternative<ast::CohortDecl>(one) ||
           std::holds_alternative<ast::TallyDecl>(one) || std::holds_alternative<ast::HoleDecl>(one);
  });
}

// What is said of one wrong word in several places is said once: the whole project is needed for that.
bool is_merged(diag::Diagnostic const& found) {
  return found.kind == &diag::UnknownWord.info || found.kind == &diag::UnknownName.info ||
         found.kind == &diag::NoSuchField.info || found.kind == &diag::NoSuchEntry.info;
}

class Maker {
 public:
  Maker(Project& project, Language language, ByFiles const& options, cache::DiskCache const& kept,
        std::string const& made_by)
      : project_(project), language_(language), options_(options), kept_(kept), made_by_(made_by) {}

  std::optional<Planned> run() {
    own_ = project_.sources.size();
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < own_; ++i) {
      if (source(i).fault()) return std::nullopt;
      bytes += source(i).text().size();
    }
    if (own_ < 2 || bytes < options_.least_bytes) return std::nullopt;
    if (!read_core()) return std::nullopt;
    parts_.resize(own_);
    recall();
    make_missing();
    for (auto const i : leaves_)
      if (!parts_[i].usable) return std::nullopt;
    return whole();
  }

 private:
  SourceFile const& source(std::size_t i) const { return project_.sources[FileId{static_cast<std::int32_t>(i)}]; }

  std::vector<Said> in_words(std::span<diag::Diagnostic const> all, FileId file) const {
    std::vector<Said> said;
    for (auto const& one : all)
      if (one.where.file == file)
        said.push_back({one.where.begin, one.where.end, diag::render_text(one, project_.sources, language_)});
    return said;
  }

  // The files that declare more than policies, and modules: everything that a file of policies sees.
  bool read_core() {
    auto outlines = outline_all();
    Diagnostics of_modules;
    FolderStore const store(project_.module_folders);
    modules_ = modules::Modules::load(project_.sources, store, of_modules, std::move(outlines));
    if (!of_modules.empty()) return false;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < own_; ++i) {
      FileId const file{static_cast<std::int32_t>(i)};
      if (names_only_policies(modules_.outline(file))) {
        leaves_.push_back(i);
        bytes += source(i).text().size();
        continue;
      }
      core_.emplace_back(read(file, core_said_));
      core_places_.push_back(i);
      if (looks_across(core_.back())) return false;
    }
    if (bytes < options_.least_bytes) return false;
    for (auto const& module : modules_.all()) {
      used_.push_back({module.name, {}});
      for (auto const file : module.files) used_.back().files.push_back(read(file, core_said_));
    }
    names_.reserve(leaves_.size());
    for (auto const i : leaves_) names_.push_back(&modules_.names_for(FileId{static_cast<std::int32_t>(i)}));
    for (auto const& file : core_) core_files_.push_back(&file);
    auto const share = check::check_share(core_files_, core_files_, project_.sources, used_);
    auto const of_policies = share.diagnostics.all().subspan(share.declared);
    // Where the core has policies of its own they stand between those of other files.
    if (core_said_.has_errors() || share.diagnostics.has_errors() || !share.alone || !of_policies.empty()) return false;
    if (std::ranges::any_of(core_said_.all(), is_merged) || std::ranges::any_of(share.diagnostics.all(), is_merged))
      return false;
    declared_ = share.declared;
    Diagnostics of_ranges;
    auto const facts = check::ranges(share.program, of_ranges);
    if (!of_ranges.empty()) return false;
    for (auto const file : lower::files_of(share.program)) {
      auto fragment = lower::lower(share.program, facts, project_.sources, file);
      if (!fragment) return false;
      core_fragments_.emplace_back(static_cast<std::size_t>(file.index), std::move(*fragment));
    }
    for (auto const& one : core_said_.all()) core_read_.push_back({one.where, in_words(one)});
    for (auto const& one : share.diagnostics.all()) core_declared_.push_back({one.where, in_words(one)});
    return true;
  }

  // What a file declares hangs on its text alone, and is kept by it.
  std::vector<parse::Outline> outline_all() {
    std::string description;
    KeptOutlines known;
    if (keeps()) {
      description = made_by_ + "outlines\n";
      for (std::size_t i = 0; i < own_; ++i) description += source(i).path() + "\n";
      known = KeptOutlines::read(kept_, description);
    }
    std::vector<parse::Outline> outlines(own_);
    std::atomic<bool> changed{false};
    each_of(own_, options_.jobs, [&](std::size_t i) {
      auto outline = known.of(source(i));
      if (!outline) changed = true;
      outlines[i] = outline ? std::move(*outline) : parse::outline(source(i));
    });
    if (!keeps() || !changed) return outlines;
    std::vector<std::pair<SourceFile const*, parse::Outline const*>> all;
    for (std::size_t i = 0; i < own_; ++i) all.emplace_back(&source(i), &outlines[i]);
    KeptOutlines::keep(kept_, description, all);
    return outlines;
  }

  ast::File read(FileId file, Diagnostics& said) {
    return parse::parse(project_.sources[file], modules_.names_for(file), said);
  }

  std::string in_words(diag::Diagnostic const& one) const {
    return diag::render_text(one, project_.sources, language_);
  }

  // All that a part is made from but its own text: who makes it, what every other file declares, and the names that
  // its words are cut with, those of policies elsewhere among them.
  std::string surroundings() const {
    HashBuilder hash;
    for (auto const i : core_places_) hash.add(source(i).path()).add(source(i).text());
    for (std::size_t i = own_; i < project_.sources.size(); ++i) hash.add(source(i).path()).add(source(i).text());
    for (auto const& module : used_) hash.add(module.name).add(std::uint64_t{module.files.size()});
    for (std::size_t i = 0; i < own_; ++i)
      for (auto const& name : modules_.outline(FileId{static_cast<std::int32_t>(i)}).names.names())
        if (!parse::is_local(name.kind))
          hash.add(std::uint64_t{i})
              .add(static_cast<std::uint32_t>(name.kind))
              .add(name.text)
              .add(name.owner)
              .add(name.element)
              .add(name.published)
              .add(name.quoted)
              .add(name.series);
    return made_by_ + "part of " + to_hex(hash.finish()) + "\n";
  }

  std::string description(std::size_t i) const {
    return surroundings_ + source(i).path() + "\n" + to_hex(hash_bytes(source(i).text())) + "\n" +
           std::to_string(source(i).text().size()) + "\n";
  }

  bool keeps() const { return !made_by_.empty() && kept_.enabled(); }

  void recall() {
    if (!keeps()) return;
    surroundings_ = surroundings();
    each_of(leaves_.size(), options_.jobs, [&](std::size_t place) {
      auto const i = leaves_[place];
      if (auto part = kept_part(kept_, description(i))) parts_[i] = std::move(*part);
    });
  }

  void make_missing() {
    std::vector<std::vector<std::size_t>> shares;  // places in `leaves_`
    std::size_t total = 0;
    for (auto const i : leaves_)
      if (!parts_[i].usable) total += source(i).text().size();
    auto const share_bytes = std::min(options_.share_bytes, std::max(least_share_bytes, total / (4 * options_.jobs)));
    std::size_t bytes = share_bytes;
    for (std::size_t place = 0; place < leaves_.size(); ++place) {
      if (parts_[leaves_[place]].usable) continue;
      if (bytes >= share_bytes) shares.emplace_back(), bytes = 0;
      shares.back().push_back(place);
      bytes += source(leaves_[place]).text().size();
    }
    std::atomic<bool> fits{true};
    each_of(shares.size(), options_.jobs, [&](std::size_t i) {
      if (fits && !make(shares[i])) fits = false;
    });
    if (!shares.empty() && keeps()) kept_.prune();
  }

  // Whether what is said of a file points at no other file of policies: those may change beside a part that is kept.
  bool stands_alone(std::span<diag::Diagnostic const> all, FileId file) const {
    return std::ranges::all_of(all, [&](diag::Diagnostic const& one) {
      return one.where.file != file || std::ranges::all_of(one.labels, [&](diag::Label const& label) {
               return label.where.file == file ||
                      !std::ranges::binary_search(leaves_, static_cast<std::size_t>(label.where.file.index));
             });
    });
  }

  // False: the whole project has to be looked at.
  bool make(std::vector<std::size_t> const& places) {
    std::vector<ast::File> files;
    std::vector<ast::File const*> own;
    std::vector<bool> alone;
    files.reserve(places.size());
    for (auto const place : places) {
      auto const i = leaves_[place];
      Diagnostics said;
      files.push_back(parse::parse(source(i), *names_[place], said));
      if (said.has_errors() || said.full() || std::ranges::any_of(said.all(), is_merged) ||
          !declares_only_policies(files.back()))
        return false;
      own.push_back(&files.back());
      parts_[i].read = in_words(said.all(), files.back().file);
      alone.push_back(stands_alone(said.all(), files.back().file));
    }
    auto const share = check::check_share(core_files_, own, project_.sources, used_);
    auto const& found = share.diagnostics;
    if (!share.alone || found.has_errors() || found.dropped_count() > 0 || share.declared != declared_) return false;
    auto const after = found.all().subspan(share.declared);
    auto const here = [&](diag::Diagnostic const& one) {
      return !is_merged(one) &&
             std::ranges::any_of(own, [&](auto const* file) { return file->file == one.where.file; });
    };
    if (!std::ranges::all_of(after, here)) return false;
    Diagnostics of_ranges;
    auto const facts = check::ranges(share.program, of_ranges);
    if (!of_ranges.empty()) return false;
    auto const with_policies = lower::files_of(share.program);
    for (std::size_t at = 0; at < places.size(); ++at) {
      auto const file = own[at]->file;
      auto& part = parts_[leaves_[places[at]]];
      part.checked = in_words(found.all().first(share.checked).subspan(share.declared), file);
      part.compared = in_words(found.all().subspan(share.checked), file);
      if (std::ranges::find(with_policies, file) != with_policies.end()) {
        auto fragment = lower::lower(share.program, facts, project_.sources, file);
        if (!fragment) return false;
        part.fragment = std::move(*fragment);
      }
      part.usable = true;
      if (keeps() && alone[at] && stands_alone(found.all(), file)) keep(kept_, description(leaves_[places[at]]), part);
    }
    return true;
  }

  std::optional<Planned> whole() {
    // In the order of paths, as policies come in a project.
    std::vector<std::size_t> order(own_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return source(a).path() < source(b).path(); });
    auto said = say(order);
    if (!said) return std::nullopt;
    std::vector<plan::Fragment> fragments;
    for (auto const i : order) {
      for (auto& [file, fragment] : core_fragments_)
        if (file == i) fragments.push_back(std::move(fragment));
      if (parts_[i].fragment) fragments.push_back(std::move(*parts_[i].fragment));
    }
    parts_.clear();
    auto plan = lower::link(fragments, options_.jobs);
    if (!plan) return std::nullopt;  // one id for two policies: which, and where, is for the checker to say
    return Planned{std::move(*plan), std::move(*said)};
  }

  // As render_text says all diagnostics of a project: those that were found first are kept, and shown by place.
  std::optional<std::string> say(std::vector<std::size_t> const& order) const {
    struct Shown {
      std::size_t file;
      std::uint32_t begin, end;
      std::string const* words;
    };
    std::vector<Shown> all;
    auto const add = [&](std::size_t file, std::vector<Said> const& said) {
      for (auto const& one : said) all.push_back({file, one.begin, one.end, &one.words});
    };
    auto const add_core = [&](std::vector<std::pair<Span, std::string>> const& said) {
      for (auto const& [where, words] : said)
        all.push_back({static_cast<std::size_t>(where.file.index), where.begin, where.end, &words});
    };
    for (std::size_t i = 0; i < own_; ++i) {
      add(i, parts_[i].read);
      for (auto const& [where, words] : core_read_)
        if (where.file.index == static_cast<std::int32_t>(i)) all.push_back({i, where.begin, where.end, &words});
    }
    for (auto const& [where, words] : core_read_)
      if (static_cast<std::size_t>(where.file.index) >= own_)
        all.push_back({static_cast<std::size_t>(where.file.index), where.begin, where.end, &words});
    // Full while it was read, a project is read no further.
    if (all.size() >= Diagnostics::default_limit) return std::nullopt;
    add_core(core_declared_);
    for (auto const i : order) add(i, parts_[i].checked);
    for (auto const i : order) add(i, parts_[i].compared);
    auto const dropped = all.size() - std::min(all.size(), Diagnostics::default_limit);
    all.resize(all.size() - dropped);
    std::stable_sort(all.begin(), all.end(), [](Shown const& a, Shown const& b) {
      return std::tuple(a.file, a.begin, a.end) < std::tuple(b.file, b.begin, b.end);
    });
    std::string text;
    for (auto const& one : all) {
      if (!text.empty()) text += "\n";
      text += *one.words;
    }
    return text + diag::dropped_text(dropped, language_);
  }

  Project& project_;
  Language language_;
  ByFiles const& options_;
  cache::DiskCache const& kept_;
  std::string const& made_by_;
  std::size_t own_ = 0;  // files of the project itself
  modules::Modules modules_;
  std::vector<std::size_t> leaves_, core_places_;  // places of files: of policies alone, and the others
  std::vector<parse::Dictionary const*> names_;    // by place in `leaves_`
  Diagnostics core_said_;
  std::vector<ast::File> core_;
  std::vector<ast::File const*> core_files_;
  std::vector<check::Module> used_;
  std::size_t declared_ = 0;
  std::vector<std::pair<std::size_t, plan::Fragment>> core_fragments_;
  std::vector<std::pair<Span, std::string>> core_read_, core_declared_;
  std::string surroundings_;
  std::vector<Part> parts_;  // by file; of the core nothing
};

}  // namespace

std::optional<Planned> plan_by_files(Project& project, Language language, ByFiles const& options,
                                     cache::DiskCache const& kept, std::string const& made_by) {
  return Maker(project, language, options, kept, made_by).run();
}

}  // namespace huiyu::driver
