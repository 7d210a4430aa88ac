#pragma once

#include "sim/wire/stack.h"

#include <string>
#include <vector>

namespace tcplab::test {

/// What does not hold of a dissection although it has to, whatever the octets are: layers lie
/// within each other, fields within what was captured of their layer and children within their
/// parents, an error lies in the frame, and every text is there in both languages.
std::vector<std::string> unsoundIn(const wire::Layers& layers);

}  // namespace tcplab::test
