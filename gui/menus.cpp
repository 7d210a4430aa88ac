#include "gui/menus.h"

#include "gui/glossary.h"
#include "gui/lessons.h"
#include "gui/views/transport_bar.h"

#include <QAction>
#include <QActionGroup>
#include <QFileInfo>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

Menus::Menus(QMainWindow& window, Document& document, const TransportBar& transport)
    : QObject(&window), document_{document} {
    buildFile(window);
    buildEdit(window);
    buildView(window);
    buildRun(window, transport);
    desk_ = addMenu(window, QT_TR_NOOP("&Try"));
    buildLearn(window);
    buildHelp(window);
    retranslate();
}

QMenu* Menus::addMenu(QMainWindow& window, const char* text) {
    QMenu* menu = window.menuBar()->addMenu(QString());
    items_.push_back({menu->menuAction(), text});
    return menu;
}

QMenu* Menus::addMenu(QMenu* menu, const char* text) {
    QMenu* inner = menu->addMenu(QString());
    items_.push_back({inner->menuAction(), text});
    return inner;
}

QAction* Menus::add(QMenu* menu, const char* text) {
    QAction* action = menu->addAction(QString());
    items_.push_back({action, text});
    return action;
}

void Menus::buildFile(QMainWindow& window) {
    QMenu* menu = addMenu(window, QT_TR_NOOP("&File"));
    QAction* open = add(menu, QT_TR_NOOP("&Open..."));
    open->setShortcut(QKeySequence::Open);
    connect(open, &QAction::triggered, this, &Menus::openFileAsked);
    recent_ = addMenu(menu, QT_TR_NOOP("Open &recent"));
    QMenu* newRun = addMenu(menu, QT_TR_NOOP("&New run of two hosts"));
    for (const QString& profile : {u"rfc9293"_s, u"textbook"_s, u"linux"_s, u"freebsd"_s})
        connect(newRun->addAction(profile), &QAction::triggered, this, [this, profile] {
            Q_EMIT newRunAsked(profile);
        });
    menu->addSeparator();
    QAction* reload = add(menu, QT_TR_NOOP("&Read again"));
    reload->setShortcut(Qt::Key_F5);
    connect(reload, &QAction::triggered, this, &Menus::reloadAsked);
    stop_ = add(menu, QT_TR_NOOP("&Stop reading"));
    stop_->setShortcut(Qt::Key_Escape);
    stop_->setEnabled(false);
    connect(stop_, &QAction::triggered, this, &Menus::stopAsked);
    menu->addSeparator();
    QAction* exported = add(menu, QT_TR_NOOP("&Export..."));
    exported->setShortcut(Qt::CTRL | Qt::Key_E);
    connect(exported, &QAction::triggered, this, &Menus::exportAsked);
    QAction* print = add(menu, QT_TR_NOOP("&Print..."));
    print->setShortcut(QKeySequence::Print);
    connect(print, &QAction::triggered, this, &Menus::printAsked);
    menu->addSeparator();
    QAction* close = add(menu, QT_TR_NOOP("&Close"));
    close->setShortcut(Qt::CTRL | Qt::Key_W);
    connect(close, &QAction::triggered, this, &Menus::closeAsked);
    QAction* quit = add(menu, QT_TR_NOOP("&Quit"));
    quit->setShortcut(QKeySequence::Quit);
    connect(quit, &QAction::triggered, &window, &QMainWindow::close);
}

void Menus::buildEdit(QMainWindow& window) {
    QMenu* menu = addMenu(window, QT_TR_NOOP("&Edit"));
    QAction* find = add(menu, QT_TR_NOOP("&Find or filter"));
    find->setShortcut(QKeySequence::Find);
    connect(find, &QAction::triggered, this, &Menus::findAsked);
    menu->addSeparator();
    QAction* report = add(menu, QT_TR_NOOP("&Copy the connection as Markdown"));
    report->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_C);
    connect(report, &QAction::triggered, this, &Menus::copyReportAsked);
    QAction* table = add(menu, QT_TR_NOOP("Copy the &packets as CSV"));
    table->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_P);
    connect(table, &QAction::triggered, this, &Menus::copyTableAsked);
    QAction* connections = add(menu, QT_TR_NOOP("Copy the c&onnections as CSV"));
    connections->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_F);
    connect(connections, &QAction::triggered, this, &Menus::copyConnectionsAsked);
    QAction* variables = add(menu, QT_TR_NOOP("Copy the &variables as CSV"));
    variables->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_V);
    connect(variables, &QAction::triggered, this, &Menus::copyVariablesAsked);
    menu->addSeparator();
    buildPacket(menu);
}

