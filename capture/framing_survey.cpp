#include "capture/framing_survey.h"

#include <utility>

namespace tcplab::capture {
namespace {

constexpr std::size_t kMostHeld = 64U * 1024 * 1024;

}  // namespace

framing::Sample sampleOf(const Stream& stream) {
    framing::Sample sample{.octets = stream.octets,
                           .turns = stream.turns,
                           .ended = stream.ended && stream.missing == 0};
    for (const StreamPart& part : stream.parts)
        if (part.push) sample.pushes.push_back(part.end);
    return sample;
}

void FramingSurvey::connection(const Connection& connection) {
    const wire::SocketAddress& server = connection.ends[Side::Server];
    if (!found_.contains(server)) open_[connection.id].server = server;
}

void FramingSurvey::packet(const Packet& packet, Octets octets) {
    const auto found = open_.find(packet.connection);
    if (found != open_.end()) found->second.streams.take(packet, payloadOf(packet, octets));
}

void FramingSurvey::flow(const Flow& flow) {
    const auto found = open_.find(flow.connection.id);
    if (found == open_.end()) return;
    Open ended = std::move(found->second);
    open_.erase(found);
    PerSide<Stream> streams = ended.streams.finish();
    const std::size_t size =
        streams[Side::Client].octets.size() + streams[Side::Server].octets.size();
    if (size == 0 || found_.contains(ended.server)) return;
    held_ += size;
    Service& service = services_[ended.server];
    service.push_back(std::move(streams));
    if (service.size() < framing::kMostSamples && held_ <= kMostHeld) return;
    infer(ended.server, service);
    for (const PerSide<Stream>& one : service)
        held_ -= one[Side::Client].octets.size() + one[Side::Server].octets.size();
    services_.erase(ended.server);
}

void FramingSurvey::infer(const wire::SocketAddress& server, const Service& service) {
    PerSide<std::vector<framing::Sample>> samples;
    for (const PerSide<Stream>& streams : service)
        for (const Side side : kSides) samples[side].push_back(sampleOf(streams[side]));
    found_[server] = framing::infer(samples[Side::Client], samples[Side::Server]);
}

std::map<wire::SocketAddress, framing::InferredPair> FramingSurvey::finish() {
    for (const auto& [server, service] : services_) infer(server, service);
    services_.clear();
    held_ = 0;
    return std::move(found_);
}

}  // namespace tcplab::capture
