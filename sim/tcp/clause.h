#pragma once

#include "sim/base/text.h"

#include <cstdint>
#include <string>

namespace tcplab::tcp {

/// The place in a standard that a decision follows, and what it says there in our words. A Clause
/// is a pointer to an entry with static storage (the entries are in clauses.h): copying it is
/// cheap, and two are equal where they are the same decision.
class Clause {
public:
    struct Entry {
        std::uint16_t rfc = 9293;
        std::string_view section{};  ///< "3.10.7.4"
        std::uint8_t step = 0;  ///< The number of the check within the section; 0: it has none.
        Text says{};
    };

    constexpr Clause() = default;
    constexpr Clause(const Entry& entry) : entry_{&entry} {}

    [[nodiscard]] constexpr explicit operator bool() const { return entry_ != nullptr; }
    [[nodiscard]] constexpr const Entry* operator->() const { return entry_; }

    /// "RFC 9293 3.10.7.4 (2)"; empty where there is no clause.
    [[nodiscard]] std::string citation() const;

    friend constexpr bool operator==(const Clause&, const Clause&) = default;

private:
    const Entry* entry_ = nullptr;
};

}  // namespace tcplab::tcp
