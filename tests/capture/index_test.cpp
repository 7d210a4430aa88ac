#include "capture/index.h"

#include "capture/heat.h"
#include "tests/capture/capture_maker.h"
#include "tests/support/captures.h"
#include "tests/support/temporary_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <zlib.h>

#include <cstring>
#include <filesystem>

// The record of a flow that is read again is the one of the whole capture.
namespace tcplab::test {
namespace {

using namespace capture;
using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Indexed {
    explicit Indexed(const std::string& path) {
        auto opened = CaptureFile::open(path);
        EXPECT_TRUE(opened.has_value()) << path;
        if (!opened) return;
        file.emplace(std::move(*opened));
        Indexer indexer;
        const auto frames = file->takeFrames();
        (void)analyze(*frames, indexer);
        index.add(indexer.take());
    }
    std::optional<CaptureFile> file{};
    Index index{};
};

std::string hex(Octets octets) {
    std::string text;
    for (const std::uint8_t octet : octets) text += fmt::format("{:02x}", octet);
    return text;
}

/// All that a record says of one connection but for moments, a line each.
std::vector<std::string> recordOf(const Trace& trace, ConnectionId id) {
    std::vector<std::string> lines;
    for (const Connection& one : trace.connections())
        if (one.id == id)
            lines.push_back(fmt::format("{} {} {} {} {}",
                                        wire::toString(one.ends[Side::Client]),
                                        wire::toString(one.ends[Side::Server]),
                                        toString(one.initial[Side::Client]),
                                        toString(one.initial[Side::Server]),
                                        one.clientGuessed));
    for (const Packet& one : trace.packets())
        if (one.connection == id)
            lines.push_back(fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {} {}",
                                        one.number,
                                        toString(one.from),
                                        one.tcp.seq,
                                        one.tcp.ack.value_or(-1),
                                        one.tcp.len,
                                        one.tcp.window,
                                        one.tcp.seqRaw,
                                        one.transit.seen->at.time_since_epoch().count(),
                                        toString(one.states[Side::Client]),
                                        toString(one.states[Side::Server]),
                                        one.certain,
                                        one.retransmissionOf.value_or(0),
                                        static_cast<int>(one.link),
                                        one.originalLength,
                                        hex(trace.octetsOf(one))));
    for (const Entry& one : trace.entries()) {
        if (one.connection != id) continue;
        const auto* entered = std::get_if<Entered>(&one.what);
        lines.push_back(fmt::format("{} {} {} {} {}",
                                    one.at.time_since_epoch().count(),
                                    toString(one.side),
                                    one.cause.value_or(0),
                                    entered ? toString(entered->to) : "something else",
                                    one.why ? one.why.citation() : ""));
    }
    return lines;
}

std::vector<std::string> findingsOf(const std::vector<PacketFindings>& all, const Trace& of) {
    std::vector<std::string> lines;
    for (const PacketFindings& found : all)
        if (of.find(found.packet()) != nullptr)
            for (const Proof& proof : found)
                lines.push_back(fmt::format("{} {} {} {} {}",
                                            found.packet(),
                                            toString(proof.finding),
                                            proof.packets[0],
                                            proof.packets[1],
                                            proof.packets[2]));
    return lines;
}

std::string endOf(const Flow& flow) {
    return fmt::format("{} {} {} {} {} {}",
                       verdict(flow, Language::English),
                       trouble(flow),
                       toString(flow.states[Side::Client]),
                       toString(flow.states[Side::Server]),
                       flow.bytes[Side::Client],
                       flow.until.time_since_epoch().count());
}

/// Reads every flow of a capture both ways.
void expectTheSame(const std::string& path) {
    const auto whole = load(path);
    ASSERT_TRUE(whole.has_value()) << path;
    const Indexed read{path};
    ASSERT_EQ(read.index.flows().size(), whole->flows.size()) << path;
    EXPECT_EQ(read.index.packets(), whole->summary.tcpPackets) << path;
    for (const Flow& flow : whole->flows) {
        const ConnectionId id = flow.connection.id;
        const auto again = loadFlow(read.index, *read.file, id);
        ASSERT_TRUE(again.has_value()) << path << ": " << again.error().what;
        EXPECT_EQ(recordOf(again->trace, id), recordOf(whole->trace, id)) << path;
        EXPECT_EQ(findingsOf(again->findings, again->trace),
                  findingsOf(whole->findings, again->trace))
            << path;
        EXPECT_EQ(endOf(again->flow), endOf(flow)) << path;

        const FlowRow& row = read.index.flows()[id];
        ASSERT_TRUE(row.outcome.has_value());
        EXPECT_EQ(*row.outcome, outcomeOf(flow)) << path;
        EXPECT_EQ(row.trouble, trouble(flow)) << path;
        EXPECT_EQ(row.states, flow.states) << path;
        for (const Side side : kSides) EXPECT_EQ(row.packets[side], flow.packets[side]) << path;
        EXPECT_EQ(again->whole, flow.packets[Side::Client] + flow.packets[Side::Server]);
    }
}

TEST(Index, GivesEveryFlowOfEveryRecordingAgain) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(TCPLAB_SOURCE_DIR "/traces")) {
        if (entry.path().extension() != ".pcap") continue;
        expectTheSame(entry.path());
        ++files;
    }
    EXPECT_GT(files, 10);
}

