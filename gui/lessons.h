#pragma once

#include "sim/net/scenario.h"

#include <QString>

#include <vector>

namespace tcplab::gui {

/// A topic's name in the current language: "Opening".
[[nodiscard]] QString nameOf(net::Topic topic);

/// The built-in scenarios of a topic, in the order in which they are read.
[[nodiscard]] std::vector<const net::Scenario*> scenariosOf(net::Topic topic);

}  // namespace tcplab::gui
