#pragma once

#include "sim/wire/layout.h"

#include <cstdint>
#include <string>

namespace tcplab::wire {

/// The start line and the fields of an HTTP/1.1 message (RFC 9112 2.1), as far as this segment has
/// them.
struct HttpHead {
    static constexpr Protocol kProtocol = Protocol::Http;
    static constexpr bool kIsMessage = true;

    std::size_t octets = SIZE_MAX;  ///< With the empty line that ends it; SIZE_MAX: not here.
    Octets head{};                  ///< Those captured.
};

/// Whether a start line, or its beginning, is seen.
[[nodiscard]] bool beginsWithHttp(Octets payload);

/// Octets up to and with the first empty line; SIZE_MAX where there is none.
[[nodiscard]] std::size_t httpHeadOctets(Octets octets);

/// Appends the start line and each field.
void listHttpHead(const Inside& inside, std::vector<Field>& fields);

template <class Io>
void layout(Io& io, HttpHead& h) {
    io.ahead(h.octets, httpHeadOctets);
    io.rest(h.head,
            h.octets,
            {.name = {"Head", "消息头"},
             .meaning = {"The start line and the fields, up to the empty line.",
                         "起始行和各首部行，直到空行。"},
             .text = true,
             .parts = listHttpHead});
    io.note(h.octets == SIZE_MAX,
            {"the empty line is not in this segment", "空行不在这个报文段中"});
}

[[nodiscard]] inline Continuation continuation(const HttpHead& /*header*/) {
    return {};
}

/// The start line.
[[nodiscard]] std::string summary(const HttpHead& h);

}  // namespace tcplab::wire
