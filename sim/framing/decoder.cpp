#include "sim/framing/decoder.h"

#include "sim/base/overloaded.h"

#include <algorithm>

namespace tcplab::framing {
namespace {

// So many octets at least are looked at together where a message began in an earlier piece.
constexpr std::uint64_t kBlock = 512;

Scanner scannerOf(const Framing& framing) {
    return std::visit(Overloaded{
                          [](const Fixed& f) -> Scanner { return FixedScanner{f}; },
                          [](const Delimited& f) -> Scanner { return DelimitedScanner{f}; },
                          [](const LengthField& f) -> Scanner { return LengthFieldScanner{f}; },
                          [](const Varint& f) -> Scanner { return VarintScanner{f}; },
                          [](const Json& f) -> Scanner { return JsonScanner{f}; },
                          [](const HeaderJson& f) -> Scanner { return HeaderJsonScanner{f}; },
                          [](const TlsRecords& f) -> Scanner { return TlsScanner{f}; },
                          [](const Http& f) -> Scanner { return HttpScanner{f}; },
                          [](const Resp& f) -> Scanner { return RespScanner{f}; },
                          [](const Ber& f) -> Scanner { return BerScanner{f}; },
                          [](const WebSocket& f) -> Scanner { return WebSocketScanner{f}; },
                      },
                      framing);
}

}  // namespace

Decoder::Decoder(const Framing& framing) : scanner_{scannerOf(framing)} {}

std::optional<std::uint64_t> Decoder::stoppedAt() const {
    return stopped_ ? std::optional{begin_} : std::nullopt;
}

// Grows by doubling, and not past what the framing can ask for.
void Decoder::hold(Octets octets, std::uint64_t limit) {
    const std::size_t size = pending_.size() + octets.size();
    if (size > pending_.capacity()) {
        const auto most = std::max<std::uint64_t>(size, limit + kBlock);
        pending_.reserve(static_cast<std::size_t>(
            std::min<std::uint64_t>(most, std::max(size, 2 * pending_.capacity()))));
    }
    pending_.insert(pending_.end(), octets.begin(), octets.end());
}

// Appends what the scan has found. `at` begins where the message does.
void Decoder::tell(const Scan& scan, Octets at, std::vector<Piece>& out) {
    if (scan.error) {
        FramingError error = *scan.error;
        error.offset += begin_;
        out.emplace_back(error);
    }
    if (scan.kind != Scan::Kind::Frame) return;
    out.emplace_back(Message{.frame = {begin_, begin_ + scan.size},
                             .body = {begin_ + scan.bodyFrom, begin_ + scan.bodyTo},
                             .octets = at.subspan(scan.bodyFrom, scan.bodyTo - scan.bodyFrom),
                             .whole = at.first(static_cast<std::size_t>(scan.size))});
}

template <class Scanner>
void Decoder::run(Scanner& scanner, Octets chunk, std::vector<Piece>& out) {
    while (!stopped_) {
        const auto passed = static_cast<std::size_t>(std::min<std::uint64_t>(skip_, chunk.size()));
        chunk = chunk.subspan(passed);
        begin_ += passed;
        skip_ -= passed;
        if (skip_ > 0) return;

        if (newMaximum_ && !begun_) {
            if constexpr (requires { scanner.setMaximum(*newMaximum_); })
                scanner.setMaximum(*newMaximum_);
            newMaximum_.reset();
        }
        const std::size_t before = pending_.size();
        if (before > 0)
            hold(chunk.first(
                     static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), wanted_))),
                 scanner.limit());
        const Octets at = before > 0 ? Octets{pending_} : chunk;
        const Scan scan = scanner.scan(at);
        tell(scan, at, out);
        begun_ = scan.kind == Scan::Kind::More && !at.empty();
        switch (scan.kind) {
            case Scan::Kind::More: {
                const bool all = before == 0 || at.size() - before == chunk.size();
                if (before == 0) hold(chunk, scanner.limit());
                wanted_ =
                    std::max(kBlock, scan.size - std::min<std::uint64_t>(scan.size, at.size()));
                if (all) return;
                chunk = chunk.subspan(at.size() - before);
                break;
            }
            case Scan::Kind::Frame:
            case Scan::Kind::Skip: {
                const auto here =
                    static_cast<std::size_t>(std::min<std::uint64_t>(scan.size, at.size()));
                begin_ += here;
                skip_ = scan.size - here;
                if (here >= before) {
                    chunk = chunk.subspan(here - before);
                    if (before > 0) held_.swap(pending_);  // The message just told lies there.
                    pending_.clear();
                } else {
                    chunk = chunk.subspan(at.size() - before);
                    pending_.erase(pending_.begin(),
                                   pending_.begin() + static_cast<std::ptrdiff_t>(here));
                }
                break;
            }
            case Scan::Kind::Stop: stopped_ = true; break;
        }
    }
}

void Decoder::addAnswerToHead(std::uint64_t response) {
    if (auto* http = std::get_if<HttpScanner>(&scanner_)) http->addAnswerToHead(response);
}

void Decoder::push(Octets octets, std::vector<Piece>& out) {
    std::visit([&](auto& scanner) { run(scanner, octets, out); }, scanner_);
}

void Decoder::finish(std::vector<Piece>& out) {
    if (stopped_ || (pending_.empty() && skip_ == 0)) return;
    const Octets rest{pending_};
    Scan last =
        Scan::stop(FramingError{.kind = FramingError::Kind::Incomplete, .value = rest.size()});
    if (auto* json = std::get_if<JsonScanner>(&scanner_)) last = json->atEnd(rest);
    if (auto* http = std::get_if<HttpScanner>(&scanner_)) last = http->atEnd(rest);
    tell(last, rest, out);
    stopped_ = last.kind == Scan::Kind::Stop;
    begin_ += last.size;
}

std::vector<Piece> decodeAll(const Framing& framing, Octets stream) {
    Decoder decoder{framing};
    std::vector<Piece> pieces;
    decoder.push(stream, pieces);
    decoder.finish(pieces);
    // What was unfinished lay in the decoder, and ends with the stream.
    if (pieces.empty()) return pieces;
    if (auto* last = std::get_if<Message>(&pieces.back())) {
        const auto from = [stream](const StreamRange& range) {
            return stream.subspan(static_cast<std::size_t>(range.begin),
                                  static_cast<std::size_t>(range.size()));
        };
        last->octets = from(last->body);
        last->whole = from(last->frame);
    }
    return pieces;
}

}  // namespace tcplab::framing
