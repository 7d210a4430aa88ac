// What a call gave, against what the script expects of it.

#include "sim/base/overloaded.h"
#include "sim/drill/arguments.h"
#include "sim/drill/constants.h"
#include "sim/drill/make_call.h"

#include <algorithm>
#include <array>

namespace tcplab::drill {

namespace {

namespace call = host::call;
using host::Call;
using host::Result;
using Kind = Expression::Kind;

std::string textOf(const call::OptionValue& value) {
    return std::visit(Overloaded{
                          [](std::int64_t number) { return std::to_string(number); },
                          [](host::Errno error) {
                              const std::string_view name = host::toString(error);
                              return name.empty() ? std::string{"0"} : std::string{name};
                          },
                          [](const call::Linger& linger) {
                              return "{onoff=" + std::to_string(linger.on ? 1 : 0) +
                                     ", linger=" + std::to_string(linger.seconds) + "}";
                          },
                      },
                      value);
}

std::string textOf(const call::Readiness& ready) {
    struct Name {
        bool call::Readiness::*bit;
        std::string_view name;
    };
    constexpr std::array<Name, 7> kNames{{{&call::Readiness::in, "IN"},
                                          {&call::Readiness::out, "OUT"},
                                          {&call::Readiness::priority, "PRI"},
                                          {&call::Readiness::error, "ERR"},
                                          {&call::Readiness::hangUp, "HUP"},
                                          {&call::Readiness::readHangUp, "RDHUP"},
                                          {&call::Readiness::invalid, "NVAL"}}};
    std::string text;
    for (const Name& name : kNames)
        if (ready.*name.bit) text += (text.empty() ? "" : "|") + std::string{name.name};
    return text.empty() ? "0" : text;
}

// The number that the script sees.
std::int64_t valueOf(const Call& call, const Result& result, tcp::Profile profile) {
    if (!std::holds_alternative<call::GetFlags>(call) || result.error != host::Errno::None)
        return result.value;
    constexpr std::int64_t kReadWrite = 2;
    return kReadWrite | (result.value != 0 ? nonBlockingFlag(profile) : 0);
}

// "[65536]", "[ECONNRESET]", "{onoff=1, linger=0}", "..."
bool optionFits(const Expression& expected, const call::OptionValue& got, Arguments& arguments) {
    if (expected.kind == Kind::Ellipsis) return true;
    const Expression& value =
        expected.kind == Kind::List && expected.parts.size() == 1 ? expected.parts[0] : expected;
    if (value.kind == Kind::Ellipsis) return true;
    return std::visit(Overloaded{
                          [&](std::int64_t number) { return arguments.numberOf(value) == number; },
                          [&](host::Errno error) {
                              if (value.kind == Kind::Word)
                                  return host::errnoNamed(value.text) == error;
                              return value.kind == Kind::Integer && value.value == 0 &&
                                     error == host::Errno::None;
                          },
                          [&](const call::Linger& linger) {
                              const Expression* on = Arguments::field(value, "onoff");
                              const Expression* seconds = Arguments::field(value, "linger");
                              return on != nullptr && seconds != nullptr &&
                                     (arguments.numberOf(*on) != 0) == linger.on &&
                                     arguments.numberOf(*seconds) == linger.seconds;
                          },
                      },
                      got);
}

bool pollFits(const Expression& list, const Result& result, Arguments& arguments) {
    for (std::size_t i = 0; i < list.parts.size() && i < result.polled.size(); ++i) {
        const Expression* revents = Arguments::field(list.parts[i], "revents");
        const call::Readiness wanted =
            revents == nullptr ? call::Readiness{} : arguments.readinessOf(*revents);
        if (wanted != result.polled[i].revents) return false;
    }
    return true;
}

bool eventsFit(const Expression& list, const Result& result, Arguments& arguments) {
    if (list.kind == Kind::Ellipsis) return true;
    std::vector<const Expression*> records;
    if (list.kind == Kind::Record)
        records.push_back(&list);
    else
        for (const Expression& part : list.parts) records.push_back(&part);
    if (result.events.empty()) return true;
    if (records.size() != result.events.size()) return false;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i]->kind == Kind::Ellipsis) continue;
        const Expression* events = Arguments::field(*records[i], "events");
        if (events != nullptr && arguments.readinessOf(*events) != result.events[i].events)
            return false;
        for (const std::string_view name : {"fd", "u32", "u64", "ptr"})
            if (const Expression* data = Arguments::field(*records[i], name))
                if (static_cast<std::uint64_t>(arguments.numberOf(*data)) != result.events[i].data)
                    return false;
    }
    return true;
}

