#pragma once

#include "sim/net/scenario.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <string_view>

namespace tcplab::net {

inline void PrintTo(const Scenario& scenario, std::ostream* out) {
    *out << scenario.name;
}

}  // namespace tcplab::net

namespace tcplab::test {

/// The scenario that the TOML describes; title and notes are put in front.
inline Expected<net::Scenario, Error> parsed(std::string_view toml,
                                             std::string_view origin = "test.toml") {
    const std::string texts =
        "title = { en = \"t\", zh_CN = \"t\" }\nnotes = { en = \"n\", zh_CN = \"n\" }\n";
    return net::parseScenario(texts + std::string{toml}, origin);
}

inline net::Scenario scenario(std::string_view toml) {
    auto made = parsed(toml);
    if (!made) throw std::invalid_argument{made.error().what};
    return *made;
}

/// For INSTANTIATE_TEST_SUITE_P over builtInScenarios(): names without signs.
struct NameOfScenario {
    std::string operator()(const testing::TestParamInfo<net::Scenario>& one) const {
        std::string name = one.param.name;
        std::ranges::replace(name, '-', '_');
        return name;
    }
};

}  // namespace tcplab::test
