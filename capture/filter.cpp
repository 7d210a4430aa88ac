#include "capture/filter.h"

#include <pcap/pcap.h>

#include <algorithm>
#include <utility>

namespace tcplab::capture {
namespace {

constexpr int kSnapLength = 262'144;

using Handle = std::unique_ptr<pcap_t, void (*)(pcap_t*)>;

/// The DLT_ number that libpcap gives to a LINKTYPE_; they differ for raw IP.
int dltOf(wire::LinkType link) {
    const bool raw = link == wire::LinkType::RawIp || link == wire::LinkType::RawIpOld ||
                     link == wire::LinkType::RawIpOpenBsd;
    return raw ? DLT_RAW : static_cast<int>(link);
}

Handle handleOf(int dlt) {
    return {pcap_open_dead(dlt, kSnapLength), pcap_close};
}

}  // namespace

struct Filter::Program {
    Program(const std::string& expression, wire::LinkType of) : link{of} {
        const Handle handle = handleOf(dltOf(link));
        compiled =
            handle != nullptr &&
            pcap_compile(handle.get(), &code, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) == 0;
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() {
        if (compiled) pcap_freecode(&code);
    }

    wire::LinkType link;
    bpf_program code{};
    bool compiled = false;
};

Filter::Filter(std::string expression) : expression_{std::move(expression)} {}
Filter::~Filter() = default;

std::optional<std::string> Filter::wrong(const std::string& expression) {
    const Handle handle = handleOf(DLT_EN10MB);
    bpf_program code{};
    if (pcap_compile(handle.get(), &code, expression.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
        return pcap_geterr(handle.get());
    }
    pcap_freecode(&code);
    return std::nullopt;
}

bool Filter::passes(const Frame& frame) {
    if (expression_.empty()) return true;
    auto found =
        std::ranges::find(programs_, frame.link, [](const auto& program) { return program->link; });
    if (found == programs_.end()) {
        programs_.push_back(std::make_unique<Program>(expression_, frame.link));
        found = programs_.end() - 1;
    }
    pcap_pkthdr header{};
    header.caplen = static_cast<bpf_u_int32>(frame.octets.size());
    header.len = frame.originalLength;
    return (*found)->compiled &&
           pcap_offline_filter(&(*found)->code, &header, frame.octets.data()) != 0;
}

}  // namespace tcplab::capture
