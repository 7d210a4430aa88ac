#include "cli/cut.h"

#include "capture/pcapng_writer.h"
#include "capture/session.h"
#include "capture/tap_file.h"
#include "cli/verbs.h"
#include "sim/trace/simulate.h"
#include "sim/wire/stack.h"
#include "tests/cli/result.h"
#include "tests/support/temporary_file.h"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace tcplab::cli {
namespace {

using namespace std::chrono_literals;
using test::TemporaryFile;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

const std::string kTraces = TCPLAB_SOURCE_DIR "/traces/";

struct Cut {
    int code = 0;
    std::string err{};
    std::string content{};
    capture::Loaded loaded{};
};

Cut run(CutRequest request) {
    const TemporaryFile file;
    request.output = file.path();
    std::ostringstream out;
    std::ostringstream err;
    const int code = cut(request, out, err);
    auto loaded = capture::load(file.path());
    return {code,
            err.str(),
            test::contentOf(file.path()),
            loaded ? *std::move(loaded) : capture::Loaded{}};
}

/// Every recording of traces/.
std::vector<std::string> recordings() {
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::directory_iterator{kTraces})
        if (entry.path().extension() == ".pcap") paths.push_back(entry.path().string());
    std::ranges::sort(paths);
    return paths;
}

class EachRecording : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Traces,
                         EachRecording,
                         testing::ValuesIn(recordings()),
                         [](const auto& one) {
                             std::string name = std::filesystem::path{one.param}.stem().string();
                             std::ranges::replace(name, '-', '_');
                             return name;
                         });

TEST_P(EachRecording, IsTheSameStoryWithoutNames) {
    const capture::Loaded before = *capture::load(GetParam());
    const Cut after = run({.file = GetParam(), .addresses = true, .payload = true});

    EXPECT_EQ(after.code, exit_code::kDone);
    ASSERT_EQ(after.loaded.flows.size(), before.flows.size());
    for (std::size_t i = 0; i < before.flows.size(); ++i) {
        EXPECT_EQ(after.loaded.flows[i].states, before.flows[i].states);
        EXPECT_EQ(after.loaded.flows[i].bytes, before.flows[i].bytes);
        EXPECT_EQ(after.loaded.flows[i].closedBy, before.flows[i].closedBy);
        EXPECT_EQ(after.loaded.flows[i].first, before.flows[i].first);
        for (const auto& count : before.flows[i].findings.counts())
            EXPECT_EQ(after.loaded.flows[i].findings.of(count.finding), count.times);
    }
}

TEST_P(EachRecording, ChecksumsAreAsGoodAsTheyWere) {
    const capture::Loaded before = *capture::load(GetParam());
    const Cut after = run({.file = GetParam(), .addresses = true, .payload = true});

    ASSERT_EQ(after.loaded.trace.packets().size(), before.trace.packets().size());
    for (std::size_t i = 0; i < before.trace.packets().size(); ++i) {
        const auto layersOf = [i](const capture::Loaded& loaded) {
            const Packet& packet = loaded.trace.packets()[i];
            return wire::dissect(packet.link, loaded.trace.octetsOf(packet), packet.originalLength);
        };
        const wire::Layers was = layersOf(before);
        const wire::Layers is = layersOf(after.loaded);
        ASSERT_EQ(was.find(wire::Protocol::Tcp) != nullptr,
                  is.find(wire::Protocol::Tcp) != nullptr);
        for (std::size_t layer = 0;
             layer < was.size() && was[layer].protocol != wire::Protocol::Tcp;
             ++layer)
            EXPECT_EQ(wire::verifyChecksum(was, was[layer]).state,
                      wire::verifyChecksum(is, is[layer]).state);
        EXPECT_EQ(wire::verifyChecksum(*wire::tcpView(was)).state,
                  wire::verifyChecksum(*wire::tcpView(is)).state)
            << "packet " << i + 1;
    }
}

TEST(Cut, NothingOfTheAddressesIsLeft) {
    struct Ends {
        const char* client;
        const char* server;
        std::string clientOctets;
        std::string replaced;
    };
    for (const Ends& ends : {Ends{"10.1.2.3", "10.9.8.7", "\x0A\x01\x02\x03", "192.0.2.1"},
                             Ends{"2620:a:b:c::5",
                                  "2620:a:b:c::6",
                                  std::string{"\x26\x20\0\x0A\0\x0B", 6},
                                  "2001:db8::1"}}) {
        const std::vector<net::Setting> settings{{"client.address", ends.client},
                                                 {"server.address", ends.server}};
        const TemporaryFile file;
        ASSERT_FALSE(capture::writeTap(
            simulate(*net::scenarioNamed("handshake", settings)), 0.5, file.path()));
        ASSERT_THAT(test::contentOf(file.path()), HasSubstr(ends.clientOctets));

        const Cut after = run({.file = file.path(), .addresses = true});

        EXPECT_THAT(after.content, Not(HasSubstr(ends.clientOctets)));
        EXPECT_EQ(toString(after.loaded.trace.connections().at(0).ends[Side::Client].ip),
                  ends.replaced);
    }
}

