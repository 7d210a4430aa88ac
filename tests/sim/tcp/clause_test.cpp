#include "sim/tcp/clauses.h"

#include <gmock/gmock.h>

namespace tcplab::tcp {
namespace {

TEST(Clause, IsCitedByDocumentSectionAndStep) {
    EXPECT_EQ(Clause{clause::kRstResets}.citation(), "RFC 9293 3.10.7.4 (2)");
}

TEST(Clause, WithoutOneThereIsNothingToCite) {
    EXPECT_EQ(Clause{}.citation(), "");
    EXPECT_FALSE(Clause{});
}

}  // namespace
}  // namespace tcplab::tcp
