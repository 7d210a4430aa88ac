#include "gui/views/lesson_list.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "sim/net/scenario.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kUsualSize{460, 480};

}  // namespace

LessonList::LessonList(QWidget* parent)
    : QDialog(parent), field_{new QLineEdit(this)}, list_{new QListWidget(this)} {
    setWindowTitle(tr("Lessons"));
    field_->setPlaceholderText(tr("A word of the title"));
    field_->setAccessibleName(tr("Narrow the list of lessons"));
    list_->setAccessibleName(tr("Lessons"));
    list_->setFrameShape(QFrame::NoFrame);
    for (const net::Scenario& scenario : net::builtInScenarios()) {
        const QString title = toQt(scenario.title.in(currentLanguage()));
        auto* item = new QListWidgetItem(title, list_);
        item->setData(Qt::UserRole, toQt(scenario.name));
        item->setToolTip(title);
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->addWidget(field_);
    layout->addWidget(list_);
    field_->installEventFilter(this);
    connect(field_, &QLineEdit::textChanged, this, &LessonList::narrow);
    connect(field_, &QLineEdit::returnPressed, this, &LessonList::choose);
    connect(list_, &QListWidget::itemActivated, this, &LessonList::choose);
    list_->setCurrentRow(0);
    resize(kUsualSize);
}

void LessonList::narrow(const QString& text) {
    QListWidgetItem* first = nullptr;
    for (int row = 0; row < list_->count(); ++row) {
        QListWidgetItem* item = list_->item(row);
        const QString all = item->text() + u' ' + item->data(Qt::UserRole).toString();
        item->setHidden(!all.contains(text.trimmed(), Qt::CaseInsensitive));
        if (first == nullptr && !item->isHidden()) first = item;
    }
    list_->setCurrentItem(first);
}

void LessonList::choose() {
    const QListWidgetItem* item = list_->currentItem();
    if (item == nullptr || item->isHidden()) return;
    Q_EMIT chosen(item->data(Qt::UserRole).toString());
    accept();
}

/// Up and down go through the list while somebody writes.
bool LessonList::eventFilter(QObject* watched, QEvent* event) {
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down)
            return QCoreApplication::sendEvent(list_, event);
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace tcplab::gui
