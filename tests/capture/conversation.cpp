#include "tests/capture/conversation.h"

#include "capture/pcapng_writer.h"
#include "sim/wire/frame.h"
#include "sim/wire/notation.h"

#include <cstdlib>
#include <sstream>

namespace tcplab::test {
namespace {

constexpr PerSide<std::uint32_t> kIsn{{4294967000U, 5000U}};
const PerSide<wire::SocketAddress> kEnds{
    {wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 1), 40000},
     wire::SocketAddress{wire::IpAddress::v4(192, 0, 2, 2), 80}}};
constexpr std::uint16_t kUsualWindow = 8192;
constexpr std::size_t kChecksumAt = 14 + 20 + 16;  // Of Ethernet, IPv4 and TCP.

struct Line {
    Instant at{};
    Side from{};
    Segment segment{};
    std::uint8_t ttl = 64;
    bool checksumWrong = false;
    std::size_t captured = SIZE_MAX;  ///< Octets of its frame, at most.
    std::string expected{};
};

std::string trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return std::string{text.substr(first, text.find_last_not_of(' ') - first + 1)};
}

/// Cuts "ttl 30" off the end of a packet. What stands after the word; nothing without it.
std::string cutOff(std::string& packet, std::string_view word) {
    const std::size_t at = packet.find(word);
    if (at == std::string::npos) return {};
    const std::string value = trimmed(std::string_view{packet}.substr(at + word.size()));
    packet = trimmed(packet.substr(0, at));
    return value;
}

/// The numbers of SACK blocks are relative in the text.
wire::TcpOptions withIsn(const wire::TcpOptions& relative, std::uint32_t isn) {
    wire::TcpOptions options;
    wire::TcpOptionCursor cursor{relative.octets()};
    while (auto option = cursor.next()) {
        if (auto* sack = std::get_if<wire::Sack>(&*option)) {
            for (wire::SackBlock& block : sack->blocks) {
                block.left += isn;
                block.right += isn;
            }
        }
        options.push(*option);
    }
    options.pad();
    return options;
}

Line lineOf(const std::string& text, Instant before) {
    Line line;
    const std::size_t arrow = text.find_first_of("<>");
    TCPLAB_CHECK(arrow != std::string::npos);
    const std::string when = trimmed(text.substr(0, arrow));
    line.at = when.empty() ? before + std::chrono::milliseconds{1}
                           : Instant{std::chrono::milliseconds{std::stoll(when)}};
    line.from = text[arrow] == '>' ? Side::Client : Side::Server;

    const std::size_t bar = text.find('|');
    std::string packet = trimmed(text.substr(arrow + 1, bar - arrow - 1));
    line.checksumWrong = packet.ends_with(" checksum wrong");
    if (line.checksumWrong) cutOff(packet, " checksum wrong");
    const std::string captured = cutOff(packet, " captured ");
    if (!captured.empty()) line.captured = std::stoul(captured);
    const std::string filling = cutOff(packet, " full of ");
    if (const std::string ttl = cutOff(packet, " ttl "); !ttl.empty()) {
        line.ttl = static_cast<std::uint8_t>(std::stoi(ttl));
    }
    auto segment = wire::parseSegment(packet);
    TCPLAB_CHECK(segment.has_value());
    line.segment = *std::move(segment);
    line.segment.seq += kIsn[line.from];
    line.segment.ack += kIsn[other(line.from)];
    line.segment.options = withIsn(line.segment.options, kIsn[other(line.from)]);
    if (!filling.empty()) {
        line.segment.payload = Bytes{std::string(line.segment.payload.size(), filling.front())};
    }
    if (packet.find("win") == std::string::npos) line.segment.wnd = kUsualWindow;
    if (bar != std::string::npos) line.expected = trimmed(text.substr(bar + 1));
    return line;
}

