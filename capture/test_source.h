#pragma once

#include "capture/rules.h"

#include <string>

// A rule as the source of a test, for a project of somebody else. docs/testing.md says how it is
// built and run.
namespace tcplab::capture {

/// What a test is about: a connection of a capture file. Its number is that of the file's flow.
struct TestSubject {
    std::string file{};
    ConnectionId flow = 0;
};

/// With the matchers of <tcplab/testing.h>. Which ends the connection has is not asked: it is found
/// by its number.
[[nodiscard]] std::string toGoogleTest(const FlowRule& rule, const TestSubject& subject);

/// With the rules in it, which `tcplab check` reads.
[[nodiscard]] std::string toPytest(const FlowRule& rule, const TestSubject& subject);

}  // namespace tcplab::capture
