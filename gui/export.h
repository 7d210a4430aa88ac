#pragma once

#include "gui/document.h"

#include <QSize>
#include <QStringList>

namespace tcplab::gui {

/// A picture of one view, to be written to a file.
struct Picture {
    QString view{};  ///< One of pictureViews().
    QString path{};  ///< Ends in .png, .svg or .pdf.
    QSize size{};    ///< Empty: all of it, in its usual width.
};

/// "window", "ladder", ...
[[nodiscard]] QStringList pictureViews();

/// Draws the view as the document's cursor has it. Needs a QApplication, and no display.
[[nodiscard]] Expected<bool, Error> exportPicture(Document& document, const Picture& picture);

}  // namespace tcplab::gui
