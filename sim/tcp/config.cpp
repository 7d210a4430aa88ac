#include "sim/tcp/config.h"

#include "sim/base/check.h"

namespace tcplab::tcp {

Config configOf(Profile profile) {
    switch (profile) {
        case Profile::Rfc9293: return {};
        case Profile::Textbook: return {.delayedAck = {}, .nagle = false, .initialWindow = 1};
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::tcp
