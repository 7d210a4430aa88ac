#pragma once

#include "gui/document.h"

#include <QPagedPaintDevice>

namespace tcplab::gui {

/// Prints a view, one of pictureViews(), as the document's cursor has it, in the light theme: a
/// ladder on as many pages as it needs, each with the names of both ends; another view on one.
/// Every page says what it is of. The device is a printer, a preview or a PDF. Returns how many
/// pages.
int print(Document& document, const QString& view, QPagedPaintDevice& device);

}  // namespace tcplab::gui
