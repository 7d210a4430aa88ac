#include "tests/sim/wire/round_trip.h"

#include "sim/wire/headers.h"
#include "sim/wire/hex.h"
#include "tests/sim/wire/octets.h"

#include <algorithm>

namespace tcplab::test {

namespace {

struct Rewriting {
    Octets before{};
    OctetVector after{};  ///< Empty where the header is not whole and well formed.
};

Rewriting rewrite(wire::Protocol protocol, Octets octets) {
    Rewriting result;
    wire::withHeader(protocol, [&]<class Header>(std::type_identity<Header>) {
        const auto decoded = wire::decodeHeader<Header>(octets, octets.size());
        if (!decoded.usable || (decoded.fault && !decoded.fault->beyond)) return;
        result.before = octets.first(std::min(decoded.headerLength, octets.size()));
        result.after.resize(octets.size());
        result.after.resize(wire::encode(decoded.header, result.after));
    });
    return result;
}

std::string complaint(wire::Protocol protocol, const Rewriting& one) {
    return std::string{titleOf(protocol).en} + " " + wire::hex(one.before) + " becomes " +
           wire::hex(Octets{one.after});
}

}  // namespace

std::vector<std::string> changedByWriting(const wire::Layers& layers, Written& written) {
    std::vector<std::string> changed;
    for (const wire::Layer& layer : layers) {
        const Octets octets = layers.octets(layer);
        if (octets.size() < layer.headerLength) continue;
        const Rewriting one = rewrite(layer.protocol, octets);
        if (one.after.empty()) continue;
        written[layer.protocol]++;
        if (!std::ranges::equal(one.before, one.after)) {
            changed.push_back(complaint(layer.protocol, one));
        }
    }
    return changed;
}

std::optional<std::string> changedByWriting(wire::Protocol protocol, Octets octets) {
    const Rewriting one = rewrite(protocol, octets);
    if (one.after.empty() || std::ranges::equal(one.before, one.after)) return {};
    return complaint(protocol, one);
}

}  // namespace tcplab::test
