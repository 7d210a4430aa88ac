#include "sim/host/host_config.h"

#include "sim/base/check.h"

namespace tcplab::host {

HostConfig hostConfigOf(tcp::Profile profile) {
    HostConfig config{.tcp = tcp::configOf(profile)};
    switch (profile) {
        case tcp::Profile::Rfc9293:
        case tcp::Profile::Textbook: return config;
        case tcp::Profile::Linux:
            config.doubleBuffers = true;
            config.firstEphemeralPort = 32768;
            return config;
        case tcp::Profile::FreeBsd:
            config.resetUnread = false;
            config.prohibitedRefuses = true;
            config.sendBuffer = 32768;
            config.mostBacklog = 128;
            config.listenWithoutPort = false;
            return config;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::host
