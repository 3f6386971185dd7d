#include "compiler/modules/modules.h"

#include <algorithm>
#include <optional>

#include "compiler/base/nearest.h"

namespace huiyu::modules {

namespace {

// A name is one folder's name: nothing in it leads out of the folders of modules.
bool names_a_folder(std::string const& name) {
  return !name.empty() && name.front() != '.' && name.find_first_of(std::string_view("/\\:\0", 4)) == std::string::npos;
}

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : "、") + word;
  return text;
}

}  // namespace

class Loader {
 public:
  Loader(SourceSet& sources, Store const& store, Diagnostics& diagnostics, std::vector<parse::Outline> outlines)
      : sources_(sources), store_(store), diagnostics_(diagnostics), known_(std::move(outlines)) {}

  Modules run() {
    for (auto const& source : sources_) out_.project_files_.push_back(source.id());
    // Files that modules bring are added behind and read in their turn.
    for (std::size_t at = 0; at < sources_.size() && !diagnostics_.full(); ++at) {
      FileId const file{static_cast<std::int32_t>(at)};
      auto outline = at < known_.size() ? std::move(known_[at]) : parse::outline(sources_[file]);
      auto& used = out_.used_by_[file];
      for (auto const& use : outline.uses)
        if (auto const module = find(use)) {
          used.push_back(*module);
          add_edge(file, *module, use.span);
        }
      std::sort(used.begin(), used.end());
      used.erase(std::unique(used.begin(), used.end()), used.end());
      out_.outlines_.emplace(file, std::move(outline));
    }
    report_circles();
    return std::move(out_);
  }

 private:
  struct Edge {
    std::size_t to = 0;
    Span span;
  };

  std::optional<std::size_t> find(parse::UseLine const& use) {
    if (!names_a_folder(use.module) || (!use.version.empty() && !names_a_folder(use.version))) {
      diagnostics_.add(use.span, diag::ModuleName, use.module);
      return std::nullopt;
    }
    auto const version = version_of(use);
    if (!version) return std::nullopt;
    if (auto const known = by_name_.find(use.module); known != by_name_.end()) {
      auto const& module = out_.all_[known->second];
      if (module.version == *version) return known->second;
      diagnostics_.add(use.span, diag::ModuleTwoVersions, use.module, module.version, *version)
          .label(first_use_[known->second], diag::note::UsedHere);
      return std::nullopt;
    }
    return read(use, *version);
  }

  // As written, or the only one there is.
  std::optional<std::string> version_of(parse::UseLine const& use) {
    auto const [known, fresh] = versions_.try_emplace(use.module);
    if (fresh) known->second = store_.versions(use.module);
    auto const& versions = known->second;
    if (versions.empty()) {
      auto& diagnostic = diagnostics_.add(use.span, diag::ModuleUnknown, use.module);
      if (!names_) names_ = store_.names();
      if (auto const near = nearest(use.module, *names_)) diagnostic.add_help(diag::note::DidYouMean, *near);
      if (auto const places = store_.places(); !places.empty()) diagnostic.add_help(diag::note::ModuleFolders, places);
      return std::nullopt;
    }
    if (use.version.empty()) {
      if (versions.size() == 1) return versions.front();
      diagnostics_.add(use.span, diag::ModuleVersionUnsaid, use.module, joined(versions))
          .add_help(diag::note::WriteVersion, use.module, versions.back());
      return std::nullopt;
    }
    if (std::find(versions.begin(), versions.end(), use.version) != versions.end()) return use.version;
    diagnostics_.add(use.span, diag::ModuleVersionUnknown, use.module, use.version, joined(versions));
    return std::nullopt;
  }

