#pragma once

#include "tests/house/source.h"

namespace tcplab::house {

// Names in backticks in a text that are neither a path, nor a word, of the repository.
Findings unknownNames(const Source& document,
                      const std::vector<std::string>& paths,
                      const std::vector<Source>& sources);

}  // namespace tcplab::house
