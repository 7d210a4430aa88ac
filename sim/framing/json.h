#pragma once

#include "sim/framing/scan.h"

#include <string_view>
#include <vector>

namespace tcplab::framing {

/// Follows one JSON value octet by octet: strings with their escapes, brackets that match. It looks
/// at the shape only: what stands between the brackets need not be right.
class JsonWalk {
public:
    enum class Step : std::uint8_t { On, Ended, EndedBefore, Wrong };
    [[nodiscard]] Step step(std::uint8_t octet);
    /// How many of these octets only go on within a string: as many steps that change nothing.
    [[nodiscard]] std::size_t plain(Octets octets) const;
    /// Whether what was seen may be a whole value: a number or literal.
    [[nodiscard]] bool mayEnd() const { return inWord_; }

private:
    std::vector<bool> open_{};  ///< For each open bracket: whether it is a brace.
    bool inString_ = false;
    bool escaped_ = false;
    bool inWord_ = false;  ///< In a number or literal that is the whole value.
};

[[nodiscard]] bool isJsonSpace(std::uint8_t octet);

class JsonScanner {
public:
    explicit JsonScanner(const Json& json) : json_{json} {}
    [[nodiscard]] Scan scan(Octets at);
    /// What is left when the stream has ended.
    [[nodiscard]] Scan atEnd(Octets rest);
    [[nodiscard]] std::uint64_t limit() const { return json_.maximum + 1; }
    void setMaximum(std::uint64_t maximum) { json_.maximum = maximum; }

private:
    [[nodiscard]] bool between(std::uint8_t octet);
    Scan value(std::size_t size);

    Json json_;
    JsonWalk walk_{};
    std::size_t seen_ = 0;
    bool inArray_ = false;  ///< Within the array whose elements are wanted.
};

class HeaderJsonScanner {
public:
    explicit HeaderJsonScanner(const HeaderJson& framing) : framing_{framing} {}
    [[nodiscard]] Scan scan(Octets at);
    [[nodiscard]] std::uint64_t limit() const { return framing_.maximum + 4; }
    void setMaximum(std::uint64_t maximum) { framing_.maximum = maximum; }

private:
    HeaderJson framing_;
    std::uint64_t whole_ = 0;  ///< Octets of the message, once its header has told.
    std::size_t bodyFrom_ = 0;
};

/// The member of the JSON object `header` that holds a size: `key`, or with an empty key the first
/// number whose name has "size" or "len" in it. Nothing where there is none.
[[nodiscard]] std::optional<std::uint64_t> sizeNamedIn(Octets header, std::string_view key);

}  // namespace tcplab::framing
