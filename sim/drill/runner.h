#pragma once

#include "sim/drill/lexer.h"
#include "sim/drill/script.h"
#include "sim/tcp/config.h"
#include "sim/trace/record.h"

#include <optional>
#include <string>
#include <string_view>

namespace tcplab::drill {

/// What came of a script.
struct Verdict {
    enum class Kind : std::uint8_t {
        Passed,
        Failed,
        Skipped,
        Invalid,  ///< The script makes no sense at `place`; `expected` says why.
    };
    Kind kind = Kind::Passed;
    Place place{};           ///< Of the statement that failed or is not supported.
    std::string expected{};  ///< Of a failure.
    std::string got{};
    std::string needs{};  ///< Of a skip: the feature.
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// The profile that a script names, in a line of its own: "// profile: textbook"; else the one that
/// its sysctls speak of; RFC 9293 where it has none that say so.
[[nodiscard]] tcp::Profile profileOf(std::string_view source);

/// What a profile defines for #ifdef: FreeBSD, Linux or STANDARD.
[[nodiscard]] Definitions definitionsOf(tcp::Profile profile);

/// Runs the script in virtual time against a host with this profile. `sink`, where there is one, is
/// told of all that happens; it outlives the call.
[[nodiscard]] Verdict run(const Script& script, tcp::Profile profile, Sink* sink = nullptr);

/// The same from the text of the script, with the profile that it speaks of where none is given.
/// `definitions` are added to the profile's.
[[nodiscard]] Verdict run(std::string_view source,
                          std::optional<tcp::Profile> profile,
                          const Definitions& definitions,
                          Sink* sink = nullptr);

}  // namespace tcplab::drill