void Menus::buildPacket(QMenu* menu) {
    QAction* follow = add(menu, QT_TR_NOOP("Follow the &stream"));
    connect(
        follow, &QAction::triggered, this, [this] { Q_EMIT pageAsked(Workspace::Page::Stream); });
    QAction* statement = add(menu, QT_TR_NOOP("Copy for pac&ketdrill"));
    statement->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_K);
    connect(statement, &QAction::triggered, this, &Menus::copyStatementAsked);
    QAction* bookmark = add(menu, QT_TR_NOOP("&Bookmark"));
    bookmark->setShortcut(Qt::CTRL | Qt::Key_B);
    connect(bookmark, &QAction::triggered, &document_, &Document::toggleBookmark);
    ofPacket_ = {follow, statement, bookmark};
    QAction* next = add(menu, QT_TR_NOOP("Ne&xt bookmark"));
    next->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_B);
    connect(next, &QAction::triggered, &document_, &Document::toNextBookmark);
}

void Menus::buildView(QMainWindow& window) {
    QMenu* menu = addMenu(window, QT_TR_NOOP("&View"));
    view_ = menu;
    buildPages(menu);
    menu->addSeparator();
    buildLadder(menu);
    const auto command = [&](const char* text, const QKeySequence& key, auto signal) {
        QAction* action = add(menu, text);
        action->setShortcut(key);
        connect(action, &QAction::triggered, this, signal);
    };
    command(QT_TR_NOOP("&Left column"), Qt::Key_F7, &Menus::leftAsked);
    command(QT_TR_NOOP("&Right column"), Qt::Key_F8, &Menus::rightAsked);
    command(QT_TR_NOOP("&Packets"), Qt::Key_F9, &Menus::packetsAsked);
    command(QT_TR_NOOP("&Octets"), Qt::Key_F10, &Menus::octetsAsked);
    command(QT_TR_NOOP("All &variables and buffers"), Qt::Key_V, &Menus::variablesAsked);
    command(QT_TR_NOOP("Re&set layout"), {}, &Menus::resetLayoutAsked);
    buildScreen(menu);
    menu->addSeparator();

    QMenu* theme = addMenu(menu, QT_TR_NOOP("&Theme"));
    themes_ = new QActionGroup(this);
    const auto addTheme = [&](const char* text, std::optional<Theme> value) {
        QAction* action = add(theme, text);
        action->setCheckable(true);
        action->setData(value ? static_cast<int>(*value) : -1);
        themes_->addAction(action);
        connect(action, &QAction::triggered, this, [this, value] { Q_EMIT themeAsked(value); });
    };
    addTheme(QT_TR_NOOP("As the &desktop"), std::nullopt);
    addTheme(QT_TR_NOOP("&Light"), Theme::Light);
    addTheme(QT_TR_NOOP("D&ark"), Theme::Dark);

    // Named in the language that it switches to, for whoever cannot read the present one.
    languages_ = menu->addAction(QString());
    languages_->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_L);
    connect(languages_, &QAction::triggered, this, [this] {
        const bool chinese = currentLanguage() == Language::Chinese;
        Q_EMIT languageAsked(chinese ? Language::English : Language::Chinese);
    });
    menu->addSeparator();
    const auto zoom = [&](const char* text, const QList<QKeySequence>& keys, int steps) {
        QAction* action = add(menu, text);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, [this, steps] { Q_EMIT zoomAsked(steps); });
    };
    zoom(QT_TR_NOOP("Larger &text"), {Qt::CTRL | Qt::Key_Plus, Qt::CTRL | Qt::Key_Equal}, 1);
    zoom(QT_TR_NOOP("S&maller text"), {Qt::CTRL | Qt::Key_Minus}, -1);
    zoom(QT_TR_NOOP("&Usual text"), {Qt::CTRL | Qt::Key_0}, 0);
}

