#include "gui/views/lesson_list.h"

#include "gui/glossary.h"
#include "gui/lessons.h"
#include "gui/look.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kUsualSize{560, 600};
constexpr int kName = Qt::UserRole;
constexpr int kWords = Qt::UserRole + 1;  ///< All that can be searched for.

QStandardItem* itemOf(const QString& text) {
    auto* item = new QStandardItem(text);
    item->setEditable(false);
    return item;
}

/// A topic, and below it its scenarios: title, and the name by which the command line knows it.
QList<QStandardItem*> rowOf(net::Topic topic, const QColor& dim) {
    auto* heading = itemOf(nameOf(topic));
    heading->setFont(fonts::text(fonts::kInterface, true));
    heading->setSelectable(false);
    for (const net::Scenario* scenario : scenariosOf(topic)) {
        auto* title = itemOf(toQt(scenario->title.in(currentLanguage())));
        auto* name = itemOf(toQt(scenario->name));
        name->setFont(fonts::mono(fonts::kLabel));
        name->setForeground(dim);
        title->setData(name->text(), kName);
        title->setData(
            QStringList{toQt(scenario->title.en), toQt(scenario->title.zh), name->text()}.join(
                u' '),
            kWords);
        heading->appendRow({title, name});
    }
    auto* beside = itemOf({});
    beside->setSelectable(false);
    return {heading, beside};
}

bool isScenario(const QModelIndex& index) {
    return index.isValid() && index.parent().isValid();
}

}  // namespace

LessonList::LessonList(QWidget* parent)
    : QDialog(parent),
      words_{new QLineEdit(this)},
      list_{new QTreeView(this)},
      shown_{new QSortFilterProxyModel(this)} {
    setWindowTitle(tr("Scenarios"));
    auto* all = new QStandardItemModel(this);
    for (const net::Topic topic : net::kTopics) all->appendRow(rowOf(topic, paletteOf(*this).dim));
    shown_->setSourceModel(all);
    shown_->setFilterRole(kWords);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    shown_->setRecursiveFilteringEnabled(true);
    list_->setModel(shown_);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setHeaderHidden(true);
    list_->setRootIsDecorated(false);
    list_->setItemsExpandable(false);
    list_->setAllColumnsShowFocus(true);
    list_->setUniformRowHeights(true);
    list_->header()->setStretchLastSection(false);
    list_->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    list_->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    list_->setAccessibleName(windowTitle());
    words_->setPlaceholderText(tr("Title or name"));
    words_->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(words_);
    column->addWidget(list_, 1);
    resize(kUsualSize);
    narrow({});
    connect(words_, &QLineEdit::textChanged, this, &LessonList::narrow);
    connect(words_, &QLineEdit::returnPressed, this, [this] { choose(list_->currentIndex()); });
    connect(list_, &QTreeView::activated, this, &LessonList::choose);
}

/// Shows what has these words, and chooses what is called so, or else the first of them.
void LessonList::narrow(const QString& words) {
    const QString wanted = words.trimmed();
    shown_->setFilterFixedString(wanted);
    list_->expandAll();
    QModelIndex best;
    for (int topic = 0; topic < shown_->rowCount(); ++topic) {
        const QModelIndex heading = shown_->index(topic, 0);
        for (int row = 0; row < shown_->rowCount(heading); ++row) {
            const QModelIndex index = shown_->index(row, 0, heading);
            if (!best.isValid() || index.data(kName).toString() == wanted) best = index;
        }
    }
    list_->setCurrentIndex(best);
    // Above the first one its topic stands.
    if (best.row() == 0 && best.parent().row() == 0)
        list_->scrollToTop();
    else
        list_->scrollTo(best);
}

void LessonList::step(bool down) {
    const auto after = [&](const QModelIndex& index) {
        return down ? list_->indexBelow(index) : list_->indexAbove(index);
    };
    QModelIndex next = after(list_->currentIndex());
    while (next.isValid() && !isScenario(next)) next = after(next);
    if (next.isValid()) list_->setCurrentIndex(next.siblingAtColumn(0));
}

/// The arrows choose while one types.
bool LessonList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key != Qt::Key_Down && key != Qt::Key_Up) return QDialog::eventFilter(watched, event);
    step(key == Qt::Key_Down);
    return true;
}

void LessonList::choose(const QModelIndex& index) {
    if (!isScenario(index)) return;
    const QString scenario = index.siblingAtColumn(0).data(kName).toString();
    accept();
    Q_EMIT chosen(scenario);
}

}  // namespace tcplab::gui
