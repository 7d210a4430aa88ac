#pragma once

#include "sim/wire/ethernet.h"
#include "sim/wire/ipv4.h"
#include "sim/wire/ipv6.h"
#include "sim/wire/tcp.h"

#include <type_traits>

namespace tcplab::wire {

/// Every header that is dissected. A new protocol is one more here.
template <class Visitor>
void withHeader(Protocol protocol, Visitor&& visit) {
    const auto visitOneOf = [&]<class... Header>(std::type_identity<Header>... headers) {
        static_cast<void>(((protocol == Header::kProtocol && (visit(headers), true)) || ...));
    };
    visitOneOf(std::type_identity<EthernetHeader>{},
               std::type_identity<Ipv4Header>{},
               std::type_identity<Ipv6Header>{},
               std::type_identity<Ipv6HopByHopHeader>{},
               std::type_identity<Ipv6RoutingHeader>{},
               std::type_identity<Ipv6DestinationOptionsHeader>{},
               std::type_identity<Ipv6FragmentHeader>{},
               std::type_identity<TcpHeader>{});
}

}  // namespace tcplab::wire
