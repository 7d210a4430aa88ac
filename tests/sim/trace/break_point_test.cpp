#include "sim/trace/break_point.h"

#include "sim/trace/simulate.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace tcplab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<Moment> stops(const std::string& text, const std::string& scenario) {
    static_assert(sizeof(Moment) == 4);
    return stopsOf(simulate(*net::scenarioNamed(scenario)), *parseBreakPoint(text));
}

TEST(BreakPoint, StopsWhereAStateIsEntered) {
    EXPECT_THAT(stops("ESTABLISHED", "handshake"), ElementsAre(5, 6));
    EXPECT_THAT(stops("server established", "handshake"), ElementsAre(6));
    EXPECT_THAT(stops("CLOSING", "handshake"), IsEmpty());
}

TEST(BreakPoint, StopsAtAnEdge) {
    EXPECT_THAT(stops("edge FIN-WAIT-1 CLOSING", "simultaneous-close"), SizeIs(2));
    EXPECT_THAT(stops("edge client FIN-WAIT-1 CLOSING", "simultaneous-close"), SizeIs(1));
    EXPECT_THAT(stops("edge fin-wait-1 fin-wait-2", "simultaneous-close"), IsEmpty());
}

TEST(BreakPoint, StopsWhereAPacketIsSent) {
    EXPECT_THAT(stops("syn", "handshake"), ElementsAre(3, 4));
    EXPECT_THAT(stops("fin && from server", "four-way-close"), SizeIs(1));
}

TEST(BreakPoint, IsWrittenAsItIsRead) {
    for (const char* text : {"TIME-WAIT",
                             "client TIME-WAIT",
                             "edge FIN-WAIT-1 CLOSING",
                             "edge server LISTEN CLOSED",
                             "syn && from client"})
        EXPECT_EQ(toString(*parseBreakPoint(text)), text);
}

TEST(BreakPoint, WhatCannotBeReadIsTold) {
    const auto errorOf = [](const char* text) {
        const auto parsed = parseBreakPoint(text);
        return parsed ? std::string{"none"} : parsed.error().what;
    };

    EXPECT_THAT(errorOf("TIMEWAIT"), HasSubstr("did you mean 'TIME-WAIT'?"));
    EXPECT_THAT(errorOf("edge CLOSING"), HasSubstr("expected two states"));
    EXPECT_THAT(errorOf("edge CLOSING LSTEN"), HasSubstr("did you mean 'LISTEN'?"));
    EXPECT_THAT(errorOf("edge LISTEN TIME-WAIT"),
                HasSubstr("TCP never goes from LISTEN to TIME-WAIT"));
    EXPECT_THAT(errorOf("len >"), HasSubstr("column 6"));
}

}  // namespace
}  // namespace tcplab
