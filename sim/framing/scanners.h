#pragma once

#include "sim/framing/http.h"
#include "sim/framing/json.h"
#include "sim/framing/resp.h"
#include "sim/framing/scan.h"

#include <array>
#include <variant>

// One scanner for each framing: scan() is given the octets from the beginning of a message, each
// time as many as before or more, until it says something else than More. setMaximum() is called
// between two messages. Private to sim/framing.
namespace tcplab::framing {

class FixedScanner {
public:
    explicit FixedScanner(const Fixed& fixed) : size_{fixed.size} {}
    [[nodiscard]] Scan scan(Octets at) const {
        return at.size() < size_ ? Scan::more(size_) : Scan::frame(size_, 0, size_);
    }
    [[nodiscard]] std::uint64_t limit() const { return size_; }

private:
    std::size_t size_;
};

class DelimitedScanner {
public:
    explicit DelimitedScanner(const Delimited& delimited);
    [[nodiscard]] Scan scan(Octets at);
    [[nodiscard]] std::uint64_t limit() const { return maximum_ + longest(); }
    void setMaximum(std::uint64_t maximum) { maximum_ = maximum; }

private:
    [[nodiscard]] std::size_t longest() const { return delimiters_.front().size(); }
    [[nodiscard]] std::size_t findEnd(Octets at) const;
    [[nodiscard]] std::size_t completeAt(Octets upTo) const;
    Scan found(std::size_t size, std::size_t delimiter);
    Scan discard(std::size_t count);

    std::vector<Bytes> delimiters_;  ///< The longest first.
    bool strip_;
    bool failFast_;
    std::uint64_t maximum_;
    std::array<bool, 256> ends_{};  ///< Octets that are the last of a delimiter.
    std::optional<std::uint8_t> onlyEnd_{};
    std::size_t scanned_ = 0;
    bool discarding_ = false;
    std::uint64_t discarded_ = 0;
};

class LengthFieldScanner {
public:
    explicit LengthFieldScanner(const LengthField& field) : field_{field} {}
    [[nodiscard]] Scan scan(Octets at);
    [[nodiscard]] std::uint64_t limit() const;
    void setMaximum(std::uint64_t maximum) { field_.maximum = maximum; }

private:
    LengthField field_;
    std::optional<FramingError> late_{};  ///< To be told now that its octets are gone.
};

class VarintScanner {
public:
    explicit VarintScanner(const Varint& varint)
        : offset_{varint.offset}, maximum_{varint.maximum} {}
    [[nodiscard]] Scan scan(Octets at) const;
    [[nodiscard]] std::uint64_t limit() const { return offset_ + maximum_ + 5; }
    void setMaximum(std::uint64_t maximum) { maximum_ = maximum; }

private:
    std::size_t offset_;
    std::uint64_t maximum_;
};

class TlsScanner {
public:
    explicit TlsScanner(const TlsRecords& /*tls*/) {}
    [[nodiscard]] Scan scan(Octets at) const;
    [[nodiscard]] std::uint64_t limit() const { return 1U << 15U; }
};

class BerScanner {
public:
    explicit BerScanner(const Ber& ber) : maximum_{ber.maximum} {}
    [[nodiscard]] Scan scan(Octets at) const;
    [[nodiscard]] std::uint64_t limit() const { return maximum_ + 32; }
    void setMaximum(std::uint64_t maximum) { maximum_ = maximum; }

private:
    std::uint64_t maximum_;
};

class WebSocketScanner {
public:
    explicit WebSocketScanner(const WebSocket& framing) : maximum_{framing.maximum} {}
    [[nodiscard]] Scan scan(Octets at) const;
    [[nodiscard]] std::uint64_t limit() const { return maximum_ + 14; }
    void setMaximum(std::uint64_t maximum) { maximum_ = maximum; }

private:
    std::uint64_t maximum_;
};

using Scanner = std::variant<FixedScanner,
                             DelimitedScanner,
                             LengthFieldScanner,
                             VarintScanner,
                             JsonScanner,
                             HeaderJsonScanner,
                             TlsScanner,
                             HttpScanner,
                             RespScanner,
                             BerScanner,
                             WebSocketScanner>;

}  // namespace tcplab::framing