void Menus::buildPages(QMenu* menu) {
    pages_ = new QActionGroup(this);
    const auto page = [&](const char* text, Qt::Key key, Workspace::Page value) {
        QAction* action = add(menu, text);
        action->setCheckable(true);
        action->setShortcut(Qt::CTRL | key);
        action->setData(static_cast<int>(value));
        pages_->addAction(action);
        connect(action, &QAction::triggered, this, [this, value] { Q_EMIT pageAsked(value); });
    };
    page(QT_TR_NOOP("La&dder"), Qt::Key_1, Workspace::Page::Ladder);
    page(QT_TR_NOOP("Strea&m"), Qt::Key_2, Workspace::Page::Stream);
    page(QT_TR_NOOP("Pl&ots"), Qt::Key_3, Workspace::Page::Plots);
    page(QT_TR_NOOP("La&yers"), Qt::Key_5, Workspace::Page::Layers);
}

void Menus::buildScreen(QMenu* menu) {
    fullScreen_ = add(menu, QT_TR_NOOP("&Full screen"));
    fullScreen_->setCheckable(true);
    fullScreen_->setShortcut(Qt::Key_F11);
    connect(fullScreen_, &QAction::triggered, this, &Menus::fullScreenAsked);
    projector_ = add(menu, QT_TR_NOOP("For a pro&jector"));
    projector_->setCheckable(true);
    projector_->setShortcut(Qt::Key_P);
    connect(projector_, &QAction::triggered, this, &Menus::projectorAsked);
    leave_ = add(menu, QT_TR_NOOP("Lea&ve the full screen"));
    leave_->setShortcut(Qt::Key_Escape);
    connect(leave_, &QAction::triggered, this, &Menus::fullScreenAsked);
    setFullScreen(false);
}

void Menus::setLoading(bool loading) {
    stop_->setEnabled(loading);
    leave_->setEnabled(fullScreen_->isChecked() && !loading);
}

void Menus::setFullScreen(bool full) {
    fullScreen_->setChecked(full);
    projector_->setEnabled(full);
    leave_->setEnabled(full && !stop_->isEnabled());
}

void Menus::setProjecting(bool projecting) {
    projector_->setChecked(projecting);
}

/// How the ladder is written and spaced.
void Menus::buildLadder(QMenu* menu) {
    QMenu* notations = addMenu(menu, QT_TR_NOOP("&Notation"));
    auto* group = new QActionGroup(this);
    const auto notation = [&](const char* text, Notation value) {
        QAction* action = add(notations, text);
        action->setCheckable(true);
        action->setChecked(value == Notation::Names);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, value] { Q_EMIT notationAsked(value); });
    };
    notation(QT_TR_NOOP("&Names: SYN, ACK seq=0 ack=1"), Notation::Names);
    notation(QT_TR_NOOP("&tcpdump: S. seq 0 ack 1"), Notation::Tcpdump);
    notation(QT_TR_NOOP("Text&book: SYN=1, ACK=1, seq=y, ack=x+1"), Notation::Textbook);
    QAction* proportional = add(menu, QT_TR_NOOP("Time runs &evenly"));
    proportional->setCheckable(true);
    proportional->setShortcut(Qt::Key_T);
    connect(proportional, &QAction::toggled, this, &Menus::proportionalAsked);
    const auto zoom = [&](const char* text, Qt::Key key, int steps) {
        QAction* action = add(menu, text);
        action->setShortcut(key);
        ladderZoom_ << action;
        connect(
            action, &QAction::triggered, this, [this, steps] { Q_EMIT ladderZoomAsked(steps); });
    };
    zoom(QT_TR_NOOP("Stretch the ladder"), Qt::Key_Plus, 1);
    zoom(QT_TR_NOOP("Squeeze the ladder"), Qt::Key_Minus, -1);
}

