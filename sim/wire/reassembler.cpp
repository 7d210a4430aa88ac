#include "sim/wire/reassembler.h"

#include <algorithm>
#include <span>

namespace tcplab::wire {

namespace {

constexpr std::size_t kUnit = 8;  ///< Octets that a fragment offset counts.

/// What the length field of IP can tell, and in IPv6 what it does not count.
std::size_t mostOctets(std::uint8_t version) {
    return 65'535 + (version == 6 ? Ipv6Header::kOctets : 0);
}

/// All of the layer was captured, and as much as its header promises.
bool isWhole(const Layers& layers, const Layer& layer, std::size_t promised) {
    return layers.octets(layer).size() == layer.length && promised <= layer.length;
}

}  // namespace

std::optional<Datagram> Reassembler::take(const Layers& layers, Instant at) {
    const auto fragment = fragmentIn(layers);
    if (!fragment) return {};
    const Range range = fragment->range;
    const std::size_t size = fragment->payload.size();
    const std::uint8_t version = fragment->key.source.version;
    const bool odd = fragment->more && size % kUnit != 0;
    if (size == 0 || odd || fragment->header.size() + range.to > mostOctets(version)) return {};

    forgetExpired(at);
    Partial& partial = partialOf(fragment->key, at);
    if (partial.givenUp) return {};
    if (version == 6 && std::ranges::find(partial.have, range) != partial.have.end()) return {};
    if (contradicts(partial, *fragment)) {
        giveUp(partial);
        return {};
    }
    keepHeader(partial, *fragment);
    join(partial, range, version == 4);
    if (range.to > partial.payload.size()) {
        octets_ += range.to - partial.payload.size();
        partial.payload.resize(range.to);
    }
    std::ranges::copy(fragment->payload,
                      partial.payload.begin() + static_cast<std::ptrdiff_t>(range.from));
    partial.fragments += 1;

    if (partial.length != partial.covered || partial.header.empty()) {
        while (octets_ > limits_.octets || partial_.size() > limits_.datagrams) {
            forget(Key{ages_.begin()->second});
        }
        return {};
    }
    std::optional<Datagram> whole;
    if (partial.header.size() + partial.payload.size() <= mostOctets(version)) {
        whole = wholeOf(partial, version);
    }
    forget(fragment->key);
    return whole;
}

std::optional<Reassembler::Fragment> Reassembler::fragmentIn(const Layers& layers) {
    for (const Layer& layer : layers) {
        if (layer.quoted) return {};
        std::optional<Fragment> fragment;
        if (layer.protocol == Protocol::Ipv4) fragment = readIpv4(layers, layer);
        if (layer.protocol == Protocol::Ipv6Fragment) fragment = readIpv6(layers, layer);
        if (fragment) return fragment;
    }
    return {};
}

std::optional<Reassembler::Fragment> Reassembler::readIpv4(const Layers& layers,
                                                           const Layer& layer) {
    const auto decoded = decodeHeader<Ipv4Header>(layers.octets(layer), layer.length);
    const Ipv4Header& ip = decoded.header;
    if (!decoded.usable || !isWhole(layers, layer, ip.totalLength)) return {};
    if (!ip.moreFragments && ip.fragmentOffset == 0) return {};
    const Octets payload = layers.payload(layer);
    const std::size_t from = ip.fragmentOffset * kUnit;
    return Fragment{.key = {ip.source, ip.destination, ip.identification, ip.protocol},
                    .header = layers.header(layer),
                    .range = {from, from + payload.size()},
                    .more = ip.moreFragments,
                    .payload = payload};
}

std::optional<Reassembler::Fragment> Reassembler::readIpv6(const Layers& layers,
                                                           const Layer& layer) {
    const Layer* ip = layers.ipAround(layer);
    const auto decoded = decodeHeader<Ipv6FragmentHeader>(layers.octets(layer), layer.length);
    const Ipv6FragmentHeader& header = decoded.header;
    if (ip == nullptr || ip->protocol != Protocol::Ipv6 || !decoded.usable) return {};
    if (!header.moreFragments && header.fragmentOffset == 0) return {};
    const auto outer = decodeHeader<Ipv6Header>(layers.octets(*ip), ip->length).header;
    if (!isWhole(layers, *ip, Ipv6Header::kOctets + outer.payloadLength)) return {};
    constexpr std::size_t kNextHeaderOfIpv6 = 6;
    const Layer& before = *(&layer - 1);
    const Octets payload = layers.payload(layer);
    const std::size_t from = header.fragmentOffset * kUnit;
    return Fragment{
        .key = {outer.source, outer.destination, header.identification},
        .header = layers.frame().subspan(ip->offset, layer.offset - ip->offset),
        .nextHeaderAt = before.offset - ip->offset + (&before == ip ? kNextHeaderOfIpv6 : 0),
        .nextHeader = header.nextHeader,
        .range = {from, from + payload.size()},
        .more = header.moreFragments,
        .payload = payload};
}

Reassembler::Partial& Reassembler::partialOf(const Key& key, Instant at) {
    const auto known = partial_.find(key);
    if (known != partial_.end()) {
        if (!isOver(key, known->second, at)) return known->second;
        forget(key);
    }
    const std::uint64_t age = nextAge_++;
    ages_.emplace(age, key);
    return partial_[key] = {.age = age, .since = at};
}

/// Two ends of the datagram, octets after its end, or, in IPv6, any overlap.
bool Reassembler::contradicts(const Partial& partial, const Fragment& fragment) {
    const Range range = fragment.range;
    if (partial.length) {
        if (fragment.more ? range.to >= *partial.length : range.to != *partial.length) return true;
    } else if (!fragment.more && partial.payload.size() > range.to) {
        return true;
    }
    return fragment.key.source.version == 6 &&
           std::ranges::any_of(partial.have, [range](const Range& other) {
               return other.from < range.to && range.from < other.to;
           });
}

void Reassembler::keepHeader(Partial& partial, const Fragment& fragment) {
    if (!fragment.more) partial.length = fragment.range.to;
    if (fragment.range.from > 0) return;
    partial.header.assign(fragment.header.begin(), fragment.header.end());
    if (fragment.key.source.version == 6) {
        partial.header.at(fragment.nextHeaderAt) = fragment.nextHeader;
    }
}

void Reassembler::join(Partial& partial, Range range, bool whereTheyTouch) {
    auto& have = partial.have;
    const auto isBefore = [range, whereTheyTouch](const Range& other) {
        return other.to < range.from || (!whereTheyTouch && other.to == range.from);
    };
    const auto first = std::ranges::find_if_not(have, isBefore);
    auto last = first;
    for (; whereTheyTouch && last != have.end() && last->from <= range.to; ++last) {
        partial.covered -= last->to - last->from;
        range = {std::min(range.from, last->from), std::max(range.to, last->to)};
    }
    partial.covered += range.to - range.from;
    have.insert(have.erase(first, last), range);
}

Datagram Reassembler::wholeOf(Partial& partial, std::uint8_t version) {
    Datagram whole{.octets = std::move(partial.header), .fragments = partial.fragments};
    const std::size_t headerOctets = whole.octets.size();
    whole.octets.insert(whole.octets.end(), partial.payload.begin(), partial.payload.end());
    const std::span<std::uint8_t> octets{whole.octets};
    if (version == 6) {
        auto ip = decodeHeader<Ipv6Header>(octets, octets.size()).header;
        ip.payloadLength = static_cast<std::uint16_t>(octets.size() - Ipv6Header::kOctets);
        encode(ip, octets);
        return whole;
    }
    // The options are copied, as the header that is written must not be the one it is read from.
    const auto header = octets.first(headerOctets);
    const std::vector<std::uint8_t> before(header.begin(), header.end());
    auto ip = decodeHeader<Ipv4Header>(before, octets.size()).header;
    ip.totalLength = static_cast<std::uint16_t>(octets.size());
    ip.moreFragments = false;
    ip.fragmentOffset = 0;
    ip.checksum = 0;
    encode(ip, octets);
    Checksum sum;
    sum.add(header);
    ip.checksum = sum.value();
    encode(ip, octets);
    return whole;
}

void Reassembler::giveUp(Partial& partial) {
    octets_ -= partial.payload.size();
    partial = {.age = partial.age, .since = partial.since, .givenUp = true};
}

void Reassembler::forget(const Key& key) {
    const auto known = partial_.find(key);
    octets_ -= known->second.payload.size();
    ages_.erase(known->second.age);
    partial_.erase(known);
}

void Reassembler::forgetExpired(Instant at) {
    while (!ages_.empty()) {
        const Key key = ages_.begin()->second;
        if (!isOver(key, partial_.at(key), at)) return;
        forget(key);
    }
}

bool Reassembler::isOver(const Key& key, const Partial& partial, Instant at) const {
    return at - partial.since > (key.source.version == 4 ? limits_.ipv4 : limits_.ipv6);
}

}  // namespace tcplab::wire
