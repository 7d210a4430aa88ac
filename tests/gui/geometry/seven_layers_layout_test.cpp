#include "gui/geometry/seven_layers_layout.h"

#include "sim/wire/frame.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace tcplab::gui {
namespace {

SevenLayersMetrics metricsFor(double width) {
    SevenLayersMetrics metrics;
    metrics.width = width;
    metrics.label = [](const QString& text) { return 7.0 * static_cast<double>(text.size()); };
    metrics.sentence = [](const QString& text, double room) {
        return 15 * std::ceil(7.0 * static_cast<double>(text.size()) / room);
    };
    return metrics;
}

std::array<wire::LayerWork, 7> worksOf(const std::string& payload, std::uint8_t version = 4) {
    wire::FrameAddresses addresses;
    addresses.from = {.ip = {.version = version}, .port = 40'000};
    addresses.to = {.ip = {.version = version}, .port = 443};
    Segment segment;
    segment.ctl.ack = true;
    segment.payload = Bytes{payload};
    const auto frame = wire::encodeFrame(addresses, segment);
    return wire::osiLayers(wire::dissect(wire::LinkType::Ethernet, frame, frame.size()));
}

std::array<wire::LayerWork, 7> worksOf(std::size_t payload) {
    return worksOf(std::string(payload, 'a'));
}

/// Three records over IPv6: more headers than a narrow page has room for.
std::array<wire::LayerWork, 7> encryptedWorks() {
    const std::string record = std::string("\x17\x03\x03\x00\x40", 5) + std::string(0x40, 'a');
    return worksOf(record + record + record, 6);
}

class SevenLayersLayoutAt : public testing::TestWithParam<int> {};

TEST_P(SevenLayersLayoutAt, EveryBoxLiesBetweenTheLanesAndNoneOverlap) {
    for (const std::size_t payload : {0U, 1U, 1000U}) {
        const auto layout = layOut(worksOf(payload), metricsFor(GetParam()));
        for (const LayerRow& row : layout.rows) {
            EXPECT_TRUE(row.area.contains(row.sentence)) << row.did.toStdString();
            double from = row.lane[Side::Client].right();
            for (const LayerBox& box : row.boxes) {
                EXPECT_GE(box.area.left(), from - 0.01) << box.label.toStdString();
                EXPECT_LT(box.area.bottom(), row.sentence.top());
                EXPECT_GT(box.area.width(), 0);
                from = box.area.right();
            }
            EXPECT_LE(from, row.lane[Side::Server].left() + 0.01);
        }
    }
}

TEST_P(SevenLayersLayoutAt, RowsStandOneBelowTheOther) {
    const auto layout = layOut(worksOf(5), metricsFor(GetParam()));

    double bottom = 0;
    for (const LayerRow& row : layout.rows) {
        EXPECT_DOUBLE_EQ(row.area.top(), bottom);
        bottom = row.area.bottom();
    }
    EXPECT_DOUBLE_EQ(layout.height, bottom);
}

TEST_P(SevenLayersLayoutAt, WhatIsCarriedIsAsWideAsAllThatWasMadeAbove) {
    const auto layout = layOut(worksOf(100), metricsFor(GetParam()));

    const LayerRow* above = nullptr;
    for (const LayerRow& row : layout.rows) {
        if (row.boxes.empty()) continue;
        for (const LayerBox& box : row.boxes) {
            if (box.own) continue;
            ASSERT_NE(above, nullptr);
            EXPECT_NEAR(box.area.left(), above->boxes.front().area.left(), 0.01);
            EXPECT_NEAR(box.area.right(), above->boxes.back().area.right(), 0.01);
        }
        above = &row;
    }
}

// What is deeply nested was cut off at the right, and the server's lane with it.
TEST_P(SevenLayersLayoutAt, NothingIsWiderThanThePage) {
    for (const auto& works : {encryptedWorks(), worksOf(1000)}) {
        const auto layout = layOut(works, metricsFor(GetParam()));
        ASSERT_EQ(layout.rows.size(), 7U);
        for (const LayerRow& row : layout.rows) {
            EXPECT_LE(row.area.right(), GetParam());
            EXPECT_LE(row.lane[Side::Server].right(), GetParam());
            EXPECT_LE(row.sentence.right(), row.lane[Side::Server].left() + 0.01);
            double from = row.lane[Side::Client].right();
            for (const LayerBox& box : row.boxes) {
                EXPECT_GE(box.area.left(), from - 0.01) << box.label.toStdString();
                EXPECT_GT(box.area.width(), 4) << box.label.toStdString();
                from = box.area.right();
            }
            EXPECT_LE(from, row.lane[Side::Server].left() + 0.01);
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Widths,
                         SevenLayersLayoutAt,
                         testing::Values(360, 560, 628, 1100),
                         [](const auto& of) { return std::to_string(of.param); });

TEST(SevenLayersLayout, TheFourStandBesideTheSeven) {
    const auto layout = layOut(worksOf(5), metricsFor(628));

    ASSERT_EQ(layout.internet.size(), 4U);
    EXPECT_DOUBLE_EQ(layout.internet[0].area.top(), layout.rows[0].area.top());
    EXPECT_DOUBLE_EQ(layout.internet[0].area.bottom(), layout.rows[2].area.bottom());
    EXPECT_DOUBLE_EQ(layout.internet[3].area.bottom(), layout.rows[6].area.bottom());
}

// Ethernet pads short frames and ends them with a check sequence: a capture has neither.
TEST(SevenLayersLayout, SaysWhatIsHeldAndNotWhatWasOnTheWire) {
    EXPECT_EQ(octetsInWords(54, 54, false).toStdString(), "54 octets");
    EXPECT_EQ(octetsInWords(54, 54, true).toStdString(), "captured: 54 octets");
    EXPECT_EQ(octetsInWords(96, 1514, true).toStdString(), "captured: 96 of 1514 octets");
}

// A page of 360 px has no room for both names of a layer.
TEST(SevenLayersLayout, TheFourGiveWayWhereTheRowsNeedTheirRoom) {
    EXPECT_TRUE(layOut(worksOf(5), metricsFor(360)).internet.empty());
    EXPECT_EQ(layOut(worksOf(5), metricsFor(560)).internet.size(), 4U);
}

TEST(SevenLayersLayout, FindsTheRowThatAnOctetComesFrom) {
    const auto layout = layOut(worksOf(5), metricsFor(628));

    EXPECT_EQ(layout.rowOf(0)->layer, wire::OsiLayer::DataLink);
    EXPECT_EQ(layout.rowOf(14)->layer, wire::OsiLayer::Network);
    EXPECT_EQ(layout.rowOf(34)->layer, wire::OsiLayer::Transport);
    EXPECT_EQ(layout.rowOf(54)->layer, wire::OsiLayer::Application);
    EXPECT_EQ(layout.rowOf(5000), nullptr);
}

// "TCP 20" was eighteen times as wide as "IPv4 20": it was read as its size.
TEST(SevenLayersLayout, HeadersOfOneLengthAreOfOneWidth) {
    for (const double width : {360.0, 560.0, 1100.0, 2000.0}) {
        for (const std::size_t payload : {0U, 1000U}) {
            const auto layout = layOut(worksOf(payload), metricsFor(width));
            const auto own = [&](wire::OsiLayer layer) {
                const LayerRow& row = layout.rows.at(7 - static_cast<std::size_t>(layer));
                return std::ranges::find(row.boxes, true, &LayerBox::own)->area.width();
            };
            EXPECT_NEAR(own(wire::OsiLayer::Transport), own(wire::OsiLayer::Network), 0.01)
                << width << ", " << payload;
            EXPECT_GE(own(wire::OsiLayer::Network), own(wire::OsiLayer::DataLink) - 0.01);
        }
    }
}

}  // namespace
}  // namespace tcplab::gui
