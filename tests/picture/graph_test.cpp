#include "picture/graph.h"

#include "sim/trace/simulate.h"
#include "tests/support/scenario.h"

#include "picture/chart.h"
#include "picture/svg.h"
#include <gmock/gmock.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <variant>

namespace tcplab::picture {
namespace {

using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;

const Words* wordsOf(const Shape& shape) {
    return std::get_if<Words>(&shape.what);
}

std::string allWords(const Figure& figure) {
    std::string all;
    for (const Shape& shape : figure.shapes)
        if (const Words* words = wordsOf(shape)) all += words->text + "\n";
    return all;
}

std::size_t count(const Figure& figure, Ink ink) {
    return static_cast<std::size_t>(std::ranges::count_if(
        figure.shapes, [&](const Shape& shape) { return shape.ink == ink && shape.clipped; }));
}

class GraphsOf : public testing::TestWithParam<net::Scenario> {
protected:
    /// Every graph of the run in both directions, narrow and wide, in both languages.
    template <class Check>
    void forEach(const Check& check) {
        for (const Graph graph : kGraphs)
            for (const Side side : kSides)
                for (const double width : {320.0, 960.0}) {
                    const Language language = width < 960 ? Language::English : Language::Chinese;
                    SCOPED_TRACE(std::string{toString(graph)} + " of the " +
                                 std::string{tcplab::toString(side)});
                    const GraphRequest request{
                        .graph = graph,
                        .sender = side,
                        .language = language,
                        .subject = std::string{GetParam().title.in(language)},
                        .width = width};
                    check(drawGraph(trace, request));
                }
    }
    Trace trace = simulate(GetParam());
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         GraphsOf,
                         testing::ValuesIn(net::builtInScenarios()),
                         test::NameOfScenario{});

TEST_P(GraphsOf, LeaveNoWordOutsideThePicture) {
    forEach([](const Figure& figure) {
        for (const Shape& shape : figure.shapes) {
            const Words* words = wordsOf(shape);
            if (words == nullptr) continue;
            const double width = widthOf(words->text, words->size);
            const double left = words->anchor == Words::Anchor::Start    ? words->at.x
                                : words->anchor == Words::Anchor::Middle ? words->at.x - width / 2
                                                                         : words->at.x - width;
            EXPECT_THAT(left, Ge(0)) << words->text;
            EXPECT_THAT(left + width, Le(figure.width)) << words->text;
            EXPECT_THAT(words->at.y, AllOf(Ge(words->size), Le(figure.height))) << words->text;
            if (!shape.clipped) continue;
            // What only the plot shows is whole in it.
            EXPECT_THAT(left, Ge(figure.plot.left)) << words->text;
            EXPECT_THAT(left + width, Le(figure.plot.right)) << words->text;
            EXPECT_THAT(words->at.y - words->size, Ge(figure.plot.top)) << words->text;
        }
    });
}

TEST_P(GraphsOf, HaveOnlyPlacesThatCanBeDrawn) {
    forEach([](const Figure& figure) {
        for (const Shape& shape : figure.shapes) {
            const auto* path = std::get_if<Path>(&shape.what);
            if (path == nullptr) continue;
            for (const Point& point : path->points) {
                EXPECT_THAT(point.x, AllOf(Ge(-1.0), Le(2 * figure.width)));
                EXPECT_THAT(point.y, AllOf(Ge(-100.0), Le(figure.height + 100)));
            }
        }
    });
}

TEST(Graph, IsReadByAnotherProgram) {
    if (std::system("command -v rsvg-convert >/dev/null") != 0)
        GTEST_SKIP() << "rsvg-convert (librsvg2-bin) is not installed";
    const Trace trace = simulate(*net::scenarioNamed("lossy-transfer"));
    for (const Graph graph : kGraphs) {
        std::FILE* reader = popen("rsvg-convert >/dev/null", "w");
        ASSERT_NE(reader, nullptr);
        const Figure figure = drawGraph(trace, {.graph = graph, .language = Language::Chinese});
        const std::string svg = toSvg(figure, Theme::Dark, Language::Chinese);
        std::fwrite(svg.data(), 1, svg.size(), reader);
        EXPECT_EQ(pclose(reader), 0) << toString(graph);
    }
}

TEST(Graph, OfSequenceNumbersMarksWhatWasLostSentAgainAndAcknowledgedTwice) {
    const Trace trace = simulate(*net::scenarioNamed("fast-retransmit"));

    const Figure figure = drawGraph(trace, {.graph = Graph::Sequence});

    EXPECT_THAT(allWords(figure),
                AllOf(HasSubstr("sent again"), HasSubstr("lost"), HasSubstr("duplicate ACK")));
    EXPECT_THAT(count(figure, Ink::Again), Ge(2U));
}

TEST_P(GraphsOf, PrintNoLabelOverAnother) {
    forEach([](const Figure& figure) {
        std::vector<Box> all;
        for (const Shape& shape : figure.shapes) {
            const Words* words = wordsOf(shape);
            if (words == nullptr || !shape.clipped) continue;
            const double width = widthOf(words->text, words->size);
            const Box box{words->at.x, words->at.y - words->size, words->at.x + width, words->at.y};
            for (const Box& one : all)
                EXPECT_FALSE(one.left < box.right && box.left < one.right && one.top < box.bottom &&
                             box.top < one.bottom)
                    << words->text;
            all.push_back(box);
        }
    });
}

TEST(Graph, OfSequenceNumbersCountsWhatTheLadderShows) {
    const Trace trace = simulate(*net::scenarioNamed("keep-alive"));

    const Figure figure = drawGraph(trace, {.graph = Graph::Sequence, .sender = Side::Client});

    EXPECT_THAT(allWords(figure), AllOf(HasSubstr("3 segments, 1 probe"), HasSubstr("probe\n")));
    EXPECT_THAT(allWords(figure), testing::Not(HasSubstr("sent again")));
}

TEST(Graph, SaysSoWhereThereIsNothingToDraw) {
    const Trace trace = simulate(*net::scenarioNamed("handshake"));

    EXPECT_THAT(allWords(drawGraph(trace, {.graph = Graph::Throughput})),
                HasSubstr("No data in this direction"));
    EXPECT_THAT(allWords(drawGraph(trace, {.graph = Graph::Rounds, .language = Language::Chinese})),
                HasSubstr("没有传输轮次"));
}

TEST(Graph, DrawsTheDirectionWithMoreDataUnlessTold) {
    const Trace trace = simulate(*net::scenarioNamed("transfer"));

    EXPECT_THAT(drawGraph(trace, {}).title, HasSubstr("client to server"));
    EXPECT_THAT(drawGraph(trace, {.sender = Side::Server}).title, HasSubstr("server to client"));
}

TEST(Graph, StaysOfASizeThatCanBeOpenedHoweverLongTheConnection) {
    Trace trace{Origin::Captured};
    trace.connection({});
    constexpr PacketId kPackets = 100'000;
    for (PacketId number = 1; number <= kPackets; ++number) {
        Packet packet{.number = number, .from = number % 2 == 0 ? Side::Server : Side::Client};
        const std::int64_t octet = 1 + std::int64_t{number / 2} * 1000;
        packet.tcp = {.flags = {.ack = true},
                      .seq = number % 2 == 0 ? 1 : octet,
                      .ack = number % 2 == 0 ? octet : 1,
                      .len = number % 2 == 0 ? 0U : 1000U,
                      .window = 60'000 + number % 977};
        packet.transit.seen =
            Sighting{Instant{std::chrono::microseconds{37 * number}}, Moment{number}};
        trace.packet(packet, {});
    }
    for (const Graph graph : kGraphs) {
        const Figure figure = drawGraph(trace, {.graph = graph});
        EXPECT_LT(toSvg(figure, Theme::Light, Language::English).size(), 1'000'000U)
            << toString(graph);
    }
}

TEST(Staircase, KeepsTheExtremesOfAColumnOfPixels) {
    std::vector<Level> levels;
    for (int i = 0; i < 1000; ++i)
        levels.push_back({5 + i * 0.0001, i == 500 ? 90.0 : i == 600 ? 3.0 : 50.0});
    levels.push_back({20, 40});

    const std::vector<Point> points = staircase(levels, 30);

    EXPECT_LT(points.size(), 10U);
    EXPECT_THAT(points, testing::Contains(testing::Field(&Point::y, 90)));
    EXPECT_THAT(points, testing::Contains(testing::Field(&Point::y, 3)));
    EXPECT_EQ(points.back(), (Point{30, 40}));
}

}  // namespace
}  // namespace tcplab::picture
