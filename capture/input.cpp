#include "capture/input.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tcplab::capture {
namespace {

// Enough that a system call or a call of a decompressor is rare beside the packets in it, and
// little enough to stay in a processor's cache.
constexpr std::size_t kWindow = std::size_t{256} * 1024;

/// read(2) and not a stream of the library: it gives what a pipe has, and does not wait for more.
class File final : public OctetSource {
public:
    explicit File(int descriptor) : descriptor_{descriptor} {}
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() override {
        if (descriptor_ != STDIN_FILENO) close(descriptor_);
    }

    Expected<std::size_t, std::string> read(std::span<std::uint8_t> into) override {
        for (;;) {
            const ssize_t count = ::read(descriptor_, into.data(), into.size());
            if (count >= 0) return static_cast<std::size_t>(count);
            if (errno != EINTR) return Unexpected{std::generic_category().message(errno)};
        }
    }

private:
    int descriptor_;
};

}  // namespace

Input::Input(std::unique_ptr<OctetSource> source, std::string name, Form form)
    : source_{std::move(source)}, name_{std::move(name)}, form_{form}, buffer_(kWindow) {}

std::uint64_t Input::pass(std::uint64_t count) {
    std::uint64_t passed = 0;
    while (passed < count) {
        const std::size_t there = ahead(1).size();
        if (there == 0) break;
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(there, count - passed));
        skip(step);
        passed += step;
    }
    return passed;
}

void Input::fetch(std::size_t count) {
    std::copy(buffer_.data() + begin_, buffer_.data() + end_, buffer_.data());
    end_ -= std::exchange(begin_, 0);
    while (end_ < count && !ended_) {
        if (end_ == buffer_.size()) buffer_.resize(std::min(2 * end_, count));
        auto got = source_->read(std::span{buffer_}.subspan(end_));
        ended_ = !got || *got == 0;
        if (got) {
            end_ += *got;
        } else {
            failure_ = got.error();
        }
    }
}

Cause Input::shortage(const Text& thing, std::uint64_t has, std::uint64_t whole) const {
    if (failure_) {
        const bool stored = form_ == Form::Stored;
        return {*failure_, stored ? "读取文件时出错" : "压缩数据不完整或已损坏"};
    }
    const std::string some = std::to_string(has);
    const std::string all = std::to_string(whole);
    return {
        "the file ends after " + some + " of the " + all + " octets of " + std::string{thing.en},
        std::string{thing.zh} + "应有 " + all + " 字节，文件中只剩 " + some + " 字节"};
}

Unexpected<Error> Input::refused(std::string_view why) const {
    return Unexpected{Error{Error::Code::NotReadable,
                            name_ + ": is not a capture file that can be read: " +
                                (failure_ ? *failure_ : std::string{why})}};
}

Unexpected<Error> Input::stopped(std::uint32_t number, std::uint64_t offset, const Cause& why) {
    stopInChinese_ = name_ + "：读到第 " + std::to_string(number) + " 个报文（" +
                     (form_ == Form::Decompressed ? "解压后" : "") + "第 " +
                     std::to_string(offset) + " 字节处）时停止，" + why.zh;
    return Unexpected{
        Error{Error::Code::Incomplete,
              name_ + ": stopped at packet " + std::to_string(number) + ", octet " +
                  std::to_string(offset) +
                  (form_ == Form::Decompressed ? " of what it decompresses to: " : ": ") + why.en}};
}

Expected<Input, Error> openInput(const std::string& path) {
    using Code = Error::Code;
    if (path == "-") return Input{std::make_unique<File>(STDIN_FILENO), "standard input"};
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored)) {
        return Unexpected{Error{Code::NotReadable, path + ": is a directory"}};
    }
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        const int why = errno;
        return Unexpected{Error{why == ENOENT ? Code::NotFound : Code::NotReadable,
                                path + ": " + std::generic_category().message(why)}};
    }
    return Input{std::make_unique<File>(descriptor), path};
}

}  // namespace tcplab::capture