TEST(Cut, WhatIsNotUnderstoodIsLeftOutAndCounted) {
    // An Ethernet frame of a type that nobody here reads: LLDP, which has names in it.
    const TemporaryFile file;
    {
        std::ofstream out{file.path(), std::ios::binary | std::ios::trunc};
        capture::PcapngWriter writer{out, wire::LinkType::Ethernet};
        std::vector<std::uint8_t> frame(60);
        frame[12] = 0x88;
        frame[13] = 0xCC;
        writer.frame(Instant{}, frame, 60);
        ASSERT_FALSE(writer.finish(file.path()));
    }

    EXPECT_EQ(run({.file = file.path()}).loaded.summary.packets, 1U);
    const Cut after = run({.file = file.path(), .payload = true});
    EXPECT_EQ(after.loaded.summary.packets, 0U);
    EXPECT_THAT(after.err,
                HasSubstr("1 packets are left out, as what they carry is not understood"));
}

TEST(Cut, WithoutWordsIsACopy) {
    const std::string file = kTraces + "vlan.pcap";
    const capture::Loaded before = *capture::load(file);
    const Cut after = run({.file = file});

    ASSERT_EQ(after.loaded.summary.packets, before.summary.packets);
    for (std::size_t i = 0; i < before.trace.packets().size(); ++i) {
        const Octets was = before.trace.octetsOf(before.trace.packets()[i]);
        const Octets is = after.loaded.trace.octetsOf(after.loaded.trace.packets()[i]);
        EXPECT_TRUE(std::ranges::equal(was, is));
    }
}

TEST(Cut, WhatProgramsSaidBecomesLettersAndARepetitionStillRepeats) {
    const Cut after = run({.file = kTraces + "loss.pcap", .payload = true});

    std::map<std::pair<Side, std::int64_t>, std::uint8_t> stream;
    for (const Packet& packet : after.loaded.trace.packets()) {
        const wire::Layers layers =
            wire::dissect(packet.link, after.loaded.trace.octetsOf(packet), packet.originalLength);
        std::int64_t place = packet.tcp.seq;
        const Octets payload = wire::tcpView(layers)->payload;
        for (const std::uint8_t octet : payload) {
            EXPECT_TRUE('a' <= octet && octet <= 'z');
            EXPECT_EQ(stream.emplace(std::pair{packet.from, place++}, octet).first->second, octet);
        }
    }
    EXPECT_FALSE(stream.empty());
}

TEST(Cut, TakesARangeOfPacketsOrOfTime) {
    const std::string file = kTraces + "handshake-data-close.pcap";

    EXPECT_EQ(run({.file = file, .firstPacket = 2, .lastPacket = 4}).loaded.summary.packets, 3U);
    EXPECT_EQ(run({.file = file, .to = 0ns}).loaded.summary.packets, 1U);
    EXPECT_EQ(run({.file = file, .from = 1h}).loaded.summary.packets, 0U);
}

TEST(Cut, TakesOneFlow) {
    const std::string file = kTraces + "backlog-full.pcap";
    const capture::Loaded before = *capture::load(file);
    ASSERT_GT(before.flows.size(), 1U);

    const Cut after = run({.file = file, .flow = 1});

    ASSERT_THAT(after.loaded.flows, SizeIs(1));
    EXPECT_EQ(after.loaded.flows[0].packets, before.flows[1].packets);
    EXPECT_EQ(after.loaded.flows[0].connection.ends, before.flows[1].connection.ends);
}

TEST(Cut, WhatCannotBeHadIsTold) {
    const std::string file = kTraces + "vlan.pcap";
    EXPECT_EQ(run({.file = file, .flow = 99}).code, exit_code::kUsage);
    EXPECT_EQ(run({.file = "/nonexistent.pcap"}).code, exit_code::kFile);
    EXPECT_EQ(run({.file = "-", .flow = 0}).code, exit_code::kUsage);

    const TemporaryFile copy{test::contentOf(file)};
    const CutRequest onto{.file = copy.path(), .output = copy.path()};
    const test::Result result = test::resultOf(cut, onto);
    EXPECT_EQ(result.code, exit_code::kUsage);
    EXPECT_THAT(result.err, HasSubstr("is the capture itself"));
    EXPECT_EQ(test::contentOf(copy.path()), test::contentOf(file));
}

TEST(Cut, WritesToStandardOutputWhereThatIsAsked) {
    const CutRequest request{.file = kTraces + "vlan.pcap", .output = "-"};

    EXPECT_EQ(test::resultOf(cut, request).out, run(request).content);
}

TEST(Cut, ReadsRangesAsPeopleWriteThem) {
    const auto range = [](const std::string& text) {
        CutRequest request;
        return readPackets(text, request) ? std::pair{request.firstPacket, request.lastPacket}
                                          : std::pair{0U, 0U};
    };

    EXPECT_EQ(range("3-17"), std::pair(3U, 17U));
    EXPECT_EQ(range("3-"), std::pair(3U, UINT32_MAX));
    EXPECT_EQ(range("-17"), std::pair(1U, 17U));
    EXPECT_EQ(range("3"), std::pair(3U, 3U));
    for (const char* wrong : {"", "-", "0", "7-3", "a-b", "1-2-3"})
        EXPECT_EQ(range(wrong), std::pair(0U, 0U)) << wrong;
}

}  // namespace
}  // namespace tcplab::cli
