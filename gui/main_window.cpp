#include "gui/main_window.h"

#include "gui/copies.h"
#include "gui/export.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/menus.h"
#include "gui/models/packet_table.h"
#include "gui/views/empty_page.h"
#include "gui/views/find_field.h"
#include "gui/views/header_bar.h"
#include "gui/views/hints.h"
#include "gui/views/key_list.h"
#include "gui/views/ladder_view.h"
#include "gui/views/notice_bar.h"
#include "gui/views/transport_bar.h"
#include "gui/workspace.h"

#include <QClipboard>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QIcon>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kUsualSize{1280, 800};
constexpr double kZoomStep = 1.1;

QWidget* line(QWidget* parent) {
    auto* rule = new QWidget(parent);
    rule->setFixedHeight(1);
    rule->setBackgroundRole(QPalette::Mid);
    rule->setAutoFillBackground(true);
    return rule;
}

}  // namespace

MainWindow::MainWindow(Document& document, Preferences preferences, QWidget* parent)
    : QMainWindow(parent),
      document_{document},
      preferences_{std::move(preferences)},
      header_{new HeaderBar(document)},
      notice_{new NoticeBar},
      pages_{new QStackedWidget},
      empty_{new EmptyPage},
      workspace_{new Workspace(document)},
      transport_{new TransportBar(document)} {
    setWindowIcon(QIcon(u":/icons/tcplab.svg"_s));
    setAcceptDrops(true);
    resize(kUsualSize);
    restoreGeometry(preferences_.geometry());
    buildLayout();
    menus_ = new Menus(*this, document_, *transport_);
    connectMenus();
    header_->scenarios()->setMenu(menus_->scenarios());
    header_->setPages(menus_->pages());
    menus_->setPage(workspace_->page());
    menus_->setTheme(preferences_.theme());
    menus_->setRecent(preferences_.recent());
    empty_->setRecent(preferences_.recent());

    connect(&document_, &Document::opened, this, &MainWindow::showDocument);
    connect(&document_, &Document::moved, this, [this] {
        if (hints_ != nullptr) hints_->hide();
    });
    connect(empty_, &EmptyPage::openAsked, this, &MainWindow::chooseFile);
    connect(empty_, &EmptyPage::scenarioAsked, this, [this] { open(u"handshake"_s); });
    connect(empty_, &EmptyPage::recentAsked, this, &MainWindow::open);
    showDocument();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildLayout() {
    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(line(central));
    column->addWidget(notice_);
    pages_->addWidget(empty_);
    pages_->addWidget(workspace_);
    column->addWidget(pages_, 1);
    column->addWidget(line(central));
    column->addWidget(transport_);
    setCentralWidget(central);
}

void MainWindow::connectMenus() {
    connect(menus_, &Menus::openFileAsked, this, &MainWindow::chooseFile);
    connect(menus_, &Menus::openAsked, this, &MainWindow::open);
    connect(menus_, &Menus::exportAsked, this, &MainWindow::choosePicture);
    connect(menus_, &Menus::closeAsked, &document_, &Document::close);
    connect(menus_, &Menus::themeAsked, this, &MainWindow::changeTheme);
    connect(menus_, &Menus::languageAsked, this, &MainWindow::changeLanguage);
    connect(menus_, &Menus::zoomAsked, this, &MainWindow::changeZoom);
    connect(menus_, &Menus::findAsked, &header_->find(), [this] {
        header_->find().setFocus();
        header_->find().selectAll();
    });
    connect(&header_->find(), &FindField::problemChanged, this, [this](const QString& problem) {
        if (problem.isEmpty()) return notice_->dismiss();
        notice_->show(problem);
    });
    connect(menus_, &Menus::pageAsked, workspace_, &Workspace::setPage);
    connect(
        workspace_, &Workspace::pageChanged, this, [this] { menus_->setPage(workspace_->page()); });
    connect(menus_, &Menus::leftAsked, workspace_, &Workspace::toggleLeft);
    connect(menus_, &Menus::rightAsked, workspace_, &Workspace::toggleRight);
    connect(menus_, &Menus::packetsAsked, workspace_, &Workspace::togglePackets);
    connect(menus_, &Menus::octetsAsked, workspace_, &Workspace::toggleOctets);
    connect(menus_, &Menus::resetLayoutAsked, workspace_, &Workspace::resetLayout);
    connect(menus_, &Menus::copyReportAsked, this, [this] {
        QGuiApplication::clipboard()->setText(toMarkdown(document_));
    });
    connect(menus_, &Menus::copyTableAsked, this, [this] {
        QGuiApplication::clipboard()->setText(toCsv(PacketTable(document_)));
    });
    connect(menus_, &Menus::keysAsked, this, [this] { KeyList(*menuBar(), this).exec(); });
    connect(menus_, &Menus::aboutAsked, this, &MainWindow::tellAbout);
}

void MainWindow::open(const QString& fileOrScenario) {
    rememberLayout();
    const auto opened = document_.open(fileOrScenario);
    if (!opened) {
        notice_->show(tr("This could not be opened. %1").arg(toQt(opened.error().what)));
        return;
    }
    preferences_.addRecent(document_.source());
    menus_->setRecent(preferences_.recent());
    empty_->setRecent(preferences_.recent());
}

void MainWindow::welcome() {
    const bool first = preferences_.isFirstStart();
    const QStringList recent = preferences_.recent();
    open(first || recent.isEmpty() ? u"handshake"_s : recent.first());
    if (document_.kind() == Document::Kind::None) open(u"handshake"_s);
    preferences_.setStarted();
    if (!first) return;
    hints_ = new Hints(&workspace_->ladder());
    hints_->show();
}

void MainWindow::showDocument() {
    const bool isOpen = document_.kind() != Document::Kind::None;
    pages_->setCurrentWidget(isOpen ? static_cast<QWidget*>(workspace_) : empty_);
    transport_->setVisible(isOpen);
    if (hints_ != nullptr) hints_->hide();
    notice_->dismiss();
    if (const auto& stopped = document_.summary().stopped)
        notice_->show(
            tr("The file ends early. %1 What came before is shown.").arg(toQt(stopped->what)));
    if (isOpen) workspace_->restoreLayout(preferences_.layout(document_.kind()));
    arranged_ = document_.kind();
    retranslate();
}

void MainWindow::rememberLayout() {
    if (arranged_ != Document::Kind::None)
        preferences_.setLayout(arranged_, workspace_->saveLayout());
}

void MainWindow::retranslate() {
    const QString title = toQt(document_.title().in(currentLanguage()));
    setWindowTitle(title.isEmpty() ? u"tcplab"_s : u"%1 - tcplab"_s.arg(title));
}

void MainWindow::changeTheme(std::optional<Theme> theme) {
    setTheme(theme);
    preferences_.setTheme(theme);
    menus_->setTheme(theme);
}

void MainWindow::changeLanguage(Language language) {
    setLanguage(language);
    preferences_.setLanguage(language);
}

void MainWindow::changeZoom(int steps) {
    const double zoom = steps == 0 ? 1 : textZoom() * (steps > 0 ? kZoomStep : 1 / kZoomStep);
    setTextZoom(std::clamp(zoom, 0.8, 2.0));
    preferences_.setTextZoom(textZoom());
}

void MainWindow::chooseFile() {
    const QString path = QFileDialog::getOpenFileName(
        this,
        tr("Open a capture or a scenario"),
        QString(),
        tr("Captures, scenarios and scripts (*.pcap *.pcapng *.cap *.toml *.pkt);;All files (*)"));
    if (!path.isEmpty()) open(path);
}

void MainWindow::choosePicture() {
    const QString path = QFileDialog::getSaveFileName(this,
                                                      tr("Export the ladder"),
                                                      document_.name() + u".svg"_s,
                                                      u"SVG (*.svg);;PDF (*.pdf);;PNG (*.png)"_s);
    if (path.isEmpty()) return;
    const auto written = exportPicture(document_, {.view = u"ladder"_s, .path = path});
    if (!written) notice_->show(toQt(written.error().what));
}

void MainWindow::tellAbout() {
    QMessageBox::about(
        this,
        tr("About tcplab"),
        tr("tcplab %1 plays TCP conversations step by step, reads captures, and says for each step "
           "which sentence of the standard asks for it.")
            .arg(QString::fromLatin1(TCPLAB_VERSION)));
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() != QEvent::LanguageChange || menus_ == nullptr) return;
    menus_->retranslate();
    retranslate();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    rememberLayout();
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
