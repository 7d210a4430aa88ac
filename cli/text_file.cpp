#include "cli/text_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tcplab::cli {

Expected<std::string, Error> readText(const std::string& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return Unexpected{Error{Error::Code::NotReadable, path + ": is a directory"}};
    errno = 0;
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        const auto code = errno == ENOENT ? Error::Code::NotFound : Error::Code::NotReadable;
        return Unexpected{Error{code, path + ": " + std::strerror(errno)}};
    }
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file.bad()) return text;
    return Unexpected{Error{Error::Code::Incomplete, path + ": " + std::strerror(errno)}};
}

std::optional<Error> writeText(const std::string& path, std::string_view text) {
    errno = 0;
    std::ofstream file{path, std::ios::binary | std::ios::trunc};
    file << text;
    file.flush();
    if (file) return std::nullopt;
    return Error{Error::Code::NotWritable,
                 path + ": cannot be written: " + std::strerror(errno == 0 ? EIO : errno)};
}

bool isSameFile(const std::string& a, const std::string& b) {
    std::error_code ignored;
    return std::filesystem::equivalent(a, b, ignored);
}

}  // namespace tcplab::cli
