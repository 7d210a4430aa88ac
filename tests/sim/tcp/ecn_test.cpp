// RFC 3168 6.1: explicit congestion notification.

#include "tests/support/endpoint.h"

namespace tcplab::test {
namespace {

using tcp::Config;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using wire::Ecn;

MATCHER_P(marked, ecn, "has this ECN field") {
    const auto* action = std::get_if<tcp::Transmit>(&arg);
    return action != nullptr && action->ecn == ecn;
}

class EcnTest : public EndpointTest {
protected:
    void SetUp() override {
        config.ecn = Config::EcnUse::Offered;
        config.congestionControl = Config::CongestionControl::NewReno;
        config.initialWindow = 10;
    }
    void agree() {
        connect();
        arrives("SE. 300:300(0) ack 101 win 8192");
    }
    tcp::Actions arrivesMarked(std::string_view text) {
        return on(tcp::SegmentArrives{operator""_seg(text.data(), text.size()), Ecn::Ce});
    }
};

TEST_F(EcnTest, IsAskedForWithBothFlagsOfTheSyn) {
    EXPECT_THAT(on(tcp::ActiveOpen{kIss}), Contains(transmits("SEW 100:100(0)")));
}

TEST_F(EcnTest, IsNotAskedForUnlessTheConfigurationOffersIt) {
    config.ecn = Config::EcnUse::WhenAsked;

    EXPECT_THAT(on(tcp::ActiveOpen{kIss}), Contains(transmits("S 100:100(0)")));
}

TEST_F(EcnTest, IsAnsweredWithEceAlone) {
    config.ecn = Config::EcnUse::WhenAsked;
    listen();

    EXPECT_THAT(arrives("SEW 300:300(0) win 8192"), Contains(transmits("SE. 100:100(0) ack 301")));
}

TEST_F(EcnTest, IsNotAnsweredWhereItIsOff) {
    config.ecn = Config::EcnUse::Off;
    listen();

    EXPECT_THAT(arrives("SEW 300:300(0) win 8192"), Contains(transmits("S. 100:100(0) ack 301")));
}

TEST_F(EcnTest, IsGivenUpAfterSoManySyns) {
    config.ecnTries = 1;
    connect();

    EXPECT_THAT(nextTimeout(), Contains(transmits("SEW 100:100(0)")));
    EXPECT_THAT(nextTimeout(), Contains(transmits("S 100:100(0)")));
}

TEST_F(EcnTest, ASynAckThatReflectsBothFlagsIsNoYes) {
    connect();
    arrives("SEW. 300:300(0) ack 101 win 8192");

    EXPECT_THAT(send(5), Contains(marked(Ecn::NotEct)));
}

TEST_F(EcnTest, MarksNewOctetsOnly) {
    agree();

    EXPECT_THAT(send(5), ElementsAre(marked(Ecn::Ect0)));
    EXPECT_THAT(nextTimeout(), ElementsAre(marked(Ecn::NotEct)));
    EXPECT_THAT(arrives("P. 301:306(5) ack 106 win 8192"), Contains(marked(Ecn::NotEct)));
}

TEST_F(EcnTest, AReceiverEchoesAMarkUntilCwrComes) {
    agree();

    EXPECT_THAT(arrivesMarked("P. 301:306(5) ack 101 win 8192"),
                Contains(transmits("E. 101:101(0) ack 306")));
    EXPECT_THAT(arrives("P. 306:311(5) ack 101 win 8192"),
                Contains(transmits("E. 101:101(0) ack 311")));
    EXPECT_THAT(arrives("PW. 311:316(5) ack 101 win 8192"),
                Contains(transmits(". 101:101(0) ack 316")));
}

TEST_F(EcnTest, AMarkOnASegmentWithoutOctetsSaysNothing) {
    agree();
    arrivesMarked(". 301:301(0) ack 101 win 8192");

    EXPECT_THAT(arrives("P. 301:306(5) ack 101 win 8192"),
                Contains(transmits(". 101:101(0) ack 306")));
}

TEST_F(EcnTest, ASenderHalvesItsWindowOncePerWindowAndSaysSo) {
    agree();
    send(5360);  // Ten segments.
    arrives("E. 301:301(0) ack 637 win 8192");
    const std::uint32_t half = endpoint.tcb().congestion.threshold();
    EXPECT_EQ(half, 2680U);

    arrives("E. 301:301(0) ack 1173 win 8192");
    EXPECT_EQ(endpoint.tcb().congestion.threshold(), half);

    EXPECT_THAT(arrives(". 301:301(0) ack 5461 win 8192"), IsEmpty());
    EXPECT_THAT(send(5), ElementsAre(transmits("PW. 5461:5466(5) ack 301")));
    EXPECT_THAT(send(5), ElementsAre(transmits("P. 5466:5471(5) ack 301")));
}

TEST_F(EcnTest, AnEchoOfWhatWasNotAgreedIsIgnored) {
    establish();
    send(5360);
    const std::uint32_t before = endpoint.tcb().congestion.threshold();

    arrives("E. 301:301(0) ack 637 win 8192");

    EXPECT_EQ(endpoint.tcb().congestion.threshold(), before);
}

}  // namespace
}  // namespace tcplab::test
