#include "sim/base/expected.h"

#include "sim/base/error.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>

namespace tcplab {
namespace {

using Number = Expected<int, std::string>;

Number failed(std::string why) {
    return Unexpected{std::move(why)};
}

TEST(Expected, HoldsTheValueItIsMadeOf) {
    const Number number{7};

    ASSERT_TRUE(number.has_value());
    EXPECT_TRUE(static_cast<bool>(number));
    EXPECT_EQ(number.value(), 7);
    EXPECT_EQ(*number, 7);
}

TEST(Expected, HoldsTheReasonWhyThereIsNoValue) {
    const Number number = failed("none left");

    EXPECT_FALSE(number.has_value());
    EXPECT_FALSE(static_cast<bool>(number));
    EXPECT_EQ(number.error(), "none left");
}

TEST(Expected, TellsAValueFromAnErrorOfTheSameType) {
    const Expected<std::string, std::string> value{std::string{"same"}};
    const Expected<std::string, std::string> error{Unexpected{std::string{"same"}}};

    EXPECT_TRUE(value.has_value());
    EXPECT_FALSE(error.has_value());
    EXPECT_FALSE(value == error);
}

TEST(Expected, GivesAccessToTheMembersOfTheValue) {
    Expected<std::string, int> text{std::string{"abc"}};

    text->push_back('d');

    EXPECT_EQ(*text, "abcd");
    EXPECT_EQ(text->size(), 4U);
}

TEST(Expected, AValueThatCannotBeCopiedIsMovedOut) {
    Expected<std::unique_ptr<int>, std::string> owner{std::make_unique<int>(5)};

    const std::unique_ptr<int> taken = *std::move(owner);

    ASSERT_NE(taken, nullptr);
    EXPECT_EQ(*taken, 5);
}

TEST(Expected, IsEqualWhereStateAndContentAre) {
    EXPECT_TRUE(Number{1} == Number{1});
    EXPECT_FALSE(Number{1} == Number{2});
    EXPECT_TRUE(failed("a") == failed("a"));
    EXPECT_FALSE(failed("a") == failed("b"));
}

TEST(Expected, CanBeAConstant) {
    constexpr Expected<int, char> number{3};

    static_assert(number.has_value() && *number == 3);
    static_assert(Expected<int, char>{Unexpected{'x'}}.error() == 'x');
}

TEST(ExpectedDeathTest, AskingForAValueThatIsNotThereIsAFaultOfTheProgram) {
    const Number number = failed("none left");

    EXPECT_DEATH(static_cast<void>(number.value()), "check failed");
    EXPECT_DEATH(static_cast<void>(*number), "check failed");
}

TEST(ExpectedDeathTest, AskingForAnErrorThatIsNotThereIsAFaultOfTheProgram) {
    const Number number{7};

    EXPECT_DEATH(static_cast<void>(number.error()), "check failed");
}

TEST(Error, IsEqualWhereItsCodeAndItsSentenceAre) {
    const Error missing{Error::Code::NotFound, "no such file"};

    EXPECT_TRUE(missing == (Error{Error::Code::NotFound, "no such file"}));
    EXPECT_FALSE(missing == (Error{Error::Code::NotReadable, "no such file"}));
    EXPECT_FALSE(missing == (Error{Error::Code::NotFound, "no such scenario"}));
}

}  // namespace
}  // namespace tcplab