std::vector<Line> linesOf(std::string_view conversation) {
    std::vector<Line> lines;
    std::istringstream text{std::string{conversation}};
    for (std::string line; std::getline(text, line);) {
        line = trimmed(line);
        if (line.empty() || line.front() == '#') continue;
        lines.push_back(lineOf(line, lines.empty() ? Instant{} : lines.back().at));
    }
    return lines;
}

class Conversation final : public capture::FrameSource {
public:
    explicit Conversation(std::string_view text) : lines_{linesOf(text)} {}

    Expected<std::optional<capture::Frame>, Error> next() override {
        if (next_ == lines_.size()) return std::optional<capture::Frame>{};
        const Line& line = lines_[next_++];
        octets_ = wire::encodeFrame(
            {.from = kEnds[line.from], .to = kEnds[other(line.from)], .ttl = line.ttl},
            line.segment);
        if (line.checksumWrong) octets_.at(kChecksumAt) ^= 0xFFU;
        return std::optional{capture::Frame{
            .number = static_cast<std::uint32_t>(next_),
            .at = line.at,
            .link = wire::LinkType::Ethernet,
            .originalLength = static_cast<std::uint32_t>(octets_.size()),
            .octets = Octets{octets_}.first(std::min(line.captured, octets_.size()))}};
    }

private:
    std::vector<Line> lines_;
    std::size_t next_ = 0;
    std::vector<std::uint8_t> octets_{};
};

std::string both(const PerSide<tcp::State>& states) {
    return std::string{toString(states[Side::Client])} + " " +
           std::string{toString(states[Side::Server])};
}

}  // namespace

Told analysed(std::string_view conversation) {
    Told told;
    Conversation source{conversation};
    const capture::Summary summary = analyze(source, told, {.checksums = true});
    TCPLAB_CHECK(summary.tcpPackets == told.packets.size());
    return told;
}

bool writeConversation(std::string_view conversation, std::ostream& out) {
    capture::PcapngWriter writer{out, wire::LinkType::Ethernet};
    Conversation source{conversation};
    for (;;) {
        const auto frame = source.next();
        if (!frame || !*frame) return frame && !writer.finish("conversation");
        writer.frame((*frame)->at, (*frame)->octets, (*frame)->originalLength);
    }
}

std::vector<std::string> shownStates(const Told& told) {
    std::vector<std::string> states;
    for (const Packet& packet : told.packets) {
        states.push_back(both(packet.states) + (packet.certain ? "" : " ?"));
    }
    return states;
}

std::vector<std::string> shownFindings(const Told& told, Whose whose) {
    std::vector<std::string> lines;
    for (const capture::PacketFindings& found : told.found) {
        std::string line;
        for (const capture::Proof& proof : found) {
            const bool ours = index(proof.finding) >= capture::kTsharkFindingCount;
            if (ours != (whose == Whose::Ours)) continue;
            line += (line.empty() ? "" : ", ") + std::string{toString(proof.finding)};
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<PacketId> proofOf(const Told& told, PacketId packet, capture::Finding finding) {
    for (const capture::PacketFindings& found : told.found) {
        if (found.packet() != packet) continue;
        for (const capture::Proof& proof : found) {
            if (proof.finding != finding) continue;
            return {proof.packets.begin(), proof.packets.begin() + proof.count};
        }
    }
    return {};
}

std::vector<std::string> expectedOf(std::string_view conversation) {
    std::vector<std::string> states;
    for (const Line& line : linesOf(conversation)) states.push_back(line.expected);
    return states;
}

std::string finalStates(const capture::Flow& flow) {
    return both(flow.states);
}

std::vector<std::string> walk(const Told& told, Side side) {
    std::vector<std::string> states{std::string{toString(told.connections.front().initial[side])}};
    for (const Entry& entry : told.entries) {
        const auto* entered = std::get_if<Entered>(&entry.what);
        if (entered == nullptr || entry.side != side) continue;
        TCPLAB_CHECK(toString(entered->from) == states.back());
        states.emplace_back(toString(entered->to));
    }
    return states;
}

}  // namespace tcplab::test
