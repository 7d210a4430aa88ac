#pragma once

#include <QDialog>

class QLineEdit;
class QListWidget;

namespace tcplab::gui {

/// All lessons, and a field that narrows the list: by the name or by words of the title.
class LessonList : public QDialog {
    Q_OBJECT

public:
    explicit LessonList(QWidget* parent = nullptr);

Q_SIGNALS:
    void chosen(const QString& scenario);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void narrow(const QString& text);
    void choose();

    QLineEdit* field_;
    QListWidget* list_;
};

}  // namespace tcplab::gui