/// The recording, and the same once more so many seconds later.
std::string twice(const std::string& path, std::uint32_t later) {
    constexpr std::size_t kFileHeader = 24;
    std::string content = contentOf(path);
    std::string again = content.substr(kFileHeader);
    const auto number = [&](std::size_t at) {
        std::uint32_t value = 0;
        std::memcpy(&value, again.data() + at, sizeof value);
        return value;
    };
    for (std::size_t at = 0; at < again.size(); at += 16 + number(at + 8)) {
        const std::uint32_t seconds = number(at) + later;
        std::memcpy(again.data() + at, &seconds, sizeof seconds);
    }
    return content + again;
}

// The changes that a flow's record has are the ones that the index counts it under.
TEST(Index, KnowsWhereEveryFlowWentInTheStateDiagram) {
    for (const auto& path : capturesIn(TCPLAB_SOURCE_DIR "/traces")) {
        const Indexed indexed(path);
        const Heat heat = heatOf(indexed.index.flows());
        EXPECT_EQ(heat.flows, indexed.index.flows().size());
        for (const tcp::Transition& change : tcp::kTransitions) {
            const Passage passage{change.from, change.to};
            std::uint32_t went = 0;
            for (const FlowRow& row : indexed.index.flows()) {
                const auto loaded = loadFlow(indexed.index, *indexed.file, row.connection.id);
                ASSERT_TRUE(loaded.has_value());
                const auto& entries = loaded->trace.entries();
                const bool does = std::ranges::any_of(entries, [&](const Entry& entry) {
                    const auto* entered = std::get_if<Entered>(&entry.what);
                    return entered != nullptr && entered->from == change.from &&
                           entered->to == change.to;
                });
                EXPECT_EQ(wentThrough(row, passage), does) << path << ' ' << row.connection.id;
                went += does ? 1 : 0;
            }
            EXPECT_EQ(heat.of(passage), went) << path;
        }
    }
}

// A simultaneous close goes through CLOSING at both ends: it is one flow.
TEST(Index, CountsAFlowOnceInAState) {
    const Indexed indexed(test::recording("simultaneous-close.pcap"));
    const Heat heat = heatOf(indexed.index.flows());

    EXPECT_EQ(heat.of({{}, tcp::State::Closing}), 1U);
    EXPECT_EQ(heat.of({{}, tcp::State::LastAck}), 0U);
    EXPECT_TRUE(wentThrough(indexed.index.flows()[0], {{}, tcp::State::Closing}));
}

TEST(Index, KnowsWhatWasBeforeBetweenTheSameEnds) {
    for (const char* name : {"reset.pcap", "loss.pcap", "close-wait.pcap", "refused.pcap"}) {
        const TemporaryFile file{twice(recording(name), 600)};
        expectTheSame(file.path());
    }
}

TEST(Index, OfACompressedFileIsTheSame) {
    const std::string content = contentOf(recording("loss.pcap"));
    const TemporaryFile file;
    gzFile out = gzopen(file.path().c_str(), "wb");
    gzwrite(out, content.data(), static_cast<unsigned>(content.size()));
    gzclose(out);

    expectTheSame(file.path());
}

/// The first frames of another source.
struct Beginning final : FrameSource {
    Beginning(std::unique_ptr<FrameSource> of, int count) : all{std::move(of)}, left{count} {}
    Expected<std::optional<Frame>, Error> next() override {
        if (left-- == 0) return std::optional<Frame>{};
        return all->next();
    }
    std::unique_ptr<FrameSource> all;
    int left;
};

