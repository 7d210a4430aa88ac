#include "gui/lessons.h"
#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/views/lesson_list.h"
#include "gui/workspace.h"
#include "tests/gui/support.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMenuBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QTableView>
#include <QTest>
#include <gtest/gtest.h>

// Every word of the window: whole where it is narrow, named for those who hear it, in one language.
namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr QSize kNarrow{1024, 700};

struct Shown {
    Language language{};
    const char* target = nullptr;
    Workspace::Page page{};
};

void PrintTo(const Shown& shown, std::ostream* out) {
    *out << (shown.language == Language::Chinese ? "zh_CN" : "en") << ' ' << shown.target
         << " page " << static_cast<int>(shown.page);
}

std::vector<Shown> everyPage() {
    std::vector<Shown> all;
    for (const Language language : {Language::English, Language::Chinese})
        for (const char* target : {"four-way-close", TCPLAB_SOURCE_DIR "/traces/loss.pcap"})
            for (const Workspace::Page page : Workspace::kPages)
                all.push_back({language, target, page});
    return all;
}

class TextsOf : public testing::TestWithParam<Shown> {
protected:
    TextsOf() {
        setLanguage(GetParam().language);
        window.resize(kNarrow);
        window.show();
        window.open(QString::fromUtf8(GetParam().target));
        document.toEnd();
        window.workspace().setPage(GetParam().page);
        QApplication::processEvents();
        QApplication::processEvents();  // What the first round asked for.
    }
    ~TextsOf() override { setLanguage(Language::English); }

    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};
INSTANTIATE_TEST_SUITE_P(Window, TextsOf, testing::ValuesIn(everyPage()));

TEST_P(TextsOf, AreWhole) {
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty() || label->wordWrap()) continue;
        const bool fits = label->width() >= label->sizeHint().width();
        EXPECT_TRUE(fits || label->toolTip() == label->text())
            << "label " << label->text().toStdString();
    }
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->text().isEmpty()) continue;
        // The style makes short words 80 wide; in a row of them their own width does.
        const int word = button->fontMetrics().horizontalAdvance(button->text()) + 16;
        const bool isPush = qobject_cast<const QPushButton*>(button) != nullptr;
        const int wanted = button->sizeHint().width();
        EXPECT_GE(button->width(), isPush ? std::min(wanted, word) : wanted)
            << "button " << button->text().toStdString();
    }
    for (const QLineEdit* field : window.findChildren<QLineEdit*>()) {
        if (!field->isVisible()) continue;
        EXPECT_LE(field->fontMetrics().horizontalAdvance(field->placeholderText()) + 8,
                  field->width())
            << "field " << field->placeholderText().toStdString();
    }
    for (const QTableView* table : window.findChildren<QTableView*>()) {
        const QHeaderView* header = table->horizontalHeader();
        if (!table->isVisible() || header->isHidden()) continue;
        for (int column = 0; column < header->count(); ++column) {
            const QString text = table->model()->headerData(column, Qt::Horizontal).toString();
            EXPECT_LE(header->fontMetrics().horizontalAdvance(text), header->sectionSize(column))
                << "column " << text.toStdString();
        }
    }
    int menus = 0;
    for (const QAction* menu : window.menuBar()->actions())
        menus += window.menuBar()->actionGeometry(const_cast<QAction*>(menu)).width();
    EXPECT_LE(menus, window.width());
}

TEST_P(TextsOf, WhatCanBeOperatedHasAName) {
    int named = 0;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        // A part that hands its focus on is named by its owner.
        const bool isPart = widget->focusProxy() != nullptr;
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || isPart) continue;
        const QAccessibleInterface* one = QAccessible::queryAccessibleInterface(widget);
        ASSERT_NE(one, nullptr);
        EXPECT_FALSE(one->text(QAccessible::Name).isEmpty())
            << widget->metaObject()->className() << ' ' << widget->objectName().toStdString();
        ++named;
    }
    EXPECT_GT(named, 5);
}

void eachAction(const QMenu& menu, const std::function<void(const QAction&)>& see) {
    for (const QAction* action : menu.actions()) {
        if (action->isSeparator()) continue;
        if (action->menu() != nullptr)
            eachAction(*action->menu(), see);
        else
            see(*action);
    }
}

TEST_P(TextsOf, EveryActionIsReachedByKey) {
    QSet<QString> keys;
    int seen = 0;
    for (const QAction* menu : window.menuBar()->actions()) {
        ASSERT_NE(menu->menu(), nullptr);
        EXPECT_TRUE(menu->text().contains(u'&')) << menu->text().toStdString();
        eachAction(*menu->menu(), [&](const QAction& action) {
            EXPECT_FALSE(action.text().isEmpty());
            for (const QKeySequence& key : action.shortcuts()) {
                // Two have their turns: they stop reading or leave the full screen, play or
                // project.
                const bool turns =
                    key == QKeySequence(Qt::Key_Escape) || key == QKeySequence(Qt::Key_P);
                if (turns && !action.isEnabled()) continue;
                EXPECT_FALSE(keys.contains(key.toString())) << key.toString().toStdString();
                keys.insert(key.toString());
            }
            ++seen;
        });
    }
    EXPECT_GT(seen, 30);
}

