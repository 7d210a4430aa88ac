#pragma once

#include "tests/house/source.h"

namespace tcplab::house {

// What a text file must not hold, whatever its kind, and what C++ must not look like.
Findings tidinessOf(const Source& source);

// Captures that the README of their folder does not name.
Findings unnamedTraces(const std::vector<std::string>& paths, std::string_view readme);

}  // namespace tcplab::house
