#include "cli/page.h"

#include "sim/trace/simulate.h"
#include "sim/wire/frame.h"
#include "tests/support/scenario.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <regex>
#include <set>

namespace tcplab::test {
namespace {

using namespace tcplab::cli;
using nlohmann::json;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string between(const std::string& text, const std::string& opening, std::string_view closing) {
    const auto from = text.find(opening);
    if (from == std::string::npos) return {};
    const auto begin = from + opening.size();
    return text.substr(begin, text.find(closing, begin) - begin);
}

json recordIn(const std::string& page) {
    const std::string opening = "<script type=\"application/json\" id=\"record\">";
    return json::parse(between(page, opening, "</script>"));
}

/// The tags of a page that are never closed, or close what is not open.
std::vector<std::string> unbalanced(std::string page) {
    for (const std::string raw : {"script", "style"})
        for (auto at = page.find("<" + raw); at != std::string::npos;
             at = page.find("<" + raw, at + 1)) {
            const auto begin = page.find('>', at) + 1;
            page.erase(begin, page.find("</" + raw, begin) - begin);
        }
    const std::set<std::string> empty{"meta", "input", "path", "!doctype"};
    std::vector<std::string> open;
    std::vector<std::string> wrong;
    const std::regex tag{"<(/?)([!a-z0-9]+)([^>]*)>"};
    for (auto it = std::sregex_iterator{page.begin(), page.end(), tag};
         it != std::sregex_iterator{};
         ++it) {
        const std::string name = (*it)[2];
        if (empty.contains(name)) continue;
        if ((*it)[1].length() == 0) {
            open.push_back(name);
        } else if (!open.empty() && open.back() == name) {
            open.pop_back();
        } else {
            wrong.push_back("/" + name);
        }
    }
    wrong.insert(wrong.end(), open.begin(), open.end());
    return wrong;
}

std::size_t count(const std::string& text, std::string_view word) {
    std::size_t found = 0;
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
    return found;
}

class PageOf : public testing::TestWithParam<net::Scenario> {
protected:
    Trace trace = simulate(GetParam());
    std::string page = toHtml(trace,
                              0,
                              {.title = {GetParam().title.en, GetParam().title.zh},
                               .notes = {GetParam().notes.en, GetParam().notes.zh}});
};
INSTANTIATE_TEST_SUITE_P(BuiltIn,
                         PageOf,
                         testing::ValuesIn(net::builtInScenarios()),
                         NameOfScenario{});

TEST_P(PageOf, HasTheRecordInIt) {
    const json record = recordIn(page);

    ASSERT_EQ(record["packets"].size(), trace.packets().size());
    for (std::size_t i = 0; i < trace.packets().size(); ++i) {
        const Packet& packet = trace.packets()[i];
        const json& shown = record["packets"][i];
        EXPECT_EQ(shown["number"], packet.number);
        EXPECT_EQ(shown["from"], index(packet.from));
        EXPECT_EQ(shown["seq"], packet.tcp.seq);
        EXPECT_EQ(shown["ack"].is_null(), !packet.tcp.ack.has_value());
        EXPECT_EQ(shown["len"], packet.tcp.len);
        EXPECT_EQ(shown["departed"]["moment"], packet.transit.departed->moment);
        EXPECT_EQ(shown["lost"].is_null(), !packet.transit.lost.has_value());
        EXPECT_EQ(shown["arrived"].is_null(), !packet.transit.arrived.has_value());
        EXPECT_FALSE(shown["layers"].empty());
    }
    ASSERT_EQ(record["entries"].size(), trace.entries().size());
    for (std::size_t i = 0; i < trace.entries().size(); ++i) {
        const Entry& entry = trace.entries()[i];
        const json& shown = record["entries"][i];
        EXPECT_EQ(shown["moment"], entry.moment);
        EXPECT_EQ(shown["side"], index(entry.side));
        const auto* change = std::get_if<Entered>(&entry.what);
        EXPECT_EQ(shown.value("to", ""), change == nullptr ? "" : toString(change->to));
        EXPECT_EQ(shown.contains("clause"), static_cast<bool>(entry.why));
        if (!entry.why) continue;
        const json& clause = record["clauses"][shown["clause"].get<std::size_t>()];
        EXPECT_EQ(clause["citation"], entry.why.citation());
    }
    EXPECT_EQ(record["moments"], trace.moments());
}

TEST_P(PageOf, IsWellFormedAndLoadsNothing) {
    EXPECT_THAT(unbalanced(page), IsEmpty());
    EXPECT_EQ(count(page, "</script>"), 2U);
    for (const char* outside : {"src=", "<link", "@import", "url(", "fetch(", "XMLHttp", "import("})
        EXPECT_THAT(page, Not(HasSubstr(outside)));
    std::string rest = page;
    const std::string svg = "http://www.w3.org/2000/svg";  // A name, and no address.
    rest.erase(rest.find(svg), svg.size());
    EXPECT_THAT(rest, Not(HasSubstr("://")));
    EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST(Page, TakesNothingOfAPacketForMarkup) {
    Trace trace{Origin::Captured};
    trace.connection({});
    Segment segment{.ctl = {.psh = true, .ack = true},
                    .payload = Bytes{"GET /</script><script>alert(1)</script><!-- HTTP/1.1\r\n"
                                     "Host: <img src=x>\xFF\xFE\r\n\r\n"}};
    const auto octets = wire::encodeFrame({.from = {.port = 50000}, .to = {.port = 80}}, segment);
    Packet packet{.number = 1, .originalLength = static_cast<std::uint32_t>(octets.size())};
    packet.transit.seen = Sighting{Instant{}, 1};
    trace.packet(packet, octets);
    const std::string evil = "</title></script><script>alert(2)</script>";

    const std::string page =
        toHtml(trace, 0, {.title = {evil, evil}, .notes = {evil, evil}, .subject = evil});

    EXPECT_EQ(count(page, "</script>"), 2U);
    EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
    EXPECT_THAT(page, Not(HasSubstr("<img")));
    EXPECT_THAT(page, Not(HasSubstr("<!--")));
    const json record = recordIn(page);
    EXPECT_EQ(record["title"]["en"], evil);
    EXPECT_EQ(record["packets"].size(), 1U);
}

TEST(Page, TellsWhatWasFoundOfAPacket) {
    Trace trace{Origin::Captured};
    trace.connection({});
    for (PacketId number = 1; number <= 2; ++number) {
        Packet packet{.number = number};
        packet.transit.seen = Sighting{Instant{}, number};
        trace.packet(packet, {});
    }

    const json record =
        recordIn(toHtml(trace, 0, {.remarks = {{2, {{"zero_window", {"full", "满"}}}}}}));

    EXPECT_FALSE(record["packets"][0].contains("findings"));
    const json& found = record["packets"][1]["findings"][0];
    EXPECT_EQ(found["name"], "zero_window");
    EXPECT_EQ(record["texts"][found["meaning"].get<std::size_t>()]["zh"], "满");
}

TEST(Page, OfAFlowAmongOthersCountsItsOwnStepsOnly) {
    Trace trace{Origin::Captured};
    trace.connection({.id = 0});
    trace.connection({.id = 1});
    for (PacketId number = 1; number <= 10; ++number) {
        Packet packet{.number = number, .connection = number % 2};
        packet.transit.seen = Sighting{Instant{std::chrono::milliseconds{number}}, number};
        trace.packet(packet, {});
    }

    const json record = recordIn(toHtml(trace, 1, {}));

    EXPECT_EQ(record["moments"], 5);
    EXPECT_EQ(record["packets"][4]["number"], 9);
    EXPECT_EQ(record["packets"][4]["seen"]["moment"], 5);
    EXPECT_EQ(record["packets"][0]["seen"]["at"], 0.0);
}

TEST(Page, OfALongConnectionHasItsBeginningAndSaysHowMuchThereIs) {
    Trace trace{Origin::Captured};
    trace.connection({});
    for (PacketId number = 1; number <= 5000; ++number) {
        Packet packet{.number = number};
        packet.transit.seen = Sighting{Instant{std::chrono::milliseconds{number}}, number};
        trace.packet(packet, {});
    }

    const json record = recordIn(toHtml(trace, 0, {}));

    EXPECT_EQ(record["packets"].size(), 2000U);
    EXPECT_EQ(record["moments"], 2000);
    EXPECT_EQ(record["packetsInAll"], 5000);
}

}  // namespace
}  // namespace tcplab::test
