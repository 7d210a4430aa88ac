#include "cli/behind.h"

#include <gmock/gmock.h>

#include <numeric>
#include <thread>

namespace tcplab::cli {
namespace {

using ::testing::ElementsAre;

TEST(Behind, TakesAFewWithoutAThread) {
    std::vector<int> taken;
    std::thread::id by{};
    Behind<int> behind{[&](const int& value) {
        taken.push_back(value);
        by = std::this_thread::get_id();
    }};

    behind.push(1);
    behind.push(2);
    behind.finish();

    EXPECT_THAT(taken, ElementsAre(1, 2));
    EXPECT_EQ(by, std::this_thread::get_id());
}

TEST(Behind, TakesManyInTheirOrder) {
    std::vector<int> taken;
    std::vector<int> pushed(10'000);
    std::iota(pushed.begin(), pushed.end(), 0);
    {
        Behind<int> behind{[&](const int& value) { taken.push_back(value); }};
        for (const int value : pushed) behind.push(value);
    }
    EXPECT_EQ(taken, pushed);
}

TEST(Behind, GoesOnAfterItHasFinished) {
    std::vector<int> taken;
    Behind<int> behind{[&](const int& value) { taken.push_back(value); }};
    for (int round = 0; round < 2; ++round) {
        for (int n = 0; n < 1'000; ++n) behind.push(n);
        behind.finish();
    }
    EXPECT_EQ(taken.size(), 2'000U);
}

}  // namespace
}  // namespace tcplab::cli
