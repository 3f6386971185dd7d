// Errors as values: what a call that can fail returns.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "runtime/base/check.h"

namespace huiyu {

// Whose fault it is. The command maps it to an exit code; nobody else needs to.
enum class ErrorKind : std::uint8_t {
  Usage,        // the call: an unknown option, a bad argument
  Rules,        // the drafter's text
  Data,         // the records
  Environment,  // file, network, library, machine
};

struct Error {
  ErrorKind kind = ErrorKind::Environment;
  std::string message;  // for people: lower-case start, no final period
};

// A value, or the reason why there is none. Reading the value of a failed result is a bug of the caller.
template <class T> class [[nodiscard]] Result {
 public:
  // From a T or whatever becomes one by itself, so that `return "text";` gives a Result<std::string>.
  template <class U = T>
    requires(std::is_convertible_v<U, T> && !std::is_same_v<std::remove_cvref_t<U>, Result> &&
             !std::is_same_v<std::remove_cvref_t<U>, Error>)
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  T& operator*() & { return checked(); }
  T const& operator*() const& { return const_cast<Result*>(this)->checked(); }
  T&& operator*() && { return std::move(checked()); }
  T* operator->() { return &checked(); }
  T const* operator->() const { return &**this; }

  Error const& error() const& { return const_cast<Result*>(this)->checked_error(); }
  Error&& error() && { return std::move(checked_error()); }

 private:
  T& checked() {
    HUIYU_CHECK(has_value(), "a failed result was read as a value");
    return *std::get_if<0>(&state_);
  }
  Error& checked_error() {
    HUIYU_CHECK(!has_value(), "a successful result was read as an error");
    return *std::get_if<1>(&state_);
  }

  std::variant<T, Error> state_;
};

// Success without a value: `return {};`.
template <> class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool has_value() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return has_value(); }

  Error const& error() const& { return const_cast<Result*>(this)->checked_error(); }
  Error&& error() && { return std::move(checked_error()); }

 private:
  Error& checked_error() {
    HUIYU_CHECK(!has_value(), "a successful result was read as an error");
    return *error_;
  }

  std::optional<Error> error_;
};

}  // namespace huiyu
