#pragma once

#include "gui/document.h"

#include <QString>

class QAbstractItemModel;

// What can be taken out of the window as text.
namespace tcplab::gui {

/// A table with its headings, as RFC 4180 has it, lines ended by CRLF.
[[nodiscard]] QString toCsv(const QAbstractItemModel& table);

/// All connections of a capture in the order of their list, with what happened to each.
[[nodiscard]] QString connectionsToCsv(Document& document);

/// What happened in the current connection, for a report: verdict, findings and packets.
[[nodiscard]] QString toMarkdown(Document& document);

}  // namespace tcplab::gui
