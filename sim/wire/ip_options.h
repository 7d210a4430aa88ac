#pragma once

#include "sim/wire/layout.h"

#include <vector>

namespace tcplab::wire {

/// Appends each option of an IPv4 header (RFC 791 3.1) as a field.
void listIpv4Options(const Inside& inside, std::vector<Field>& fields);
/// Appends each option of a hop-by-hop or destination options header (RFC 8200 4.2) as a field.
void listIpv6Options(const Inside& inside, std::vector<Field>& fields);
/// Appends what a routing header (RFC 8200 4.4) has after its length.
void listIpv6Route(const Inside& inside, std::vector<Field>& fields);

}  // namespace tcplab::wire
