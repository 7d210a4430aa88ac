#pragma once

#include "capture/analysis/finding.h"

#include <QString>

// How findings are said.
namespace tcplab::gui {

/// "keep-alive probe", "保活探测": for people. Of tshark and docs/findings.md it is `keep_alive`.
[[nodiscard]] QString nameOf(capture::Finding finding);

/// Whether it costs time or data; others are the usual course of things.
[[nodiscard]] bool isTrouble(capture::Finding finding);
[[nodiscard]] bool isTrouble(const capture::PacketFindings& found);

/// A line for each: its name, the one that docs/findings.md explains, and what it means.
[[nodiscard]] QString findingsInWords(const capture::PacketFindings& found);

}  // namespace tcplab::gui
