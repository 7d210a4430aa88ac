#pragma once

#include "cli/rows.h"
#include "sim/base/side.h"
#include "sim/base/text.h"
#include "sim/framing/framing.h"
#include "sim/net/scenario.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

namespace tcplab::cli {

/// What `tcplab frame` is asked for.
struct FrameRequest {
    std::vector<std::string> files{};  ///< Captures or plain octets; "-" is standard input.
    std::optional<framing::Framing> framing{};  ///< Empty: to be inferred.
    bool messages = false;  ///< Inferred, and then a row a message all the same.
    bool prove = false;     ///< Try all ways to cut the streams instead.
    std::optional<std::uint32_t> flow{};
    std::optional<Side> from{};
    Format format = Format::Table;
    bool colour = false;
    Language language = Language::English;
};

/// Splits what the files hold into messages and prints them on `out`, remarks on `err`. The exit
/// code.
[[nodiscard]] int frame(const FrameRequest& request, std::ostream& out, std::ostream& err);

/// What `tcplab frame` is asked for with a scenario.
struct StreamRequest {
    std::string scenario{};  ///< A built-in's name, or the path of a .toml file.
    std::vector<net::Setting> settings{};
    std::uint64_t seed = 1;
    bool udp = false;    ///< The same programs over UDP.
    std::string path{};  ///< An .svg file to write; empty: none.
    std::optional<Side> from{};
    Format format = Format::Table;
    bool colour = false;
    Language language = Language::English;
};

/// Plays a scenario and shows what was sent and received over one axis. The exit code.
[[nodiscard]] int frameScenario(const StreamRequest& request, std::ostream& out, std::ostream& err);

}  // namespace tcplab::cli