// "msg_control=[{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=8000}]"
bool controlFits(const Expression& message, const Result& result, Arguments& arguments) {
    const Expression* control = Arguments::field(message, "msg_control");
    if (control == nullptr || control->kind == Kind::Ellipsis) return true;
    if (control->parts.empty()) return !result.inq;
    const Expression* data = Arguments::field(control->parts[0], "cmsg_data");
    return control->parts.size() == 1 && data != nullptr && result.inq &&
           arguments.numberOf(*data) == *result.inq;
}

// What a call fills in besides its result.
bool filledFits(const CallStatement& statement,
                const Call& call,
                const Result& result,
                Arguments& arguments) {
    return std::visit(
        Overloaded{
            [&](const call::GetOption&) {
                return optionFits(arguments.at(3), result.option, arguments);
            },
            [&](const call::QueueSize&) {
                return optionFits(arguments.at(2), result.option, arguments);
            },
            [&](const call::Poll&) { return pollFits(arguments.at(0), result, arguments); },
            [&](const call::EpollWait&) { return eventsFit(arguments.at(1), result, arguments); },
            [&](const call::Receive&) {
                const Expression& buffer = arguments.at(1);
                if (statement.name == "recvmsg") {
                    const Expression* flags = Arguments::field(buffer, "msg_flags");
                    const bool truncated = flags != nullptr && Arguments::has(*flags, "MSG_TRUNC");
                    return truncated == result.truncated && controlFits(buffer, result, arguments);
                }
                if (buffer.kind != Kind::String) return true;
                const Octets octets = result.octets.view();
                return std::ranges::equal(buffer.text, octets, [](char a, std::uint8_t b) {
                    return static_cast<std::uint8_t>(a) == b;
                });
            },
            [](const auto&) { return true; },
        },
        call);
}

}  // namespace

std::string resultText(const Call& call, const Result& result, tcp::Profile profile) {
    std::string text = std::to_string(valueOf(call, result, profile));
    if (result.error != host::Errno::None) return text + " " + std::string{toString(result.error)};
    if (std::holds_alternative<call::GetOption>(call) ||
        std::holds_alternative<call::QueueSize>(call))
        text += " with [" + textOf(result.option) + "]";
    for (const call::PollFd& polled : result.polled) text += " " + textOf(polled.revents);
    for (const host::EpollEvent& event : result.events) text += " " + textOf(event.events);
    return text;
}

std::optional<std::string> unexpectedIn(const CallStatement& statement,
                                        const Call& call,
                                        const Result& result,
                                        const CallContext& context) {
    Arguments arguments{statement, context};
    const bool opens =
        std::holds_alternative<call::Socket>(call) || std::holds_alternative<call::Accept>(call) ||
        std::holds_alternative<call::Dup>(call) || std::holds_alternative<call::EpollCreate>(call);
    const bool failed = result.error != host::Errno::None;
    bool fits = host::errnoNamed(statement.error).value_or(host::Errno::None) == result.error;
    // Scripts number descriptors as they like.
    if (fits && statement.result.kind != Kind::Ellipsis && (!opens || failed))
        fits = arguments.numberOf(statement.result) == valueOf(call, result, context.profile);
    if (fits && opens && !failed)
        fits = statement.result.kind == Kind::Ellipsis || arguments.numberOf(statement.result) >= 0;
    if (fits && !failed) fits = filledFits(statement, call, result, arguments);
    if (fits && !arguments.failure()) return {};
    if (arguments.failure() && !arguments.failure()->needs.empty())
        return "no such thing as " + arguments.failure()->needs;
    return resultText(call, result, context.profile);
}

}  // namespace tcplab::drill
