#pragma once

#include <QDialog>

class QLineEdit;
class QListView;
class QSortFilterProxyModel;

namespace tcplab::gui {

/// The scenarios by title, in both languages; typing filters them, Enter opens the one chosen.
class LessonList : public QDialog {
    Q_OBJECT

public:
    explicit LessonList(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& scenario);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void choose();

    QLineEdit* words_;
    QListView* list_;
    QSortFilterProxyModel* shown_;
};

}  // namespace tcplab::gui
