#include "gui/main_window.h"

#include "gui/clipboard.h"
#include "gui/desk.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/menus.h"
#include "gui/views/desk_actions.h"
#include "gui/views/empty_page.h"
#include "gui/views/export_dialog.h"
#include "gui/views/find_field.h"
#include "gui/views/header_bar.h"
#include "gui/views/hints.h"
#include "gui/views/key_list.h"
#include "gui/views/ladder_view.h"
#include "gui/views/lesson_list.h"
#include "gui/views/notice_bar.h"
#include "gui/views/progress_line.h"
#include "gui/views/question_strip.h"
#include "gui/views/states_pane.h"
#include "gui/views/transport_bar.h"
#include "gui/workspace.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QIcon>
#include <QLocale>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

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
      question_{new QuestionStrip(document)},
      transport_{new TransportBar(document)} {
    setWindowIcon(QIcon(u":/icons/tcplab.svg"_s));
    setAcceptDrops(true);
    resize(kUsualSize);
    restoreGeometry(preferences_.geometry());
    buildLayout();
    menus_ = new Menus(*this, document_, *transport_);
    connectMenus();
    DeskActions& desk = workspace_->deskActions();
    desk.fill(*menus_->desk());
    menus_->view()->addAction(workspace_->states().heat());
    transport_->addVerbs({desk.faults()[0], desk.faults()[1], desk.branch()});
    connect(&document_.desk(), &Desk::refused, this, [this](const QString& why) {
        notice_->show(why);
    });
    header_->scenarios()->setMenu(menus_->scenarios());
    header_->setPages(menus_->pages());
    menus_->setPage(workspace_->page());
    menus_->setTheme(preferences_.theme());
    menus_->setRecent(preferences_.recent());
    empty_->setRecent(preferences_.recent());

    connect(&document_, &Document::opened, this, &MainWindow::showDocument);
    connect(&document_, &Document::loaded, this, &MainWindow::noteLoading);
    connect(&document_, &Document::loaded, this, [this] {
        if (const PacketId packet = std::exchange(wanted_, 0)) document_.select(packet);
    });
    connect(&document_, &Document::connectionChanged, this, &MainWindow::noteLoading);
    connect(&document_, &Document::bookmarked, this, &MainWindow::keepBookmarks);
    connect(&document_, &Document::failed, this, [this](const QString& sentence) {
        notice_->show(tr("The file has changed since it was read: %1.").arg(sentence),
                      tr("Read again"),
                      [this] { readAgain(); });
    });
    connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &MainWindow::noteFileChanged);
    connect(&document_, &Document::moved, this, [this] {
        if (hints_ != nullptr) hints_->hide();
    });
    connect(empty_, &EmptyPage::openAsked, this, &MainWindow::chooseFile);
    connect(empty_, &EmptyPage::scenarioAsked, this, [this] { open(u"handshake"_s); });
    connect(empty_, &EmptyPage::lessonsAsked, this, &MainWindow::chooseLesson);
    connect(empty_, &EmptyPage::recentAsked, this, &MainWindow::open);
    showDocument();
}

void MainWindow::buildLayout() {
    auto* central = new QWidget;
    auto* column = new QVBoxLayout(central);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(new ProgressLine(document_));
    column->addWidget(notice_);
    pages_->addWidget(empty_);
    pages_->addWidget(workspace_);
    column->addWidget(pages_, 1);
    column->addWidget(question_);
    column->addWidget(line(central));
    column->addWidget(transport_);
    setCentralWidget(central);
}

void MainWindow::connectMenus() {
    connect(menus_, &Menus::openFileAsked, this, &MainWindow::chooseFile);
    connect(menus_, &Menus::openAsked, this, &MainWindow::open);
    connect(menus_, &Menus::lessonsAsked, this, &MainWindow::chooseLesson);
    connect(menus_, &Menus::newRunAsked, &document_, [this](const QString& profile) {
        rememberLayout();
        document_.show(emptyScenario(profile.toStdString()));
    });
    connect(menus_, &Menus::exportAsked, this, &MainWindow::chooseExport);
    connect(menus_, &Menus::printAsked, this, &MainWindow::printView);
    connect(menus_, &Menus::reloadAsked, this, &MainWindow::readAgain);
    connect(menus_, &Menus::stopAsked, &document_, &Document::stopLoading);
    connect(menus_, &Menus::closeAsked, this, [this] {
        rememberLayout();
        document_.close();
    });
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
    connect(menus_, &Menus::notationAsked, &workspace_->ladder(), &LadderView::setNotation);
    connect(menus_, &Menus::proportionalAsked, &workspace_->ladder(), &LadderView::setProportional);
    connect(menus_, &Menus::variablesAsked, workspace_, &Workspace::toggleVariables);
    connect(menus_, &Menus::resetLayoutAsked, workspace_, &Workspace::resetLayout);
    workspace_->ladder().addActions(menus_->ofPacket());
    connect(menus_, &Menus::ladderZoomAsked, this, [this](int steps) {
        LadderView& ladder = workspace_->ladder();
        ladder.setZoom(ladder.zoom() * (steps > 0 ? kZoomStep : 1 / kZoomStep));
    });
    copyWhatIsAsked(*menus_, document_);
    connect(menus_, &Menus::fullScreenAsked, this, &MainWindow::toggleFullScreen);
    connect(menus_, &Menus::projectorAsked, this, &MainWindow::setProjecting);
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
    if (preferences_.isSecond()) {
        open(u"handshake"_s);
        notice_->show(
            tr("Another tcplab is running: it keeps what is open for the next start, "
               "this one does not."));
        return;
    }
    const Preferences::Session last = preferences_.session();
    if (!last.source.isEmpty()) restoreSession(last);
    if (document_.kind() == Document::Kind::None) {
        // A file may be gone: what could not be opened stays said above the lesson.
        const QString said = notice_->text();
        open(u"handshake"_s);
        if (!said.isEmpty()) notice_->show(said);
    }
    preferences_.setStarted();
    if (!first) return;
    hints_ = new Hints(&workspace_->ladder());
    hints_->show();
}

