#include "cli/rows.h"

#include "cli/figures.h"

#include <gtest/gtest.h>

#include <sstream>

namespace tcplab::cli {
namespace {

using std::literals::operator""ns;
using std::literals::operator""s;

std::string printed(Format format) {
    std::ostringstream out;
    RowPrinter printer{out,
                       format,
                       {{"name", "Name"},
                        {"size", "Size"},
                        {"guess", "", true},
                        {"rtt.min"},
                        {"rtt.max"},
                        {"", "Remark"}}};
    printer.row(
        {std::string{"a,\"b\""}, std::int64_t{5}, {}, Literal{"1.50"}, {}, std::string{"x"}});
    printer.row({std::string{"c"}, std::int64_t{1000}, true, {}, Literal{"2.25"}, {}});
    printer.finish();
    return out.str();
}

TEST(RowPrinter, PrintsALineOfJsonForEachRow) {
    EXPECT_EQ(
        printed(Format::Jsonl),
        "{\"name\":\"a,\\\"b\\\"\",\"size\":5,\"rtt\":{\"min\":1.50,\"max\":null}}\n"
        "{\"name\":\"c\",\"size\":1000,\"guess\":true,\"rtt\":{\"min\":null,\"max\":2.25}}\n");
}

TEST(RowPrinter, PrintsOneArrayOfJson) {
    EXPECT_EQ(printed(Format::Json),
              "[\n"
              "{\"name\":\"a,\\\"b\\\"\",\"size\":5,\"rtt\":{\"min\":1.50,\"max\":null}},\n"
              "{\"name\":\"c\",\"size\":1000,\"guess\":true,\"rtt\":{\"min\":null,\"max\":2.25}}\n"
              "]\n");
}

TEST(RowPrinter, PrintsCsvWithQuotesWhereTheyAreNeeded) {
    EXPECT_EQ(printed(Format::Csv),
              "name,size,guess,rtt.min,rtt.max\r\n"
              "\"a,\"\"b\"\"\",5,,1.50,\r\n"
              "c,1000,true,,2.25\r\n");
}

TEST(RowPrinter, PrintsATableWithNumbersOnTheRight) {
    EXPECT_EQ(printed(Format::Table),
              "Name   Size  Remark\n"
              "a,\"b\"     5  x\n"
              "c      1000\n");
}

TEST(RowPrinter, PrintsAnEmptyArrayWhereThereIsNoRow) {
    std::ostringstream out;
    RowPrinter printer{out, Format::Json, {{"name", "Name"}}};

    printer.finish();

    EXPECT_EQ(out.str(), "[]\n");
}

TEST(Figures, KeepEveryNanosecond) {
    EXPECT_EQ(seconds(Instant{1'700'000'000s + 1ns}), "1700000000.000000001");
    EXPECT_EQ(seconds(Instant{9'223'372'036'854'775'807ns}), "9223372036.854775807");
    EXPECT_EQ(milliseconds(41'000ns), "0.041000");
    EXPECT_EQ(milliseconds(-1'500'000ns), "-1.500000");
    EXPECT_EQ(shortSeconds(1'234'567'890ns), "1.234567");
}

}  // namespace
}  // namespace tcplab::cli
