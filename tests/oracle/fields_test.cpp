// Every TCP packet of every capture at hand, field by field, as tshark and we read it.

#include "capture/frame_source.h"
#include "sim/wire/stack.h"
#include "tests/oracle/tcp_packets.h"
#include "tests/support/captures.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tcplab::test {
namespace {

/// A frame in which something is read differently.
struct Dispute {
    wire::Layers layers;
    const TsharkFields& theirs;
    const TsharkFields& ours;

    [[nodiscard]] std::string theirsOf(const std::string& field) const { return of(theirs, field); }
    [[nodiscard]] std::string oursOf(const std::string& field) const { return of(ours, field); }

private:
    static std::string of(const TsharkFields& fields, const std::string& field) {
        const auto found = fields.find(field);
        return found == fields.end() ? std::string{} : found->second;
    }
};

/// Why a field may be read differently, told by what is in the frame and never by where it is from.
struct Reason {
    std::string_view why;
    bool (*holds)(const Dispute& dispute, const std::string& field);
};

bool isFragment(const wire::Layers& layers) {
    const auto view = wire::tcpView(layers);
    return view && view->fragment;
}

/// The IP header claims more octets than the frame had on the wire.
bool goesPastTheEnd(const wire::Layers& layers) {
    const wire::Layer* ip = layers.find(wire::Protocol::Ipv4);
    return ip != nullptr && ip->offset + wire::ipv4(layers)->totalLength > layers.originalLength();
}

constexpr std::array kReasons{
    Reason{"Nothing counts after the option that ends the list (RFC 9293 3.2): tshark shows the "
           "octets of padding as further ends.",
           [](const Dispute& dispute, const std::string& field) {
               const std::string ours = dispute.oursOf(field);
               const std::string theirs = dispute.theirsOf(field);
               return field == "tcp.option_kind" && theirs.starts_with(ours) &&
                      (ours == "0" || ours.ends_with(",0")) &&
                      theirs.substr(ours.size()).find_first_not_of(",0") == std::string::npos;
           }},
    Reason{"The capture ends inside the fixed header: tshark shows the fields before that, and we "
           "count no packet of a connection.",
           [](const Dispute& dispute, const std::string&) {
               const auto& error = dispute.layers.error();
               return dispute.ours.empty() && error && error->cut &&
                      error->layer == wire::Protocol::Tcp;
           }},
    Reason{"A first fragment whose rest cannot come: tshark takes its numbers for those of no "
           "connection, and does not tell its length.",
           [](const Dispute& dispute, const std::string& field) {
               constexpr std::array<std::string_view, 3> kFields{"tcp.seq", "tcp.ack", "tcp.len"};
               return isFragment(dispute.layers) && !dispute.ours.empty() &&
                      std::ranges::count(kFields, field) > 0;
           }},
    Reason{"A first fragment of a datagram longer than its frame: tshark shows it by itself, and "
           "we wait for the rest.",
           [](const Dispute& dispute, const std::string&) {
               return isFragment(dispute.layers) && dispute.ours.empty() &&
                      goesPastTheEnd(dispute.layers);
           }},
};

struct Comparison {
    std::size_t packets = 0;
    std::map<std::string_view, std::size_t> explained{};
    std::vector<std::string> unexplained{};
};

void compare(const TcpPackets& theirs,
             const TcpPackets& ours,
             const std::string& file,
             Comparison& result) {
    const auto source = capture::openCapture(file);
    if (!source) return;
    const auto find = [](const TcpPackets& packets, std::uint32_t number) {
        const auto found = packets.find(number);
        return found == packets.end() ? TsharkFields{} : found->second;
    };
    for (auto frame = (*source)->next(); frame && *frame; frame = (*source)->next()) {
        const TsharkFields their = find(theirs, (*frame)->number);
        const TsharkFields our = find(ours, (*frame)->number);
        const Dispute dispute{
            wire::dissect((*frame)->link, (*frame)->octets, (*frame)->originalLength), their, our};
        if (!their.empty() || !our.empty()) ++result.packets;
        for (const std::string& difference : differences(their, our)) {
            const std::string field = difference.substr(0, difference.find(':'));
            const auto reason = std::ranges::find_if(
                kReasons, [&](const Reason& one) { return one.holds(dispute, field); });
            if (reason != kReasons.end()) {
                result.explained[reason->why]++;
            } else {
                result.unexplained.push_back(file + ", packet " + std::to_string((*frame)->number) +
                                             ", " + difference);
            }
        }
    }
}

Comparison comparisonOf(const std::vector<std::string>& files) {
    Comparison result;
    for (const std::string& file : files) {
        const TcpPackets theirs = tcpPacketsAsTsharkReadsThem(file);
        const TcpPackets ours = tcpPacketsAsWeReadThem(file);
        compare(theirs, ours, file, result);
    }
    return result;
}

void expectAgreement(const std::vector<std::string>& files) {
    const Comparison result = comparisonOf(files);

    EXPECT_THAT(result.unexplained, testing::IsEmpty());
    testing::Test::RecordProperty("packets", std::to_string(result.packets));
    for (const auto& [why, count] : result.explained) {
        testing::Test::RecordProperty(std::string{why}, std::to_string(count));
    }
}

TEST(FieldsAgainstTshark, AgreeInEveryRecording) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";

    expectAgreement(capturesIn(recording("")));
}

class FieldsAgainstTsharkOf : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Others,
                         FieldsAgainstTsharkOf,
                         testing::Values("zeek", "tcpviz", "malformed"),
                         [](const auto& folder) { return std::string{folder.param}; });

TEST_P(FieldsAgainstTsharkOf, AgreeInEveryCapture) {
    if (!tsharkIsThere()) GTEST_SKIP() << "tshark is not installed";
    const auto files = capturesIn(sharedCaptures() / GetParam());
    if (files.empty()) GTEST_SKIP() << "there are no captures in " << sharedCaptures();

    expectAgreement(files);
}

}  // namespace
}  // namespace tcplab::test
