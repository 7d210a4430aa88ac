#include "tests/sim/wire/tshark.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

namespace tcplab::test {

namespace {

std::string outputOf(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "r"), pclose};
    if (!pipe) throw std::runtime_error{"cannot start " + command};
    std::string output;
    for (int c = std::fgetc(pipe.get()); c != EOF; c = std::fgetc(pipe.get())) {
        output += static_cast<char>(c);
    }
    return output;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == separator) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

}  // namespace

std::vector<Fields> readByTshark(const std::string& path, const std::vector<std::string>& names) {
    std::string command =
        "tshark -n -r '" + path +
        "' -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE"
        " -o tcp.relative_sequence_numbers:FALSE -o tcp.desegment_tcp_streams:FALSE"
        " -T fields -E separator=';' -E occurrence=a -E aggregator=,";
    for (const std::string& name : names) command += " -e " + name;
    std::vector<Fields> frames;
    for (const std::string& line : split(outputOf(command + " 2>/dev/null"), '\n')) {
        if (line.empty()) continue;
        const auto values = split(line, ';');
        Fields fields;
        for (std::size_t i = 0; i < std::min(values.size(), names.size()); ++i) {
            if (!values[i].empty()) fields[names[i]] = values[i];
        }
        frames.push_back(std::move(fields));
    }
    return frames;
}

std::string hexOf(Octets octets) {
    std::string text;
    for (const std::uint8_t octet : octets) {
        std::array<char, 3> digits{};
        std::snprintf(digits.data(), digits.size(), "%02x", unsigned{octet});
        text += digits.data();
    }
    return text;
}

std::string hexText(unsigned value, int digits) {
    std::array<char, 11> text{};
    std::snprintf(text.data(), text.size(), "0x%0*x", digits, value);
    return text.data();
}

}  // namespace tcplab::test
