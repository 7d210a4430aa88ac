#include "capture/capture_file.h"

#include "capture/compressed.h"
#include "capture/input.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tcplab::capture {

/// Closed with the last of its owners.
class CaptureFile::Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

namespace {

/// The same as nothing at the end, and what went wrong.
std::string messageOf(int error) {
    return std::generic_category().message(error);
}

/// A file that vanishes when it is closed; negative where there can be none.
int openNameless() {
    std::FILE* const file = std::tmpfile();
    if (file == nullptr) return -1;
    const int number = fcntl(fileno(file), F_DUPFD_CLOEXEC, 0);
    std::fclose(file);
    return number;
}

bool writeAll(int descriptor, std::span<const std::uint8_t> octets) {
    while (!octets.empty()) {
        const ssize_t count = write(descriptor, octets.data(), octets.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        octets = octets.subspan(static_cast<std::size_t>(count));
    }
    return true;
}

}  // namespace

/// Passes octets on and keeps a copy of them.
class CaptureFile::Spool final : public OctetSource {
public:
    Spool(Input input, std::shared_ptr<const Descriptor> copy)
        : input_{std::move(input)}, copy_{std::move(copy)} {}

    Expected<std::size_t, std::string> read(std::span<std::uint8_t> into) override {
        const Octets there = input_.ahead(1);
        if (there.empty()) {
            if (input_.failure()) return Unexpected{*input_.failure()};
            return std::size_t{0};
        }
        const Octets taken = there.first(std::min(there.size(), into.size()));
        std::ranges::copy(taken, into.begin());
        if (!writeAll(copy_->number(), taken))
            return Unexpected{"there is no room for a temporary file: " + messageOf(errno)};
        input_.skip(taken.size());
        return taken.size();
    }

private:
    Input input_;
    std::shared_ptr<const Descriptor> copy_;
};

CaptureFile::CaptureFile(CaptureFile&&) noexcept = default;
CaptureFile& CaptureFile::operator=(CaptureFile&&) noexcept = default;
CaptureFile::~CaptureFile() = default;

Expected<CaptureFile, Error> CaptureFile::open(const std::string& path) {
    auto stored = openInput(path);
    if (!stored) return Unexpected{stored.error()};
    Input input = decompressed(*std::move(stored));

    CaptureFile file;
    struct stat status {};
    const bool regular = path != "-" && stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
    if (regular && input.form() == Input::Form::Stored) {
        file.size_ = static_cast<std::uint64_t>(status.st_size);
        file.again_ = std::make_shared<Descriptor>(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    } else {
        file.again_ = std::make_shared<Descriptor>(openNameless());
        std::string name = input.name();
        const Input::Form form = input.form();
        input =
            Input{std::make_unique<Spool>(std::move(input), file.again_), std::move(name), form};
    }
    if (file.again_->number() < 0)
        return Unexpected{Error{Error::Code::NotReadable, path + ": " + messageOf(errno)}};
    auto frames = openFrames(std::move(input));
    if (!frames) return Unexpected{frames.error()};
    file.frames_ = *std::move(frames);
    return file;
}

std::unique_ptr<FrameSource> CaptureFile::takeFrames() {
    return std::move(frames_);
}

bool CaptureFile::read(std::uint64_t offset, std::span<std::uint8_t> into) const {
    while (!into.empty()) {
        const ssize_t count =
            pread(again_->number(), into.data(), into.size(), static_cast<off_t>(offset));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        into = into.subspan(static_cast<std::size_t>(count));
        offset += static_cast<std::uint64_t>(count);
    }
    return true;
}

}  // namespace tcplab::capture
