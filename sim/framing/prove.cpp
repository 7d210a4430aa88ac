#include "sim/framing/prove.h"

#include "sim/framing/decoder.h"
#include "sim/framing/json.h"
#include "sim/framing/scan.h"

#include <algorithm>
#include <numeric>

namespace tcplab::framing {
namespace {

std::vector<std::uint8_t> copy(Octets octets) {
    return {octets.begin(), octets.end()};
}

Messages decoded(const Framing& framing, std::span<const Octets> reads) {
    Decoder decoder{framing};
    Messages messages;
    std::vector<Piece> pieces;
    const auto take = [&] {
        for (const Piece& piece : pieces)
            if (const auto* message = std::get_if<Message>(&piece))
                messages.push_back(copy(message->octets));
        pieces.clear();
    };
    for (const Octets read : reads) {
        decoder.push(read, pieces);
        take();
    }
    decoder.finish(pieces);
    take();
    return messages;
}

Octets stripped(Octets octets) {
    while (!octets.empty() && isJsonSpace(octets.front())) octets = octets.subspan(1);
    while (!octets.empty() && isJsonSpace(octets.back())) octets = octets.first(octets.size() - 1);
    return octets;
}

// Messages between line feeds, once no more comes; `each` is done to every read first.
template <class Each>
Messages splitAtNewlines(std::span<const Octets> reads, Each each) {
    std::vector<std::uint8_t> all;
    for (const Octets read : reads) {
        const Octets kept = each(read);
        all.insert(all.end(), kept.begin(), kept.end());
    }
    Messages messages;
    auto rest = Octets{all};
    while (!rest.empty()) {
        const auto end = std::ranges::find(rest, std::uint8_t{'\n'});
        const auto size = static_cast<std::size_t>(end - rest.begin());
        Octets line = rest.first(size);
        if (!line.empty() && line.back() == '\r') line = line.first(size - 1);
        messages.push_back(copy(line));
        rest = rest.subspan(std::min(rest.size(), size + 1));
    }
    return messages;
}

/// The reads as recv(n) gives them: at most n octets, and none of the next read.
class Socket {
public:
    explicit Socket(std::span<const Octets> reads) : reads_{reads} {}
    Octets recv(std::uint64_t most) {
        while (!reads_.empty() && reads_.front().size() == at_) {
            reads_ = reads_.subspan(1);
            at_ = 0;
        }
        if (reads_.empty()) return {};
        const std::size_t size = std::min<std::size_t>(
            reads_.front().size() - at_,
            static_cast<std::size_t>(std::min<std::uint64_t>(most, 1U << 30U)));
        at_ += size;
        return reads_.front().subspan(at_ - size, size);
    }
    /// Calls recv until there are so many, or no more come.
    std::vector<std::uint8_t> recvAll(std::uint64_t count) {
        std::vector<std::uint8_t> all;
        while (all.size() < count) {
            const Octets some = recv(count - all.size());
            if (some.empty()) break;
            all.insert(all.end(), some.begin(), some.end());
        }
        return all;
    }

private:
    std::span<const Octets> reads_;
    std::size_t at_ = 0;
};

// A length field read by hand; one of its two steps is wrong.
Messages byLength(const LengthField& field, std::span<const Octets> reads, bool trustsHeader) {
    Socket socket{reads};
    Messages messages;
    const std::size_t end = field.offset + field.width;
    for (;;) {
        const std::vector<std::uint8_t> head =
            trustsHeader ? copy(socket.recv(end)) : socket.recvAll(end);
        if (head.empty()) return messages;
        const Octets number = Octets{head}.subspan(std::min(head.size(), field.offset));
        const std::uint64_t value = readNumber(number, field.endian);
        const auto rest = saturatingSum(static_cast<std::int64_t>(value), field.adjust);
        const std::uint64_t count = rest > 0 ? static_cast<std::uint64_t>(rest) : 0;
        std::vector<std::uint8_t> message = head;
        const std::vector<std::uint8_t> body =
            trustsHeader ? socket.recvAll(count) : copy(socket.recv(count));
        message.insert(message.end(), body.begin(), body.end());
        messages.push_back(copy(Octets{message}.subspan(std::min(field.strip, message.size()))));
    }
}

// With single reads the frames themselves are the messages.
Messages framesOf(const Framing& framing, Octets stream) {
    Messages frames;
    for (const Piece& piece : decodeAll(framing, stream))
        if (const auto* message = std::get_if<Message>(&piece))
            frames.push_back(copy(stream.subspan(static_cast<std::size_t>(message->frame.begin),
                                                 static_cast<std::size_t>(message->frame.size()))));
    return frames;
}

// The next choice of so many of the offsets 1 to `last`, in order; false after the last one.
bool advance(std::vector<std::size_t>& cuts, std::size_t last) {
    for (std::size_t i = cuts.size(); i-- > 0;) {
        if (cuts[i] + (cuts.size() - 1 - i) >= last) continue;
        ++cuts[i];
        for (std::size_t next = i + 1; next < cuts.size(); ++next) cuts[next] = cuts[next - 1] + 1;
        return true;
    }
    return false;
}

}  // namespace

std::string_view toString(Exhibit exhibit) {
    switch (exhibit) {
        case Exhibit::Right: return "right";
        case Exhibit::ReadIsMessage: return "one-recv-one-message";
        case Exhibit::StripsEachRead: return "strips-each-read";
        case Exhibit::LengthFromHalf: return "length-from-half-a-header";
        case Exhibit::TrustsRecv: return "recv-n-is-n-octets";
        case Exhibit::SplitsAtNewline: return "delimiter-inside-data";
    }
    TCPLAB_UNREACHABLE();
}

Text mistakeOf(Exhibit exhibit) {
    switch (exhibit) {
        case Exhibit::Right:
            return {"keeps what is unfinished until the rest comes",
                    "没收完的先留着，等剩下的到达"};
        case Exhibit::ReadIsMessage:
            return {"takes each recv for one message", "把每次 recv 当成一条消息"};
        case Exhibit::StripsEachRead:
            return {"strips white space off each read, and with it the delimiter",
                    "对每次读到的数据做 strip，把分隔符也去掉了"};
        case Exhibit::LengthFromHalf:
            return {"reads the length from what one recv gave of the header",
                    "头部只收到一半就拿来当长度"};
        case Exhibit::TrustsRecv:
            return {"takes what recv(n) gave for n octets", "以为 recv(n) 一定返回 n 字节"};
        case Exhibit::SplitsAtNewline:
            return {"cuts at line feeds, which the data has inside too",
                    "按换行符切分，而数据内部也有换行符"};
    }
    TCPLAB_UNREACHABLE();
}

bool suits(Exhibit exhibit, const Framing& framing) {
    switch (exhibit) {
        case Exhibit::Right:
        case Exhibit::ReadIsMessage: return true;
        case Exhibit::StripsEachRead: return framing == Framing{lines()};
        case Exhibit::LengthFromHalf:
        case Exhibit::TrustsRecv: return std::holds_alternative<LengthField>(framing);
        case Exhibit::SplitsAtNewline: return std::holds_alternative<Json>(framing);
    }
    TCPLAB_UNREACHABLE();
}

Messages run(Exhibit exhibit, const Framing& framing, std::span<const Octets> reads) {
    switch (exhibit) {
        case Exhibit::Right: return decoded(framing, reads);
        case Exhibit::ReadIsMessage: {
            Messages messages;
            for (const Octets read : reads) messages.push_back(copy(read));
            return messages;
        }
        case Exhibit::StripsEachRead: return splitAtNewlines(reads, stripped);
        case Exhibit::LengthFromHalf:
        case Exhibit::TrustsRecv:
            if (const auto* field = std::get_if<LengthField>(&framing))
                return byLength(*field, reads, exhibit == Exhibit::LengthFromHalf);
            return {};
        case Exhibit::SplitsAtNewline:
            return splitAtNewlines(reads, [](Octets read) { return read; });
    }
    TCPLAB_UNREACHABLE();
}

std::vector<Octets> readsOf(Octets stream, std::span<const std::size_t> cuts) {
    std::vector<Octets> reads;
    std::size_t at = 0;
    for (const std::size_t cut : cuts) {
        reads.push_back(stream.subspan(at, cut - at));
        at = cut;
    }
    reads.push_back(stream.subspan(at));
    return reads;
}

Proof prove(Exhibit exhibit, const Framing& framing, Octets stream, std::uint64_t most) {
    const Octets whole[]{stream};
    const Messages expected =
        exhibit == Exhibit::ReadIsMessage ? framesOf(framing, stream) : decoded(framing, whole);
    Proof proof;
    for (std::size_t count = 0; count < std::max<std::size_t>(stream.size(), 1); ++count) {
        std::vector<std::size_t> cuts(count);
        std::iota(cuts.begin(), cuts.end(), std::size_t{1});
        do {
            if (proof.tried == most) return proof;
            ++proof.tried;
            Messages got = run(exhibit, framing, readsOf(stream, cuts));
            if (got == expected) continue;
            proof.cuts = std::move(cuts);
            proof.got = std::move(got);
            return proof;
        } while (advance(cuts, stream.size() - 1));
    }
    proof.all = true;
    return proof;
}

}  // namespace tcplab::framing
