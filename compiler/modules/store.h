// Where modules are kept. The command reads folders; tests and a browser hold texts.
#pragma once

#include <string>
#include <vector>

namespace huiyu::modules {

struct Text {
  std::string path, bytes;
};

class Store {
 public:
  virtual ~Store() = default;

  // All modules, for messages.
  virtual std::vector<std::string> names() const = 0;
  // The versions of a module in the order of their texts; none: there is no such module.
  virtual std::vector<std::string> versions(std::string const& name) const = 0;
  // The rule files of a version in the order of their paths; none: nothing there can be read.
  virtual std::vector<Text> read(std::string const& name, std::string const& version) const = 0;
  // Where it looks, for messages; may be empty.
  virtual std::string places() const = 0;
};

}  // namespace huiyu::modules
