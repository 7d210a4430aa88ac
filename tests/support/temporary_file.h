#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tcplab::test {

/// A file with this content, for as long as the object lives. Its name ends in `suffix`.
class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view content = {}, std::string_view suffix = {}) {
        std::string name = (std::filesystem::temp_directory_path() / "tcplab-XXXXXX").string();
        name += suffix;
        close(mkstemps(name.data(), static_cast<int>(suffix.size())));
        path_ = name;
        write(content);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    ~TemporaryFile() { std::filesystem::remove(path_); }

    void write(std::string_view content) const {
        std::ofstream file{path_, std::ios::binary | std::ios::trunc};
        file.write(content.data(), static_cast<std::streamsize>(content.size()));
    }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_{};
};

/// What the file holds.
[[nodiscard]] inline std::string contentOf(const std::string& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace tcplab::test
