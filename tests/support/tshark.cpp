#include "tests/support/tshark.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace tcplab::test {

std::string outputOf(const std::string& command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command.c_str(), "r"), pclose};
    if (!pipe) throw std::runtime_error{"cannot start " + command};
    std::string output;
    std::array<char, 4096> buffer{};
    for (std::size_t count = 1; count > 0;) {
        count = std::fread(buffer.data(), 1, buffer.size(), pipe.get());
        output.append(buffer.data(), count);
    }
    return output;
}

bool tsharkIsThere() {
    static const bool there = std::system("command -v tshark >/dev/null") == 0;
    return there;
}

std::vector<std::string> tshark(const std::string& file,
                                const std::vector<std::string>& fields,
                                std::string_view options) {
    std::string command =
        "tshark -n -r '" + file + "' -o tcp.check_checksum:TRUE -T fields " + std::string{options};
    for (const std::string& field : fields) command += " -e " + field;
    std::istringstream output{outputOf(command + " 2>/dev/null")};
    std::vector<std::string> rows;
    for (std::string row; std::getline(output, row);) rows.push_back(row);
    return rows;
}

std::vector<TsharkFields> tsharkFields(const std::string& file,
                                       const std::vector<std::string>& fields,
                                       std::string_view options) {
    std::vector<TsharkFields> packets;
    for (const std::string& row : tshark(file, fields, options)) {
        TsharkFields& packet = packets.emplace_back();
        std::istringstream values{row};
        std::string value;
        for (const std::string& field : fields) {
            if (std::getline(values, value, '\t') && !value.empty()) packet[field] = value;
        }
    }
    return packets;
}

std::vector<std::string> differences(const TsharkFields& theirs, const TsharkFields& ours) {
    TsharkFields all = theirs;
    all.insert(ours.begin(), ours.end());
    std::vector<std::string> different;
    for (const auto& [name, value] : all) {
        const auto said = [&name = name](const TsharkFields& fields) {
            const auto found = fields.find(name);
            return found == fields.end() ? std::string{"nothing"} : found->second;
        };
        if (said(theirs) == said(ours)) continue;
        different.push_back(name + ": tshark says " + said(theirs) + ", and we say " + said(ours));
    }
    return different;
}

}  // namespace tcplab::test