void MainWindow::restoreSession(const Preferences::Session& session) {
    open(session.source);
    if (document_.kind() == Document::Kind::None) return;
    if (document_.kind() == Document::Kind::Lesson)
        document_.setPosition(session.position);
    else if (document_.isLoading())
        wanted_ = session.packet;
    else if (session.packet > 0)
        document_.select(session.packet);
    const auto page = static_cast<std::size_t>(session.page);
    if (page < Workspace::kPages.size()) workspace_->setPage(Workspace::kPages.at(page));
}

void MainWindow::showDocument() {
    wanted_ = 0;
    const bool isOpen = document_.kind() != Document::Kind::None;
    pages_->setCurrentWidget(isOpen ? static_cast<QWidget*>(workspace_) : empty_);
    transport_->setVisible(isOpen);
    if (hints_ != nullptr) hints_->hide();
    if (!watcher_.files().isEmpty()) watcher_.removePaths(watcher_.files());
    if (QFileInfo::exists(document_.source())) watcher_.addPath(document_.source());
    noteLoading();
    changed_ = false;
    document_.setBookmarks(preferences_.bookmarks(document_.source()));
    if (isOpen) workspace_->restoreLayout(preferences_.layout(document_.kind()));
    arranged_ = document_.kind();
    // Keys without Ctrl are the ladder's, not letters of the find field.
    if (isOpen && (focusWidget() == nullptr || !focusWidget()->isVisibleTo(this)))
        workspace_->ladder().setFocus();
    retranslate();
}

/// Whether all of the file is shown, and what is to be done where it is not.
void MainWindow::noteLoading() {
    menus_->setLoading(document_.isLoading());
    notice_->dismiss();
    const QLocale locale;
    const auto number = [&](std::uint64_t value) {
        return locale.toString(static_cast<qulonglong>(value));
    };
    if (document_.summary().stopped)
        return notice_->show(
            tr("The file ends early. %1. What came before is shown.")
                .arg(toQt(capture::whyStopped(document_.summary(), currentLanguage()))));
    if (document_.wasStopped())
        return notice_->show(tr("Reading was stopped after %1 packets. They are all shown.")
                                 .arg(number(document_.summary().packets)),
                             tr("Read all"),
                             [this] { readAgain(); });
    const Document::Part part = document_.part();
    if (part.shown == part.whole) return;
    const std::uint32_t after = part.first + part.shown;
    const bool isLast = after == part.whole;
    notice_->show(tr("Packets %1 to %2 of the %3 in this connection are shown.")
                      .arg(number(part.first + 1), number(after), number(part.whole)),
                  isLast ? tr("From the start") : tr("Later ones"),
                  [this, next = isLast ? 0 : after] { document_.setPart(next); });
}

/// The file that is open was written, replaced or removed by somebody else.
void MainWindow::noteFileChanged() {
    changed_ = true;
    const QString path = document_.source();
    const QString name = QFileInfo(path).fileName();
    if (!QFileInfo::exists(path))
        return notice_->show(
            tr("%1 is no longer there. What was read of it is still shown.").arg(name));
    if (!watcher_.files().contains(path)) watcher_.addPath(path);
    notice_->show(
        tr("%1 has changed on the disk.").arg(name), tr("Read again"), [this] { readAgain(); });
}

/// The same file once more, at the same place where that is still there.
void MainWindow::readAgain() {
    if (document_.source().isEmpty()) return;
    restoreSession(sessionNow());
}

Preferences::Session MainWindow::sessionNow() const {
    return {.source = document_.source(),
            .position = document_.position(),
            .packet = document_.selected().value_or(0),
            .page = static_cast<int>(std::ranges::find(Workspace::kPages, workspace_->page()) -
                                     Workspace::kPages.begin())};
}

/// Those of a run that the reader has changed end with it, as its packets are others; so do those
/// of a file that is no longer what was read.
void MainWindow::keepBookmarks() {
    if (changed_) return;
    const Futures* futures = document_.desk().futures();
    if (futures == nullptr || futures->number() == 0)
        preferences_.setBookmarks(document_.source(), document_.bookmarks());
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

void MainWindow::chooseExport() {
    if (document_.kind() == Document::Kind::None) return;
    const Picture offered{.view = workspace_->viewName(), .page = workspace_->page()};
    auto* dialog = new ExportDialog(document_, offered, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::chooseLesson() {
    auto* lessons = new LessonList(this);
    lessons->setAttribute(Qt::WA_DeleteOnClose);
    connect(lessons, &LessonList::chosen, this, &MainWindow::open);
    lessons->open();
}

void MainWindow::tellAbout() {
    QMessageBox::about(
        this,
        tr("About tcplab"),
        tr("tcplab %1 plays TCP conversations step by step, reads captures, and says for each step "
           "which sentence of the standard asks for it.")
            .arg(QString::fromLatin1(TCPLAB_VERSION)));
}

}  // namespace tcplab::gui
