#pragma once

#include "sim/framing/http.h"
#include "sim/framing/json.h"
#include "sim/framing/scan.h"

#include <array>
#include <variant>

// One scanner for each framing: scan() is given the octets from the beginning of a message, each
// time as many as before or more, until it says something else than More. Private to sim/framing.
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

private:
    LengthField field_;
    std::optional<FramingError> late_{};  ///< To be told now that its octets are gone.
};

class VarintScanner {
public:
    explicit VarintScanner(const Varint& varint) : maximum_{varint.maximum} {}
    [[nodiscard]] Scan scan(Octets at) const;
    [[nodiscard]] std::uint64_t limit() const { return maximum_ + 5; }

private:
    std::uint64_t maximum_;
};

class TlsScanner {
public:
    explicit TlsScanner(const TlsRecords& /*tls*/) {}
    [[nodiscard]] Scan scan(Octets at) const;
    [[nodiscard]] std::uint64_t limit() const { return 1U << 15U; }
};

using Scanner = std::variant<FixedScanner,
                             DelimitedScanner,
                             LengthFieldScanner,
                             VarintScanner,
                             JsonScanner,
                             HeaderJsonScanner,
                             TlsScanner,
                             HttpScanner>;

}  // namespace tcplab::framing
