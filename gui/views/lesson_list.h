#pragma once

#include <QDialog>

class QLineEdit;
class QModelIndex;
class QSortFilterProxyModel;
class QTreeView;

namespace tcplab::gui {

/// The scenarios by topic; typing filters them by their titles in both languages and their names,
/// Enter opens the one chosen.
class LessonList : public QDialog {
    Q_OBJECT

public:
    explicit LessonList(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& scenario);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& words);
    void step(bool down);
    void choose(const QModelIndex& index);

    QLineEdit* words_;
    QTreeView* list_;
    QSortFilterProxyModel* shown_;
};

}  // namespace tcplab::gui
