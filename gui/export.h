#pragma once

#include "gui/document.h"
#include "gui/workspace.h"

#include "picture/graph.h"
#include <QSize>
#include <QStringList>
#include <QWidget>

#include <memory>

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

/// "window", "ladder", ... "projector" is the window in front of a class, "heat" the state diagram
/// of all connections.
[[nodiscard]] QStringList pictureViews();

/// Whether the document has what the view shows: of a capture no variables, of a run no other
/// connections.
[[nodiscard]] bool canDraw(const QString& view, const Document& document);

/// The one of a graph.
[[nodiscard]] QString viewNameOf(picture::Graph graph);

/// The view alone, as large as it wants to be.
[[nodiscard]] std::unique_ptr<QWidget> makeView(const Picture& picture, Document& document);

/// Draws the view as the document's cursor has it. Needs a QApplication, and no display.
[[nodiscard]] Expected<bool, Error> exportPicture(Document& document, const Picture& picture);

/// Writes all of it or nothing: a file that was there before stays where there is no room.
[[nodiscard]] Expected<bool, Error> writeWhole(const QString& path, const QByteArray& content);

}  // namespace tcplab::gui
