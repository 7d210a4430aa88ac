#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {

/// A recording of ours.
[[nodiscard]] inline std::string recording(std::string_view name) {
    return TCPLAB_SOURCE_DIR "/traces/" + std::string{name};
}

/// The capture files in a folder and below it, in order of their names; none where it is missing.
[[nodiscard]] inline std::vector<std::string> capturesIn(const std::filesystem::path& folder) {
    std::vector<std::string> files;
    if (!std::filesystem::is_directory(folder)) return files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        const std::string path = entry.path().string();
        if (path.ends_with(".pcap") || path.ends_with(".pcapng")) files.push_back(path);
    }
    std::ranges::sort(files);
    return files;
}

/// Where captures lie that others made and that are no part of this repository; perhaps nowhere.
[[nodiscard]] inline std::filesystem::path sharedCaptures() {
    const char* shared = std::getenv("TCPLAB_SHARED");
    return std::filesystem::path{shared == nullptr ? "" : shared} / "captures";
}

}  // namespace tcplab::test
