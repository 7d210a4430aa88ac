#pragma once

#include "gui/geometry/columns.h"

#include <QAbstractButton>
#include <QKeySequence>

namespace tcplab::gui {

/// Stands where a column is hidden, with the column's name along it; a click brings the column
/// back.
class ColumnHandle : public QAbstractButton {
    Q_OBJECT

public:
    ColumnHandle(Column column, const QKeySequence& key, QWidget* parent = nullptr);

    /// The heading of the column, in the language of the window.
    void setHeading(const QString& heading);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void renew();
    [[nodiscard]] QFont headingFont() const;
    [[nodiscard]] bool isUpright() const;

    Column column_;
    QKeySequence key_;
};

}  // namespace tcplab::gui
