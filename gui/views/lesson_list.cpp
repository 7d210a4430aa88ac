#include "gui/views/lesson_list.h"

#include "gui/glossary.h"
#include "sim/net/scenario.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kUsualSize{440, 520};
constexpr int kName = Qt::UserRole;
constexpr int kWords = Qt::UserRole + 1;  ///< All that can be searched for.

}  // namespace

LessonList::LessonList(QWidget* parent)
    : QDialog(parent),
      words_{new QLineEdit(this)},
      list_{new QListView(this)},
      shown_{new QSortFilterProxyModel(this)} {
    setWindowTitle(tr("Scenarios"));
    auto* all = new QStandardItemModel(this);
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const QString title = toQt(scenario.title.in(currentLanguage()));
        auto* item = new QStandardItem(u"%1   %2"_s.arg(title, toQt(scenario.name)));
        item->setData(toQt(scenario.name), kName);
        item->setData(
            QStringList{toQt(scenario.title.en), toQt(scenario.title.zh), toQt(scenario.name)}.join(
                u' '),
            kWords);
        item->setEditable(false);
        all->appendRow(item);
    }
    shown_->setSourceModel(all);
    shown_->setFilterRole(kWords);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    list_->setModel(shown_);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setCurrentIndex(shown_->index(0, 0));
    list_->setAccessibleName(windowTitle());
    words_->setPlaceholderText(tr("Title or name"));
    words_->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->addWidget(words_);
    column->addWidget(list_, 1);
    resize(kUsualSize);
    connect(words_, &QLineEdit::textChanged, this, [this](const QString& text) {
        shown_->setFilterFixedString(text.trimmed());
        list_->setCurrentIndex(shown_->index(0, 0));
    });
    connect(words_, &QLineEdit::returnPressed, this, &LessonList::choose);
    connect(list_, &QListView::activated, this, &LessonList::choose);
}

/// The arrows choose while one types.
bool LessonList::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step == 0) return QDialog::eventFilter(watched, event);
    const QModelIndex next = shown_->index(list_->currentIndex().row() + step, 0);
    if (next.isValid()) list_->setCurrentIndex(next);
    return true;
}

void LessonList::choose() {
    const QModelIndex index = list_->currentIndex();
    if (!index.isValid()) return;
    const QString scenario = index.data(kName).toString();
    accept();
    Q_EMIT chosen(scenario);
}

}  // namespace tcplab::gui
