#pragma once

#include "sim/tcp/clause.h"

#include <string>
#include <vector>

namespace tcplab::tcp {

/// Something that an endpoint does not do, and what it waits for, with the values that decide.
struct Silence {
    Clause why{};
    std::string en{};
    std::string zh{};  ///< zh_CN
    friend bool operator==(const Silence&, const Silence&) = default;
};
using Silences = std::vector<Silence>;

}  // namespace tcplab::tcp
