#pragma once

#include "sim/base/expected.h"
#include "sim/drill/script.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::drill {

/// What is wrong with a script, and where: "expected a flag, got ')'".
struct ScriptError {
    Place place{};
    std::string what{};
    friend bool operator==(const ScriptError&, const ScriptError&) = default;
};

/// Names that are defined, for #ifdef and as words in the script; the value may be empty.
using Definitions = std::map<std::string, std::string, std::less<>>;

struct Token {
    enum class Kind : std::uint8_t {
        End,
        Option,    ///< "--name=value": the text has both.
        Integer,   ///< The text has the digits.
        Hex,       ///< "0x1f"
        Fraction,  ///< "0.25"
        Word,
        String,  ///< Without its quotes.
        Address,
        Command,   ///< What stands between backticks.
        Code,      ///< What stands between %{ and }%.
        Ellipsis,  ///< "..."
        Sign,      ///< Any other character.
    };
    Kind kind = Kind::End;
    Place place{};
    std::string text{};
    std::int64_t value = 0;  ///< Of Integer and Hex.
    std::size_t from = 0;    ///< Where it lies in the source.
    std::size_t to = 0;
    bool firstOfLine = false;
};

/// The tokens of a script, the last of kind End. Comments and the parts that #ifdef leaves out are
/// dropped; words that are defined are replaced.
[[nodiscard]] Expected<std::vector<Token>, ScriptError> tokenize(std::string_view source,
                                                                 const Definitions& definitions);

}  // namespace tcplab::drill