QList<QAction*> Menus::pages() const {
    return pages_->actions();
}

void Menus::setPage(Workspace::Page page) {
    for (QAction* action : pages_->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(page));
    // Elsewhere their keys are those of the page.
    for (QAction* action : ladderZoom_) action->setEnabled(page == Workspace::Page::Ladder);
}

void Menus::buildRun(QMainWindow& window, const TransportBar& transport) {
    QMenu* menu = addMenu(window, QT_TR_NOOP("&Run"));
    menu->addActions({transport.next(), transport.back(), transport.play()});
    menu->addSeparator();
    QAction* nextChange = add(menu, QT_TR_NOOP("Next state change"));
    nextChange->setShortcut(Qt::SHIFT | Qt::Key_Right);
    connect(nextChange, &QAction::triggered, &document_, &Document::toNextStateChange);
    QAction* lastChange = add(menu, QT_TR_NOOP("Previous state change"));
    lastChange->setShortcut(Qt::SHIFT | Qt::Key_Left);
    connect(lastChange, &QAction::triggered, &document_, &Document::toPreviousStateChange);
    menu->addSeparator();
    menu->addActions({transport.toStart(), transport.toEnd()});
}

void Menus::buildLearn(QMainWindow& window) {
    scenarios_ = addMenu(window, QT_TR_NOOP("&Learn"));
    QAction* lessons = add(scenarios_, QT_TR_NOOP("&All scenarios..."));
    lessons->setShortcut(Qt::CTRL | Qt::Key_L);
    connect(lessons, &QAction::triggered, this, &Menus::lessonsAsked);
    scenarios_->addSeparator();
    for (const net::Topic topic : net::kTopics) {
        QMenu* menu = scenarios_->addMenu(QString());
        topics_ << menu;
        for (const net::Scenario* scenario : scenariosOf(topic)) {
            QAction* action = menu->addAction(QString());
            connect(action, &QAction::triggered, this, [this, scenario] {
                Q_EMIT openAsked(toQt(scenario->name));
            });
        }
    }
}

void Menus::buildHelp(QMainWindow& window) {
    QMenu* menu = addMenu(window, QT_TR_NOOP("&Help"));
    QAction* keys = add(menu, QT_TR_NOOP("&Keys"));
    keys->setShortcut(Qt::Key_Question);
    connect(keys, &QAction::triggered, this, &Menus::keysAsked);
    QAction* about = add(menu, QT_TR_NOOP("&About tcplab"));
    connect(about, &QAction::triggered, this, &Menus::aboutAsked);
}

void Menus::setRecent(const QStringList& paths) {
    recent_->clear();
    recent_->setEnabled(!paths.isEmpty());
    for (const QString& path : paths) {
        QAction* action = recent_->addAction(QFileInfo(path).fileName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { Q_EMIT openAsked(path); });
    }
}

void Menus::setTheme(std::optional<Theme> theme) {
    const int wanted = theme ? static_cast<int>(*theme) : -1;
    for (QAction* action : themes_->actions()) action->setChecked(action->data().toInt() == wanted);
}

void Menus::retranslate() {
    for (const Item& item : items_) item.action->setText(tr(item.text));
    // On a button stands the word alone, without the letter that Chinese menus put behind it.
    static const QRegularExpression letter(u"\\(&.\\)"_s);
    for (QAction* page : pages_->actions())
        page->setIconText(page->text().remove(letter).remove(u'&'));
    languages_->setText(currentLanguage() == Language::Chinese ? u"English"_s : u"中文"_s);
    for (qsizetype i = 0; i < topics_.size(); ++i) {
        const net::Topic topic = net::kTopics.at(static_cast<std::size_t>(i));
        topics_[i]->setTitle(nameOf(topic));
        const auto scenarios = scenariosOf(topic);
        for (qsizetype j = 0; j < topics_[i]->actions().size(); ++j)
            topics_[i]->actions()[j]->setText(
                toQt(scenarios[static_cast<std::size_t>(j)]->title.in(currentLanguage())));
    }
}

}  // namespace tcplab::gui
