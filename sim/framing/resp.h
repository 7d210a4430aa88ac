#pragma once

#include "sim/framing/scan.h"

namespace tcplab::framing {

/// Values of RESP, the protocol of Redis: lines that end in CR LF, of which some announce octets
/// and some so many values more.
class RespScanner {
public:
    explicit RespScanner(const Resp& resp) : maximum_{resp.maximum} {}
    [[nodiscard]] Scan scan(Octets at);
    [[nodiscard]] std::uint64_t limit() const { return maximum_; }
    void setMaximum(std::uint64_t maximum) { maximum_ = maximum; }

private:
    std::optional<Scan> line(Octets at, std::size_t end);
    [[nodiscard]] bool endsLine(Octets at) const;
    [[nodiscard]] Scan tooLong() const;

    std::uint64_t maximum_;
    std::size_t at_ = 0;        ///< How far the message is understood.
    std::size_t looked_ = 0;    ///< How far the end of a line was looked for.
    std::uint64_t values_ = 1;  ///< Still to come.
};

}  // namespace tcplab::framing
