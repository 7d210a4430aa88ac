#include "sim/trace/packet_expression.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace tcplab {
namespace {

using testing::HasSubstr;

/// The second of two data packets of the client: seq 101, len 40.
Packet dataPacket() {
    Packet packet{.number = 5, .from = Side::Client};
    packet.tcp = {.flags = {.psh = true, .ack = true},
                  .seq = 101,
                  .ack = 1,
                  .seqRaw = 4000,
                  .ackRaw = 9000,
                  .len = 40,
                  .window = 512};
    packet.states = {{tcp::State::FinWait1, tcp::State::CloseWait}};
    return packet;
}

bool holds(const std::string& text, const Packet& packet = dataPacket()) {
    const auto expression = parsePacketExpression(text);
    EXPECT_TRUE(expression) << text << ": " << expression.error().what;
    return expression->matches(packet);
}

TEST(PacketExpression, AsksForFlags) {
    EXPECT_TRUE(holds("ack"));
    EXPECT_TRUE(holds("PSH"));
    EXPECT_FALSE(holds("syn"));
    EXPECT_TRUE(holds("!fin"));
    EXPECT_TRUE(holds("not rst && not urg"));
}

TEST(PacketExpression, ComparesNumbers) {
    EXPECT_TRUE(holds("len > 0"));
    EXPECT_TRUE(holds("seq == 101 and seq_raw==4000"));
    EXPECT_TRUE(holds("ack == 1 && ack_raw != 1"));
    EXPECT_TRUE(holds("number <= 5 && number >= 5"));
    EXPECT_FALSE(holds("window < 512"));
    EXPECT_TRUE(holds("seq > -1"));
}

TEST(PacketExpression, NoComparisonHoldsOfAnAckThatIsNotThere) {
    Packet syn = dataPacket();
    syn.tcp.flags = {.syn = true};
    syn.tcp.ack.reset();

    EXPECT_FALSE(holds("ack == 0", syn));
    EXPECT_FALSE(holds("ack != 0", syn));
    EXPECT_FALSE(holds("ack_raw >= 0", syn));
    EXPECT_TRUE(holds("!ack", syn));
}

TEST(PacketExpression, AsksForDirectionAndStates) {
    EXPECT_TRUE(holds("from client"));
    EXPECT_TRUE(holds("to server"));
    EXPECT_FALSE(holds("from server"));
    EXPECT_TRUE(holds("client == FIN-WAIT-1"));
    EXPECT_TRUE(holds("server != established"));
}

TEST(PacketExpression, AsksForWhatBecameOfThePacket) {
    Packet again = dataPacket();
    again.retransmissionOf = 3;
    again.transit.lost = Sighting{};

    EXPECT_TRUE(holds("data && retransmission && lost", again));
    EXPECT_FALSE(holds("retransmission || lost"));
}

TEST(PacketExpression, AndBindsMoreCloselyThanOr) {
    EXPECT_TRUE(holds("ack || syn && fin"));
    EXPECT_FALSE(holds("(ack || syn) && fin"));
    EXPECT_FALSE(holds("!(ack or syn)"));
}

TEST(PacketExpression, UnderstandsWhatWiresharkCallsTheSame) {
    EXPECT_TRUE(holds("tcp"));
    EXPECT_TRUE(holds("tcp.flags.push==1 && tcp.flags.syn == 0"));
    EXPECT_TRUE(holds("tcp.flags.ack"));
    EXPECT_FALSE(holds("tcp.flags.reset == 1"));
    EXPECT_TRUE(holds("tcp.flags.fin != True"));
    EXPECT_TRUE(holds("tcp.len>0 and tcp.seq == 101 and tcp.ack eq 1"));
    EXPECT_TRUE(holds("tcp.window_size le 512 && frame.number==5"));
    EXPECT_FALSE(holds("tcp.analysis.retransmission"));
    EXPECT_TRUE(holds("tcp.seq_raw == 4000 && tcp.ack_raw == 9000"));
}

TEST(PacketExpression, SaysWhatIsWrongInChinese) {
    const auto mistake = [](const char* text) {
        return parsePacketExpression(text, Language::Chinese).error().what;
    };
    EXPECT_EQ(mistake("sny"), "第 1 列：不认识 'sny'；是不是 'syn'？");
    EXPECT_EQ(mistake("syn fin"), "第 5 列：'fin' 之前应为 'and' 或 'or'");
    EXPECT_EQ(mistake("len > many"), "第 7 列：'many' 不是数");
    EXPECT_EQ(mistake("to"), "第 3 列：这里应有 client 或 server，却到头了");
    EXPECT_EQ(mistake("from middle"), "第 6 列：不认识 'middle'；可以写 client、server");
    EXPECT_EQ(mistake("tcp.port==81"),
              "第 1 列：'tcp.port' 用来区分连接：请在连接列表中查找；这里的方向写作 'from client' "
              "或 'from server'");
}

TEST(PacketExpression, CompletesWhatItKnowsOfWireshark) {
    int known = 0;
    for (const std::string_view word : packetExpressionWords()) {
        if (word.find('.') == std::string_view::npos) continue;
        const std::string text{word};
        EXPECT_TRUE(parsePacketExpression(text) || parsePacketExpression(text + " == 1")) << text;
        ++known;
    }
    EXPECT_EQ(known, 16);
}

struct Mistake {
    const char* text;
    const char* sentence;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.text;
}
class APacketExpression : public testing::TestWithParam<Mistake> {};

INSTANTIATE_TEST_SUITE_P(
    Mistakes,
    APacketExpression,
    testing::Values(
        Mistake{"", "column 1: expected what to look for"},
        Mistake{"sny", "column 1: 'sny' is not known; did you mean 'syn'?"},
        Mistake{"syn &&", "column 7: expected what to look for"},
        Mistake{"syn fin", "column 5: expected 'and' or 'or' before 'fin'"},
        Mistake{"syn & fin", "column 5: expected 'and' or 'or' before '&'"},
        Mistake{"from clinet", "column 6: 'clinet' is not known; did you mean 'client'?"},
        Mistake{"to", "column 3: expected client or server, and here it ends"},
        Mistake{"(syn || fin", "column 12: expected ')'"},
        Mistake{"len", "column 4: expected one of == != < <= > >="},
        Mistake{"len = 5", "column 5: to compare, write '=='"},
        Mistake{"len > many", "column 7: 'many' is no number"},
        Mistake{"len > 99999999999999999999", "is no number"},
        Mistake{"len >", "column 6: expected a number, and here it ends"},
        Mistake{"tcp.port==81", "column 1: 'tcp.port' tells connections apart"},
        Mistake{"ip.addr == 192.0.2.1", "in the list of connections"},
        Mistake{"tcp.analysis.zero_window", "is a finding"},
        Mistake{"tcp.flags.syn == 2", "a bit is 1 or 0"},
        Mistake{"tcp.flags.sny == 1", "did you mean 'tcp.flags.syn'?"},
        Mistake{"http", "there are fin, syn"},
        Mistake{"syn == 1", "'syn' is set or not; it is not compared"},
        Mistake{"client ESTABLISHED", "column 8: expected one of =="},
        Mistake{"client == ESTABLISHD", "column 11: 'establishd' is not known; did you mean"},
        Mistake{"client < CLOSED", "states have no order"}));

TEST_P(APacketExpression, IsToldWithItsColumn) {
    const auto expression = parsePacketExpression(GetParam().text);

    ASSERT_FALSE(expression);
    EXPECT_EQ(expression.error().code, Error::Code::Usage);
    EXPECT_THAT(expression.error().what, HasSubstr(GetParam().sentence));
}

TEST(PacketExpression, NestingHasALimit) {
    const auto expression = parsePacketExpression(std::string(10'000, '!') + "syn");

    ASSERT_FALSE(expression);
    EXPECT_THAT(expression.error().what, HasSubstr("nested too deeply"));
}

}  // namespace
}  // namespace tcplab
