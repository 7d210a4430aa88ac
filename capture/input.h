#pragma once

#include "sim/base/bytes.h"
#include "sim/base/error.h"
#include "sim/base/expected.h"
#include "sim/base/text.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::capture {

/// Octets in order, out of a file or a decompressor.
class OctetSource {
public:
    OctetSource() = default;
    OctetSource(const OctetSource&) = delete;
    OctetSource& operator=(const OctetSource&) = delete;
    virtual ~OctetSource() = default;

    /// Fills the beginning of `into`, which is not empty, and says with how many octets: at least
    /// one, or none at the end. Otherwise the cause why there are no more. Not to be called again
    /// after either.
    [[nodiscard]] virtual Expected<std::size_t, std::string> read(std::span<std::uint8_t> into) = 0;
};

/// Why octets cannot be read, in both languages.
struct Cause {
    std::string en{};
    std::string zh{};
};

/// A window that moves over the octets of a source, so that a record can be looked at where it
/// lies. It is as long as the longest piece that was asked for, and grows only as octets arrive:
/// a length that a file merely claims costs nothing.
class Input {
public:
    /// Whether the octets are those of the file, or come from a decompressor.
    enum class Form : std::uint8_t { Stored, Decompressed };

    /// `name` is what errors call the file.
    Input(std::unique_ptr<OctetSource> source, std::string name, Form form = Form::Stored);

    /// The octets that come next: at least `count`, or all that are left. Valid until the next call
    /// of ahead() or pass().
    [[nodiscard]] Octets ahead(std::size_t count) {
        if (end_ - begin_ < count) fetch(count);
        return Octets{buffer_}.subspan(begin_, end_ - begin_);
    }
    /// Moves on by `count` octets of those that ahead() gave, which stay valid.
    void skip(std::size_t count) {
        TCPLAB_CHECK(count <= end_ - begin_);
        begin_ += count;
        offset_ += count;
    }
    /// Moves on by `count` octets, however many that are, or to the end. By how many it was.
    std::uint64_t pass(std::uint64_t count);

    /// How many octets lie behind.
    [[nodiscard]] std::uint64_t offset() const { return offset_; }
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] Form form() const { return form_; }
    /// Why there is nothing after what ahead() gave last; empty where it did not fail, but ended.
    [[nodiscard]] const std::optional<std::string>& failure() const { return failure_; }
    /// Nothing is left, and nothing failed.
    [[nodiscard]] bool atEnd() { return ahead(1).empty() && !failure_; }

    /// Why only `has` octets are left of a `thing` of `whole` octets.
    [[nodiscard]] Cause shortage(const Text& thing, std::uint64_t has, std::uint64_t whole) const;
    /// The error of a file that is not a capture, or none that can be read.
    [[nodiscard]] Unexpected<Error> refused(std::string_view why) const;
    /// The error of reading that stopped at packet `number` (1-based), whose record begins at
    /// `offset`. Of a compressed file, that is counted in what it decompresses to.
    [[nodiscard]] Unexpected<Error> stopped(std::uint32_t number,
                                            std::uint64_t offset,
                                            const Cause& why);
    /// What stopped() has told, in Chinese; empty before.
    [[nodiscard]] const std::string& stopInChinese() const { return stopInChinese_; }

private:
    void fetch(std::size_t count);

    std::unique_ptr<OctetSource> source_;
    std::string name_;
    Form form_;
    std::vector<std::uint8_t> buffer_;
    std::size_t begin_ = 0;  ///< Of the octets in the buffer that are still to come,
    std::size_t end_ = 0;    ///< and the end of them.
    std::uint64_t offset_ = 0;
    bool ended_ = false;
    std::optional<std::string> failure_{};
    std::string stopInChinese_{};
};

/// Opens the file at `path` as it is stored; "-" is standard input.
[[nodiscard]] Expected<Input, Error> openInput(const std::string& path);

}  // namespace tcplab::capture
