#include "runtime/records/json_tree.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace huiyu::records {
namespace {

using Base = nlohmann::json_sax<nlohmann::json>;

// Builds the tree. `open_` is the path of arrays and objects that are not closed yet; a vector of children never grows
// while one of them is open, so the pointers hold.
class TreeBuilder final : public Base {
 public:
  explicit TreeBuilder(std::size_t depth) : depth_(depth) {}

  JsonNode take() { return std::move(root_); }
  std::string const& message() const { return message_; }

  bool null() override { return put({JsonKind::Null, {}, {}, {}}) != nullptr; }
  bool boolean(bool value) override { return put({JsonKind::Truth, value ? "true" : "false", {}, {}}) != nullptr; }
  bool number_integer(std::int64_t value) override {
    return put({JsonKind::Number, std::to_string(value), {}, {}}) != nullptr;
  }
  bool number_unsigned(std::uint64_t value) override {
    return put({JsonKind::Number, std::to_string(value), {}, {}}) != nullptr;
  }
  // The value is a rounded double and is not looked at; the digits are what was written.
  bool number_float(double, std::string const& digits) override {
    return put({JsonKind::Number, digits, {}, {}}) != nullptr;
  }
  bool string(std::string& value) override { return put({JsonKind::Text, std::move(value), {}, {}}) != nullptr; }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonKind::Object); }
  bool start_array(std::size_t) override { return open(JsonKind::Array); }
  bool key(std::string& value) override {
    open_.back()->keys.push_back(std::move(value));
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, std::string const&, nlohmann::json::exception const&) override {
    message_ = fmt::format("no valid JSON at byte {}", position);
    return false;
  }

 private:
  JsonNode* put(JsonNode node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return &root_;
    }
    return &open_.back()->children.emplace_back(std::move(node));
  }
  bool open(JsonKind kind) {
    if (open_.size() >= depth_) {
      message_ = fmt::format("JSON is nested deeper than {} levels", depth_);
      return false;
    }
    open_.push_back(put({kind, {}, {}, {}}));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::size_t depth_;
  JsonNode root_;
  std::vector<JsonNode*> open_;
  std::string message_;
};

}  // namespace

std::size_t end_of_json_value(std::string_view text) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      if (depth <= 1) return i + 1;
      --depth;
    }
  }
  return text.size();
}

Result<JsonNode> parse_json(std::string_view text, std::size_t depth) {
  TreeBuilder builder(depth);
  bool const whole = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  if (!whole) return Error{ErrorKind::Data, builder.message().empty() ? "no valid JSON" : builder.message()};
  return builder.take();
}

}  // namespace huiyu::records
