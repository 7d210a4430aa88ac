#pragma once

#include "sim/base/check.h"

#include <type_traits>
#include <utility>
#include <variant>

namespace tcplab {

/// The error half of an Expected, so that T and E may be the same type.
template <class E>
class Unexpected {
public:
    constexpr explicit Unexpected(E error) : error_{std::move(error)} {}
    [[nodiscard]] constexpr const E& error() const& { return error_; }
    [[nodiscard]] constexpr E&& error() && { return std::move(error_); }

private:
    E error_;
};

/// A value or the reason why there is none. The members carry std::expected's names; libstdc++ 12
/// has that type only in C++23, and this one is to be replaced by it.
template <class T, class E>
class [[nodiscard]] Expected {
public:
    constexpr Expected(T value) : state_{std::in_place_index<0>, std::move(value)} {}
    constexpr Expected(Unexpected<E> failure)
        : state_{std::in_place_index<1>, std::move(failure).error()} {}

    [[nodiscard]] constexpr bool has_value() const { return state_.index() == 0; }
    [[nodiscard]] constexpr explicit operator bool() const { return has_value(); }

    [[nodiscard]] constexpr T& value() & { return checked(), *std::get_if<0>(&state_); }
    [[nodiscard]] constexpr const T& value() const& { return checked(), *std::get_if<0>(&state_); }
    [[nodiscard]] constexpr T&& value() && {
        return checked(), std::move(*std::get_if<0>(&state_));
    }
    [[nodiscard]] constexpr T& operator*() & { return value(); }
    [[nodiscard]] constexpr const T& operator*() const& { return value(); }
    [[nodiscard]] constexpr T&& operator*() && { return std::move(*this).value(); }
    [[nodiscard]] constexpr T* operator->() { return &value(); }
    [[nodiscard]] constexpr const T* operator->() const { return &value(); }

    [[nodiscard]] constexpr const E& error() const {
        TCPLAB_CHECK(!has_value());
        return *std::get_if<1>(&state_);
    }

    friend constexpr bool operator==(const Expected&, const Expected&) = default;

private:
    constexpr void checked() const { TCPLAB_CHECK(has_value()); }

    std::variant<T, E> state_;
};

}  // namespace tcplab
