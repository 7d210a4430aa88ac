// The first octet chooses the link type, the second how many octets the capture left out.

#include "sim/base/check.h"
#include "sim/wire/stack.h"
#include "tests/sim/wire/soundness.h"

#include <array>
#include <cstdio>

namespace {

using namespace tcplab;

constexpr std::array kLinks{wire::LinkType::Ethernet,
                            wire::LinkType::Null,
                            wire::LinkType::Ppp,
                            wire::LinkType::RawIp,
                            wire::LinkType::Loop,
                            wire::LinkType::LinuxSll,
                            wire::LinkType::LinuxSll2,
                            wire::LinkType::Ipv4,
                            wire::LinkType::Ipv6};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    const wire::LinkType link = kLinks.at(data[0] % kLinks.size());
    const Octets frame{data + 2, size - 2};

    const wire::Layers layers = wire::dissect(link, frame, frame.size() + data[1]);

    const auto unsound = test::unsoundIn(layers);
    for (const std::string& complaint : unsound) std::fprintf(stderr, "%s\n", complaint.c_str());
    TCPLAB_CHECK(unsound.empty());
    for (const wire::Layer& layer : layers) (void)verifyChecksum(layers, layer);
    return 0;
}
