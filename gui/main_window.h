#pragma once

#include "gui/document.h"
#include "gui/preferences.h"

#include <QFileSystemWatcher>
#include <QMainWindow>

class QStackedWidget;

namespace tcplab::gui {

class EmptyPage;
class HeaderBar;
class Hints;
class Menus;
class NoticeBar;
class QuestionStrip;
class TransportBar;
class Workspace;

/// The window: what is open above, the panes in the middle, time below.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Document& document, Preferences preferences, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Workspace& workspace() const { return *workspace_; }
    [[nodiscard]] NoticeBar& notice() const { return *notice_; }

    /// Opens a file or scenario, or says in the window why it cannot.
    void open(const QString& fileOrScenario);
    /// What was open last; for a newcomer the first lesson.
    void welcome();

    /// For a class: large text, and nothing but the ladder, the states and what is asked.
    void setProjecting(bool projecting);
    [[nodiscard]] bool isProjecting() const { return usualZoom_.has_value(); }

protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildLayout();
    void connectMenus();
    void showDocument();
    void keepBookmarks();
    void rememberLayout();
    void retranslate();
    void changeTheme(std::optional<Theme> theme);
    void changeLanguage(Language language);
    void changeZoom(int steps);
    void toggleFullScreen();
    void followScreen();
    void noteLoading();
    void noteFileChanged();
    void readAgain();
    void chooseLesson();
    [[nodiscard]] Preferences::Session sessionNow() const;
    void restoreSession(const Preferences::Session& session);
    void chooseFile();
    void chooseExport();
    void printView();
    void tellAbout();

    Document& document_;
    Preferences preferences_;
    HeaderBar* header_;
    NoticeBar* notice_;
    QStackedWidget* pages_;
    EmptyPage* empty_;
    Workspace* workspace_;
    QuestionStrip* question_;
    TransportBar* transport_;
    Menus* menus_ = nullptr;
    Hints* hints_ = nullptr;
    std::optional<double> usualZoom_{};               ///< While it projects: the zoom of before.
    PacketId wanted_ = 0;                             ///< To be selected once it has been read.
    QFileSystemWatcher watcher_{};                    ///< Of the file that is open.
    bool changed_ = false;                            ///< It was written since it was read.
    Document::Kind arranged_ = Document::Kind::None;  ///< Whose layout is on the screen.
};

}  // namespace tcplab::gui