/// Everything with words, wherever it stands.
QStringList allTexts(MainWindow& window) {
    QStringList texts;
    for (const QWidget* widget : window.findChildren<QWidget*>())
        texts << widget->accessibleName() << widget->toolTip();
    for (const QLabel* label : window.findChildren<QLabel*>()) texts << label->text();
    for (const QLineEdit* field : window.findChildren<QLineEdit*>())
        texts << field->placeholderText();
    for (const QAbstractButton* button : window.findChildren<QAbstractButton*>())
        texts << button->text();
    for (const QAction* action : window.findChildren<QAction*>()) texts << action->text();
    for (const QAbstractItemView* view : window.findChildren<QAbstractItemView*>()) {
        if (view->model() == nullptr) continue;
        for (int column = 0; column < view->model()->columnCount(); ++column)
            texts << view->model()->headerData(column, Qt::Horizontal).toString();
    }
    return texts;
}

TEST(Texts, NothingStaysInTheOldLanguage) {
    setLanguage(Language::English);
    Document document;
    MainWindow window(document, Preferences(Preferences::Memory::None));
    window.resize(1600, 1000);
    window.show();
    window.open(tracePath("loss.pcap"));
    const QStringList english = allTexts(window);

    setLanguage(Language::Chinese);
    QApplication::processEvents();
    const QStringList chinese = allTexts(window);
    setLanguage(Language::English);
    QApplication::processEvents();

    // Widgets may have changed places.
    QStringList again = allTexts(window);
    QStringList before = english;
    again.sort();
    before.sort();
    EXPECT_EQ(again.join(u'\n').toStdString(), before.join(u'\n').toStdString());
    ASSERT_EQ(english.size(), chinese.size());
    // Names of fields, states, calls, profiles, files and graphs are the same in both.
    static const QRegularExpression word(u"\\b[a-z]{3,}\\b"_s);
    static const QRegularExpression name(
        u"\\.pcap|\\.svg|"
        "^(listen|accept|connect|send|recv|shutdown|close|abort|setsockopt)(\\(n?\\))?$"
        "|^(textbook|linux|freebsd)$"_s);
    int compared = 0;
    for (qsizetype i = 0; i < english.size(); ++i) {
        if (!english[i].contains(word) || english[i].contains(name)) continue;
        EXPECT_NE(english[i], chinese[i]) << english[i].toStdString();
        ++compared;
    }
    EXPECT_GT(compared, 40);
}

TEST(LessonList, AWordAndEnterOpenALesson) {
    LessonList list;
    QString opened;
    QObject::connect(
        &list, &LessonList::chosen, &list, [&](const QString& name) { opened = name; });
    list.show();

    auto* field = list.findChild<QLineEdit*>();
    QTest::keyClicks(field, u"four-way"_s);
    QTest::keyClick(field, Qt::Key_Return);

    EXPECT_EQ(opened, u"four-way-close"_s);
}

TEST(LessonList, TheArrowsPassOverTheNamesOfTopics) {
    LessonList list;
    QStringList opened;
    QObject::connect(
        &list, &LessonList::chosen, &list, [&](const QString& name) { opened << name; });
    list.show();
    auto* field = list.findChild<QLineEdit*>();

    QTest::keyClick(field, Qt::Key_Return);
    for (int i = 0; i < 60; ++i) QTest::keyClick(field, Qt::Key_Down);
    QTest::keyClick(field, Qt::Key_Return);

    EXPECT_EQ(opened, (QStringList{u"handshake"_s, u"remedy-header-json"_s}));
}

TEST(LessonList, WhatIsCalledSoGoesBeforeWhatContainsIt) {
    LessonList list;
    QString opened;
    QObject::connect(
        &list, &LessonList::chosen, &list, [&](const QString& name) { opened = name; });

    list.findChild<QLineEdit*>()->setText(u"close"_s);
    QTest::keyClick(list.findChild<QLineEdit*>(), Qt::Key_Return);

    EXPECT_EQ(opened, u"close"_s);
}

TEST(LessonList, EveryScenarioIsListed) {
    std::size_t listed = 0;
    for (const net::Topic topic : net::kTopics) listed += scenariosOf(topic).size();

    EXPECT_EQ(listed, net::builtInScenarios().size());
}

}  // namespace
}  // namespace tcplab::gui
