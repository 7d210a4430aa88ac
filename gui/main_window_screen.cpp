#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/menus.h"
#include "gui/printing.h"
#include "gui/views/header_bar.h"
#include "gui/views/question_strip.h"
#include "gui/views/transport_bar.h"
#include "gui/workspace.h"

#include <QAction>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QLayout>
#include <QMenuBar>
#include <QMimeData>
#include <QPrintPreviewDialog>
#include <QPrinter>

#include <algorithm>

// The window on its screen, and what the desktop tells it.
namespace tcplab::gui {

namespace {

/// Labels of the ladder are to be read from the last row. That is their size at 1280x800; a larger
/// picture is shown on the same screen, from the same row.
constexpr double kProjectedLabel = 20;
constexpr QSizeF kProjected{1280, 800};
constexpr double kLeastProjected = 0.6;  ///< Of that size, in a small window.

double projectedZoom(QSizeF size) {
    const double larger =
        std::min(size.width() / kProjected.width(), size.height() / kProjected.height());
    return kProjectedLabel / fonts::kLabel * std::clamp(larger, kLeastProjected, 2.0);
}

}  // namespace

MainWindow::~MainWindow() {
    setProjecting(false);
}

void MainWindow::toggleFullScreen() {
    setWindowState(windowState() ^ Qt::WindowFullScreen);
}

void MainWindow::followScreen() {
    const bool full = isFullScreen();
    menus_->setFullScreen(full);
    // There the letter is the projector's.
    QList<QKeySequence> keys{Qt::SHIFT | Qt::Key_Space};
    if (!full) keys.prepend(Qt::Key_P);
    transport_->play()->setShortcuts(keys);
    if (!full) setProjecting(false);
}

void MainWindow::setProjecting(bool projecting) {
    if (projecting == usualZoom_.has_value()) return;
    if (projecting) usualZoom_ = textZoom();
    setTextZoom(projecting ? projectedZoom(size()) : *usualZoom_);
    if (!projecting) usualZoom_.reset();
    // A hidden menu bar would take the keys of its actions with it.
    menuBar()->setMaximumHeight(projecting ? 0 : QWIDGETSIZE_MAX);
    header_->setVisible(!projecting);
    question_->setAsking(projecting);
    workspace_->setProjecting(projecting);
    menus_->setProjecting(projecting);
}

void MainWindow::printView() {
    QPrinter printer(QPrinter::HighResolution);
    printer.setDocName(windowTitle());
    QPrintPreviewDialog preview(&printer, this);
    preview.setWindowTitle(tr("Print"));
    preview.resize(size() * 0.9);
    connect(&preview, &QPrintPreviewDialog::paintRequested, this, [this](QPrinter* to) {
        print(document_, workspace_->viewName(), *to);
    });
    preview.exec();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QMainWindow::resizeEvent(event);
    if (isProjecting()) setTextZoom(projectedZoom(size()));
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange) followScreen();
    const bool language = event->type() == QEvent::LanguageChange;
    if (menus_ == nullptr || (!language && event->type() != QEvent::FontChange)) return;
    if (language) {
        menus_->retranslate();
        retranslate();
    }
    // Buttons of an action do not tell their layout that their words have another length.
    const auto makeRoom = [this] {
        const QList<QWidget*> widgets = findChildren<QWidget*>();
        for (QWidget* widget : widgets) widget->updateGeometry();
        // From the innermost on: what is outside asks them how large they are.
        for (auto widget = widgets.rbegin(); widget != widgets.rend(); ++widget)
            if (QLayout* inside = (*widget)->layout()) inside->activate();
    };
    QMetaObject::invokeMethod(this, makeRoom, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    rememberLayout();
    preferences_.setSession(sessionNow());
    preferences_.setGeometry(saveGeometry());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty()) open(urls.first().toLocalFile());
}

}  // namespace tcplab::gui
