#include "tests/capture/tshark.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace tcplab::test {

std::string outputOf(const std::string& command) {
    std::string output;
    std::FILE* pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return output;
    std::array<char, 4096> buffer{};
    for (std::size_t count = 1; count > 0;) {
        count = std::fread(buffer.data(), 1, buffer.size(), pipe);
        output.append(buffer.data(), count);
    }
    pclose(pipe);
    return output;
}

bool tsharkIsThere() {
    static const bool there = std::system("command -v tshark >/dev/null") == 0;
    return there;
}

std::vector<std::string> tshark(const std::string& file, const std::vector<std::string>& fields) {
    // Read twice, so that what a flow is in the end is told of each packet. ICMP quotes TCP.
    std::string command =
        "tshark -n -2 -o tcp.check_checksum:TRUE -Y \"tcp and not icmp\" -T fields -r " + file;
    for (const std::string& field : fields) command += " -e " + field;
    std::istringstream output{outputOf(command + " 2>/dev/null")};
    std::vector<std::string> rows;
    for (std::string row; std::getline(output, row);) rows.push_back(row);
    return rows;
}

}  // namespace tcplab::test
