#pragma once

#include "gui/document.h"
#include "gui/palette.h"
#include "gui/workspace.h"
#include "sim/trace/label.h"

#include <QObject>

#include <optional>

class QAction;
class QActionGroup;
class QMainWindow;
class QMenu;

namespace tcplab::gui {

class TransportBar;

/// The menus of the window and their keys. What they ask for is a signal.
class Menus : public QObject {
    Q_OBJECT

public:
    Menus(QMainWindow& window, Document& document, const TransportBar& transport);

    [[nodiscard]] QMenu* scenarios() const { return scenarios_; }
    /// For what can be done with a scenario; empty at first.
    [[nodiscard]] QMenu* desk() const { return desk_; }
    [[nodiscard]] QMenu* view() const { return view_; }
    void setRecent(const QStringList& paths);
    void setTheme(std::optional<Theme> theme);
    /// An action for each page, the one that is shown checked.
    [[nodiscard]] QList<QAction*> pages() const;
    void setPage(Workspace::Page page);
    /// What can be done with the selected packet, whatever is open.
    [[nodiscard]] const QList<QAction*>& ofPacket() const { return ofPacket_; }
    /// Esc stops reading only while something is read; else it is the panes'.
    void setLoading(bool loading);
    /// Esc leaves the full screen, in which alone there is a projector's window.
    void setFullScreen(bool full);
    void setProjecting(bool projecting);
    void retranslate();

Q_SIGNALS:
    void lessonsAsked();
    void newRunAsked(const QString& profile);
    void openFileAsked();
    void openAsked(const QString& pathOrScenario);
    void exportAsked();
    void printAsked();
    void reloadAsked();
    void stopAsked();
    void closeAsked();
    void themeAsked(std::optional<tcplab::gui::Theme> theme);
    void languageAsked(tcplab::Language language);
    void zoomAsked(int steps);  ///< 0: the usual size.
    void findAsked();
    void pageAsked(tcplab::gui::Workspace::Page page);
    void leftAsked();
    void rightAsked();
    void packetsAsked();
    void octetsAsked();
    void variablesAsked();
    void notationAsked(tcplab::Notation notation);
    void proportionalAsked(bool proportional);
    void resetLayoutAsked();
    void fullScreenAsked();  ///< Or back from it.
    void projectorAsked(bool projecting);
    void copyReportAsked();
    void copyTableAsked();
    void copyConnectionsAsked();
    void copyVariablesAsked();
    void copyStatementAsked();  ///< The selected packet, for packetdrill.
    void ladderZoomAsked(int steps);
    void keysAsked();
    void aboutAsked();

private:
    struct Item {
        QAction* action = nullptr;
        const char* text = nullptr;  ///< To be translated.
    };
    void buildFile(QMainWindow& window);
    void buildEdit(QMainWindow& window);
    void buildPacket(QMenu* menu);
    void buildView(QMainWindow& window);
    void buildPages(QMenu* menu);
    void buildLadder(QMenu* menu);
    void buildScreen(QMenu* menu);
    void buildRun(QMainWindow& window, const TransportBar& transport);
    void buildLearn(QMainWindow& window);
    void buildHelp(QMainWindow& window);
    QMenu* addMenu(QMainWindow& window, const char* text);
    QMenu* addMenu(QMenu* menu, const char* text);
    QAction* add(QMenu* menu, const char* text);

    Document& document_;
    std::vector<Item> items_{};
    QMenu* desk_ = nullptr;
    QMenu* view_ = nullptr;
    QMenu* recent_ = nullptr;
    QMenu* scenarios_ = nullptr;
    QList<QMenu*> topics_{};  ///< By net::Topic.
    QActionGroup* pages_ = nullptr;
    QActionGroup* themes_ = nullptr;
    QList<QAction*> ofPacket_{};
    QList<QAction*> ladderZoom_{};
    QAction* languages_ = nullptr;
    QAction* stop_ = nullptr;
    QAction* fullScreen_ = nullptr;
    QAction* projector_ = nullptr;
    QAction* leave_ = nullptr;
};

}  // namespace tcplab::gui
