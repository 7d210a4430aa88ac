#pragma once

#include "gui/geometry/stream_story.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QSpinBox;

namespace tcplab::gui {

/// What may be changed of a scenario to see what becomes of its boundaries. The framing is not
/// here: it goes through as it is.
class StreamSwitchBar : public QWidget {
    Q_OBJECT

public:
    explicit StreamSwitchBar(QWidget* parent = nullptr);

    [[nodiscard]] const StreamSwitches& switches() const { return switches_; }
    /// Tells nobody.
    void setSwitches(const StreamSwitches& switches);

Q_SIGNALS:
    void turned();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void take();
    void enableWhatMatters();

    QCheckBox* noDelay_;
    QCheckBox* cork_;
    QCheckBox* datagrams_;
    QLabel* sendPaceLabel_;
    QSpinBox* sendPace_;
    QLabel* mssLabel_;
    QSpinBox* mss_;
    QLabel* readPaceLabel_;
    QSpinBox* readPace_;
    QLabel* readSizeLabel_;
    QSpinBox* readSize_;
    StreamSwitches switches_{};
};

/// Keeps the keys that step through time for a control while it has the focus: Space for a button,
/// arrows, Home and End for a number.
class ControlKeys : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace tcplab::gui