  std::optional<std::size_t> read(parse::UseLine const& use, std::string const& version) {
    auto texts = store_.read(use.module, version);
    if (texts.empty()) {
      diagnostics_.add(use.span, diag::ModuleEmpty, use.module, version);
      return std::nullopt;
    }
    auto const index = out_.all_.size();
    Module module{use.module, version, {}};
    for (auto& text : texts) {
      auto const id = sources_.add(std::move(text.path), std::move(text.bytes)).id();
      module.files.push_back(id);
      out_.module_of_[id] = index;
    }
    by_name_[use.module] = index;
    first_use_.push_back(use.span);
    edges_.emplace_back();
    out_.all_.push_back(std::move(module));
    return index;
  }

  void add_edge(FileId file, std::size_t to, Span span) {
    auto const from = out_.module_of_.find(file);
    if (from != out_.module_of_.end()) edges_[from->second].push_back({to, span});
  }

  // Depth first without recursion: a chain of modules may be as long as it likes.
  void report_circles() {
    enum class Mark : std::uint8_t { New, Open, Done };
    struct Step {
      std::size_t module = 0, next = 0;
    };
    std::vector<Mark> marks(edges_.size(), Mark::New);
    for (std::size_t root = 0; root < edges_.size(); ++root) {
      if (marks[root] != Mark::New) continue;
      std::vector<Step> path{{root, 0}};
      marks[root] = Mark::Open;
      while (!path.empty()) {
        auto& step = path.back();
        if (step.next == edges_[step.module].size()) {
          marks[step.module] = Mark::Done;
          path.pop_back();
          continue;
        }
        auto const& edge = edges_[step.module][step.next++];
        if (marks[edge.to] == Mark::New) {
          marks[edge.to] = Mark::Open;
          path.push_back({edge.to, 0});
        } else if (marks[edge.to] == Mark::Open) {
          auto begin = path.size() - 1;
          while (path[begin].module != edge.to) --begin;
          std::string circle;
          constexpr std::size_t most_shown = 20;
          for (auto at = begin; at < path.size() && at < begin + most_shown; ++at)
            circle += out_.all_[path[at].module].name + " → ";
          if (path.size() > begin + most_shown) circle += "… → ";
          auto& diagnostic = diagnostics_.add(edge.span, diag::ModuleCircle, circle + out_.all_[edge.to].name);
          for (auto at = begin; at + 1 < path.size() && at < begin + most_shown; ++at)
            diagnostic.label(edges_[path[at].module][path[at].next - 1].span, diag::note::UsedHere);
        }
      }
    }
  }

  SourceSet& sources_;
  Store const& store_;
  Diagnostics& diagnostics_;
  std::vector<parse::Outline> known_;
  Modules out_;
  std::map<std::string, std::size_t> by_name_;
  std::map<std::string, std::vector<std::string>> versions_;
  std::optional<std::vector<std::string>> names_;
  std::vector<Span> first_use_;           // by module
  std::vector<std::vector<Edge>> edges_;  // by module
};

Modules Modules::load(SourceSet& sources, Store const& store, Diagnostics& diagnostics,
                      std::vector<parse::Outline> outlines) {
  return Loader(sources, store, diagnostics, std::move(outlines)).run();
}

parse::Dictionary const& Modules::names_for(FileId file) {
  auto const own = module_of_.find(file);
  std::vector<std::size_t> key{own == module_of_.end() ? 0 : own->second + 1};
  if (auto const used = used_by_.find(file); used != used_by_.end())
    key.insert(key.end(), used->second.begin(), used->second.end());
  auto& dictionary = dictionaries_[key];
  if (dictionary) return *dictionary;
  dictionary = std::make_unique<parse::Dictionary>();
  auto const& files = own == module_of_.end() ? project_files_ : all_[own->second].files;
  for (auto const other : files)
    if (auto const outline = outlines_.find(other); outline != outlines_.end())
      dictionary->merge(outline->second.names);
  for (std::size_t i = 1; i < key.size(); ++i)
    for (auto const other : all_[key[i]].files)
      if (auto const outline = outlines_.find(other); outline != outlines_.end())
        dictionary->merge_published(outline->second.names, all_[key[i]].name);
  return *dictionary;
}

}  // namespace huiyu::modules
