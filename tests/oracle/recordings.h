#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace tcplab::test {

/// The paths of the recordings in traces.
inline std::vector<std::string> recordings() {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator{TCPLAB_SOURCE_DIR "/traces"})
        if (entry.path().extension() == ".pcap") paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

/// For INSTANTIATE_TEST_SUITE_P over them: names without signs.
struct NameOfFile {
    std::string operator()(const testing::TestParamInfo<std::string>& one) const {
        std::string name = std::filesystem::path{one.param}.stem();
        std::ranges::replace(name, '-', '_');
        return name;
    }
};

}  // namespace tcplab::test