TEST(Index, OfAFlowThatIsStillReadGivesWhatThereIs) {
    auto file = CaptureFile::open(recording("handshake-data-close.pcap"));
    ASSERT_TRUE(file.has_value());
    Beginning some{file->takeFrames(), 10};
    Indexer indexer;
    (void)analyze(some, indexer);
    IndexPart part = indexer.take();
    part.ended.clear();
    Index index;
    index.add(part);
    ASSERT_GT(index.packets(), 2U);

    EXPECT_FALSE(index.flows()[0].outcome.has_value());
    const auto read = loadFlow(index, *file, 0);
    ASSERT_TRUE(read.has_value());
    EXPECT_THAT(read->trace.packets(), SizeIs(index.packets()));
}

TEST(Index, ShowsALongFlowInParts) {
    const std::string path = recording("loss.pcap");
    const Indexed read{path};
    const auto whole = loadFlow(read.index, *read.file, 0);
    ASSERT_TRUE(whole.has_value());
    ASSERT_GT(whole->whole, 30U);

    const auto part = loadFlow(read.index, *read.file, 0, 10, {.packets = 5});

    ASSERT_TRUE(part.has_value());
    EXPECT_EQ(part->first, 10U);
    EXPECT_EQ(part->shown, 5U);
    EXPECT_EQ(part->whole, whole->whole);
    ASSERT_THAT(part->trace.packets(), SizeIs(6)) << "and the first, from which time counts";
    EXPECT_EQ(part->trace.packets()[0].number, whole->trace.packets()[0].number);
    for (std::size_t i = 0; i < 5; ++i) {
        const Packet& one = part->trace.packets()[1 + i];
        const Packet& same = whole->trace.packets()[10 + i];
        EXPECT_EQ(one.number, same.number);
        EXPECT_EQ(one.tcp.seq, same.tcp.seq);
        EXPECT_EQ(one.states, same.states);
        EXPECT_EQ(one.transit.seen->moment, same.transit.seen->moment);
    }
    EXPECT_EQ(endOf(part->flow), endOf(whole->flow));
    EXPECT_EQ(read.index.positionOf(part->trace.packets()[1].number), 10U);
    EXPECT_EQ(read.index.flowOf(part->trace.packets()[1].number), 0U);
    EXPECT_FALSE(read.index.flowOf(1'000'000).has_value());
}

TEST(Index, APartHoldsNoMoreOctetsThanAsked) {
    const Indexed read{recording("loss.pcap")};

    const auto part = loadFlow(read.index, *read.file, 0, 10, {.octets = 1});

    ASSERT_TRUE(part.has_value());
    EXPECT_EQ(part->shown, 1U);
}

TEST(Index, OfAFileThatHasBecomeShorterSaysWhichPacketIsGone) {
    const std::string content = contentOf(recording("loss.pcap"));
    const TemporaryFile file{content};
    const Indexed read{file.path()};

    std::filesystem::resize_file(file.path(), 2000);

    const auto again = loadFlow(read.index, *read.file, 0);
    ASSERT_FALSE(again.has_value());
    EXPECT_THAT(again.error().what, HasSubstr("is no longer where it was in the file"));
}

TEST(Index, OfAFileThatHasOtherOctetsNowSaysSo) {
    const std::string content = contentOf(recording("loss.pcap"));
    const TemporaryFile file{content};
    const Indexed read{file.path()};

    file.write(std::string(content.size(), '\0'));

    EXPECT_FALSE(loadFlow(read.index, *read.file, 0).has_value());
}

TEST(CaptureFile, ThatIsRemovedIsStillRead) {
    std::optional<Indexed> read;
    {
        const TemporaryFile file{contentOf(recording("reset.pcap"))};
        read.emplace(file.path());
    }
    EXPECT_TRUE(loadFlow(read->index, *read->file, 0).has_value());
}

TEST(CaptureFile, RefusesWhatOpenCaptureRefuses) {
    const TemporaryFile empty;
    const TemporaryFile text{"no capture at all"};
    for (const std::string& path : {empty.path(), text.path(), std::string{"/no/such/file"}}) {
        const auto file = CaptureFile::open(path);
        const auto plain = openCapture(path);
        ASSERT_FALSE(file.has_value());
        ASSERT_FALSE(plain.has_value());
        EXPECT_EQ(file.error().what, plain.error().what);
    }
}

}  // namespace
}  // namespace tcplab::test
