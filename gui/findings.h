#pragma once

#include "capture/analysis/finding.h"

#include <QString>

// How findings are said.
namespace tcplab::gui {

/// "fast retransmission", the name that docs/findings.md explains; in Chinese "快重传".
[[nodiscard]] QString nameOf(capture::Finding finding);

/// Whether it costs time or data; others are the usual course of things.
[[nodiscard]] bool isTrouble(capture::Finding finding);
[[nodiscard]] bool isTrouble(const capture::PacketFindings& found);

/// A line for each: its name and what it means.
[[nodiscard]] QString findingsInWords(const capture::PacketFindings& found);

}  // namespace tcplab::gui
