#pragma once

#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/side.h"
#include "sim/base/text.h"
#include "sim/framing/framing.h"
#include "sim/net/world.h"
#include "sim/wire/address.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::net {

/// A text in both languages that a scenario file brings along.
struct Bilingual {
    std::string en{};
    std::string zh{};  ///< zh_CN

    [[nodiscard]] std::string_view in(Language language) const {
        return language == Language::Chinese ? zh : en;
    }
};

/// One host of a scenario.
struct HostPlan {
    wire::SocketAddress address{};
    tcp::Config config{};
    std::optional<Seq> iss{};  ///< Empty: drawn from the seed.
    Program program{};
};

/// Something to think about while the scenario plays.
struct Question {
    Bilingual ask{};
    Bilingual answer{};
    std::optional<Instant> at{};  ///< When to ask; empty: at the end.
    /// It asks what comes next, which the model answers: see sim/trace/prediction.h.
    bool predict = false;
    /// The reader is to bring an end of the connection into this state, by whatever means.
    std::optional<tcp::State> reach{};
};

/// What must hold of one end when the scenario has been played.
struct Expectation {
    Side side{};
    std::optional<tcp::State> endsIn{};
    std::vector<tcp::State> visits{};     ///< In this order, perhaps with others between.
    std::optional<std::uint32_t> lost{};  ///< Of the packets that it sent.
    std::optional<std::uint32_t> retransmissions{};  ///< That it sent.
};

/// The parts of a course in which scenarios are listed, in its order.
enum class Topic : std::uint8_t { Opening, Data, Loss, Closing, Messages };
inline constexpr std::array kTopics{
    Topic::Opening, Topic::Data, Topic::Loss, Topic::Closing, Topic::Messages};

/// A conversation to play: hosts, the link between them, the calls of their programs.
struct Scenario {
    std::string name{};  ///< "four-way-close"
    std::optional<Topic> topic{};
    std::uint32_t order = 0;  ///< Among those of its topic.
    Bilingual title{};
    Bilingual notes{};
    PerSide<HostPlan> hosts{};
    PerSide<Link> links{};                      ///< By who sends.
    std::optional<framing::Framing> framing{};  ///< How the programs mark their messages.
    std::vector<Question> questions{};
    std::vector<Expectation> expectations{};
    std::optional<Instant> opensAt{};  ///< Where a reader begins; empty: at the first step.
    std::optional<Instant> until{};    ///< When to stop; empty: when nothing is left to happen.
};

/// The world in which the scenario begins. The same seed gives the same world.
[[nodiscard]] World begin(const Scenario& scenario, std::uint64_t seed);

/// Something of a scenario file said anew: "link.delay", "50ms". The value is TOML, or else the
/// text of a string.
struct Setting {
    std::string key{};
    std::string value{};
};

/// Reads "KEY=VALUE".
[[nodiscard]] Expected<Setting, Error> parseSetting(std::string_view text);

/// Reads a scenario (docs/scenario.md). `origin` names the text in errors, which say line, column,
/// what was expected and the nearest right word: a path, or a built-in's name. The scenario's name
/// is the last part of `origin` without ".toml". Then the settings take the place of what is
/// written there; what is wrong with one is Code::Usage.
[[nodiscard]] Expected<Scenario, Error> parseScenario(std::string_view toml,
                                                      std::string_view origin,
                                                      std::span<const Setting> settings = {});

/// The scenarios that are compiled in from traces/scenarios, in the order of their names.
[[nodiscard]] const std::vector<Scenario>& builtInScenarios();

/// The built-in with this name; else the error names the nearest right one.
[[nodiscard]] Expected<Scenario, Error> scenarioNamed(std::string_view name,
                                                      std::span<const Setting> settings = {});

}  // namespace tcplab::net
