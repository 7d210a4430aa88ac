#include "sim/drill/arguments.h"

#include "sim/drill/constants.h"

#include <algorithm>

namespace tcplab::drill {

namespace {

using Kind = Expression::Kind;

const Expression& nothing() {
    static const Expression ellipsis{};
    return ellipsis;
}

}  // namespace

const Expression& Arguments::at(std::size_t index) const {
    return index < call_.arguments.size() ? call_.arguments[index] : nothing();
}

void Arguments::expectCount(std::size_t least, std::size_t most) {
    if (count() >= least && count() <= most) return;
    const std::string wanted = least == most
                                   ? std::to_string(least)
                                   : std::to_string(least) + " to " + std::to_string(most);
    const Place place = call_.arguments.empty() ? call_.result.place : call_.arguments[0].place;
    if (!failure_)
        failure_ = NoCall{.wrong = {place,
                                    "expected " + wanted + " arguments of " + call_.name +
                                        "(), got " + std::to_string(count())}};
}

host::Fd Arguments::descriptorOf(const Expression& expression) {
    if (expression.kind != Kind::Integer) {
        expected(expression, "a descriptor");
        return -1;
    }
    // A descriptor that the script never got does not exist.
    const auto live = context_.descriptors.find(expression.value);
    return live == context_.descriptors.end() ? -1 : live->second;
}

std::int64_t Arguments::numberOf(const Expression& expression) {
    switch (expression.kind) {
        case Kind::Integer: return expression.value;
        case Kind::Word:
            if (const auto value = constant(expression.text, context_.profile)) return *value;
            needs(expression.text);
            return 0;
        case Kind::Or: return numberOf(expression.parts[0]) | numberOf(expression.parts[1]);
        case Kind::Call:
            if (expression.text == "htons" || expression.text == "htonl")
                return expression.parts.size() == 1 ? numberOf(expression.parts[0]) : 0;
            break;
        case Kind::Ellipsis:
        case Kind::String:
        case Kind::Field:
        case Kind::List:
        case Kind::Record: break;
    }
    expected(expression, "a number");
    return 0;
}

bool Arguments::has(const Expression& expression, std::string_view word) {
    if (expression.kind == Kind::Or)
        return has(expression.parts[0], word) || has(expression.parts[1], word);
    return expression.kind == Kind::Word && expression.text == word;
}

void Arguments::allow(const Expression& expression, std::initializer_list<std::string_view> words) {
    if (expression.kind == Kind::Or) {
        allow(expression.parts[0], words);
        return allow(expression.parts[1], words);
    }
    if (expression.kind == Kind::Integer) {
        if (expression.value != 0) needs("the flags " + expression.text);
    } else if (expression.kind != Kind::Word) {
        expected(expression, "flags");
    } else if (std::ranges::find(words, expression.text) == words.end()) {
        needs(expression.text);
    }
}

host::call::Readiness Arguments::readinessOf(const Expression& expression) {
    host::call::Readiness ready;
    if (expression.kind == Kind::Or) {
        const auto left = readinessOf(expression.parts[0]);
        ready = readinessOf(expression.parts[1]);
        ready.in |= left.in;
        ready.out |= left.out;
        ready.priority |= left.priority;
        ready.error |= left.error;
        ready.hangUp |= left.hangUp;
        ready.readHangUp |= left.readHangUp;
        ready.invalid |= left.invalid;
    } else if (expression.kind == Kind::Word) {
        const auto bit = readinessNamed(expression.text);
        const bool how = expression.text == "EPOLLET" || expression.text == "EPOLLONESHOT";
        if (bit != nullptr)
            ready.*bit = true;
        else if (!how)
            needs(expression.text);
    } else if (numberOf(expression) != 0) {
        expected(expression, "names such as POLLIN");
    }
    return ready;
}

const Expression* Arguments::field(const Expression& record, std::string_view name) {
    for (const Expression& part : record.parts)
        if (part.kind == Kind::Field && part.text == name) return &part.parts.back();
    return nullptr;
}

std::optional<wire::SocketAddress> Arguments::address(std::size_t index) {
    const Expression& record = at(index);
    if (record.kind == Kind::Ellipsis) return {};
    const Expression* port = field(record, "sin_port");
    const Expression* ip = field(record, "sin_addr");
    if (port == nullptr) port = field(record, "sin6_port");
    if (ip == nullptr) ip = field(record, "sin6_addr");
    if (record.kind != Kind::Record || port == nullptr || ip == nullptr) {
        expected(record, "an address, or ...");
        return {};
    }
    const bool named = ip->kind == Kind::Call && ip->parts.size() == 1;
    const auto parsed = named ? wire::parseIpAddress(ip->parts[0].text) : std::nullopt;
    if (!parsed) expected(*ip, "inet_addr(\"ADDRESS\")");
    return wire::SocketAddress{parsed.value_or(wire::IpAddress{}),
                               static_cast<std::uint16_t>(numberOf(*port))};
}

Bytes Arguments::octets(const Expression& what, std::size_t size) {
    constexpr std::size_t kMost = 64UL * 1024 * 1024;
    if (size > kMost) {
        needs("more than 64 MiB in one call");
        return {};
    }
    std::vector<std::uint8_t> octets(size);
    if (what.kind == Kind::String)
        std::copy_n(what.text.begin(), std::min(size, what.text.size()), octets.begin());
    return Bytes{std::move(octets)};
}

std::size_t Arguments::vectorSize(const Expression& vector) {
    if (vector.kind != Kind::List) {
        expected(vector, "a list of {..., LENGTH}");
        return 0;
    }
    std::size_t sum = 0;
    for (const Expression& part : vector.parts) {
        if (part.kind != Kind::Record || part.parts.size() != 2) {
            expected(part, "{..., LENGTH}");
            return 0;
        }
        sum += static_cast<std::size_t>(std::max<std::int64_t>(numberOf(part.parts[1]), 0));
    }
    return sum;
}

void Arguments::needs(std::string feature) {
    if (!failure_) failure_ = NoCall{.needs = std::move(feature)};
}

void Arguments::expected(const Expression& at, std::string_view what) {
    if (failure_) return;
    failure_ =
        NoCall{.wrong = {at.place, "expected " + std::string{what} + " in " + call_.name + "()"}};
}

}  // namespace tcplab::drill
