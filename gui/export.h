#pragma once

#include "gui/document.h"
#include "gui/workspace.h"

#include "picture/graph.h"
#include <QSize>
#include <QStringList>

namespace tcplab::gui {

/// A picture of one view, to be written to a file.
struct Picture {
    QString view{};  ///< One of pictureViews().
    QString path{};  ///< Ends in .png, .svg or .pdf.
    QSize size{};    ///< Empty: all of it, in its usual width.
    /// Of the window: what stands in its middle.
    Workspace::Page page = Workspace::Page::Ladder;
    int scale = 1;  ///< Dots of a PNG to a pixel of `size`, as on a screen of high resolution.
};

/// "window", "ladder", ...
[[nodiscard]] QStringList pictureViews();

/// The one of a graph.
[[nodiscard]] QString viewNameOf(picture::Graph graph);

/// Draws the view as the document's cursor has it. Needs a QApplication, and no display.
[[nodiscard]] Expected<bool, Error> exportPicture(Document& document, const Picture& picture);

/// Writes all of it or nothing: a file that was there before stays where there is no room.
[[nodiscard]] Expected<bool, Error> writeWhole(const QString& path, const QByteArray& content);

}  // namespace tcplab::gui
