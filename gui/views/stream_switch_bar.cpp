#include "gui/views/stream_switch_bar.h"

#include <QCheckBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>

#include <chrono>
#include <initializer_list>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLargestMss = 9000;
constexpr int kLargestRead = 65536;
constexpr int kLongestPace = 5000;  ///< Milliseconds.

int millisecondsOf(Duration time) {
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(time).count());
}

QSpinBox* spinBox(int least, int most, const QString& unit) {
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setSuffix(unit);
    box->setKeyboardTracking(false);
    return box;
}

}  // namespace

StreamSwitchBar::StreamSwitchBar(QWidget* parent)
    : QWidget(parent),
      noDelay_{new QCheckBox(u"TCP_&NODELAY"_s)},
      cork_{new QCheckBox(u"TCP_COR&K"_s)},
      datagrams_{new QCheckBox(u"&UDP"_s)},
      sendPaceLabel_{new QLabel},
      sendPace_{spinBox(0, kLongestPace, u" ms"_s)},
      mssLabel_{new QLabel(u"MSS"_s)},
      mss_{spinBox(1, kLargestMss, {})},
      readPaceLabel_{new QLabel},
      readPace_{spinBox(0, kLongestPace, u" ms"_s)},
      readSizeLabel_{new QLabel(u"recv(n)"_s)},
      readSize_{spinBox(1, kLargestRead, {})} {
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(4);
    auto* keys = new ControlKeys(this);
    auto* boxes = new QHBoxLayout;
    boxes->setSpacing(14);
    for (QCheckBox* box : {noDelay_, cork_, datagrams_}) {
        boxes->addWidget(box);
        box->installEventFilter(keys);
        connect(box, &QCheckBox::toggled, this, &StreamSwitchBar::take);
    }
    boxes->addStretch(1);
    grid->addLayout(boxes, 0, 0, 1, 5);
    const auto place = [&](QLabel* label, QSpinBox* box, int row, int column) {
        label->setBuddy(box);
        grid->addWidget(label, row, column);
        grid->addWidget(box, row, column + 1);
        box->installEventFilter(keys);
        connect(box, &QSpinBox::valueChanged, this, &StreamSwitchBar::take);
    };
    place(sendPaceLabel_, sendPace_, 1, 0);
    place(mssLabel_, mss_, 1, 2);
    place(readPaceLabel_, readPace_, 2, 0);
    place(readSizeLabel_, readSize_, 2, 2);
    grid->setColumnStretch(4, 1);
    retranslate();
}

void StreamSwitchBar::retranslate() {
    sendPaceLabel_->setText(tr("Pause before a send"));
    readPaceLabel_->setText(tr("Pause before a recv"));
    mss_->setAccessibleName(tr("Maximum segment size"));
    readSize_->setAccessibleName(tr("Octets that each recv asks for"));
    noDelay_->setToolTip(tr("Off: Nagle's algorithm holds small segments back"));
    cork_->setToolTip(tr("On: no segment leaves before it is full"));
    datagrams_->setToolTip(tr("The same programs over UDP: each send is a datagram"));
}

void StreamSwitchBar::setSwitches(const StreamSwitches& switches) {
    switches_ = switches;
    const QSignalBlocker blockers[]{QSignalBlocker(noDelay_),
                                    QSignalBlocker(cork_),
                                    QSignalBlocker(datagrams_),
                                    QSignalBlocker(mss_),
                                    QSignalBlocker(sendPace_),
                                    QSignalBlocker(readSize_),
                                    QSignalBlocker(readPace_)};
    noDelay_->setChecked(switches_.noDelay);
    cork_->setChecked(switches_.cork);
    datagrams_->setChecked(switches_.datagrams);
    mss_->setValue(switches_.mss);
    sendPace_->setValue(millisecondsOf(switches_.sendPace));
    readSize_->setValue(static_cast<int>(switches_.readSize));
    readPace_->setValue(millisecondsOf(switches_.readPace));
    enableWhatMatters();
}

/// What TCP has and UDP has not, and what a program that never reads cannot show, is not for now.
void StreamSwitchBar::enableWhatMatters() {
    for (QWidget* one : std::initializer_list<QWidget*>{noDelay_, cork_, mss_, mssLabel_})
        one->setEnabled(!switches_.datagrams);
    const bool reads = switches_.readSize > 0;
    for (QWidget* one :
         std::initializer_list<QWidget*>{readPaceLabel_, readPace_, readSizeLabel_, readSize_})
        one->setEnabled(reads);
    readSize_->setMinimum(reads ? 1 : 0);
    readSize_->setSpecialValueText(reads ? QString() : u"\u2013"_s);
    if (!reads) readSize_->setValue(0);
}

/// What a control shows rounded or cut stays as it is until the control is turned.
void StreamSwitchBar::take() {
    const QObject* by = QObject::sender();
    if (by == noDelay_) switches_.noDelay = noDelay_->isChecked();
    if (by == cork_) switches_.cork = cork_->isChecked();
    if (by == datagrams_) switches_.datagrams = datagrams_->isChecked();
    if (by == mss_) switches_.mss = static_cast<std::uint16_t>(mss_->value());
    if (by == sendPace_) switches_.sendPace = std::chrono::milliseconds{sendPace_->value()};
    if (by == readSize_) switches_.readSize = static_cast<std::uint32_t>(readSize_->value());
    if (by == readPace_) switches_.readPace = std::chrono::milliseconds{readPace_->value()};
    enableWhatMatters();
    Q_EMIT turned();
}

void StreamSwitchBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

bool ControlKeys::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return false;
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool number = qobject_cast<QSpinBox*>(watched) != nullptr;
    const bool own = number ? key->key() == Qt::Key_Left || key->key() == Qt::Key_Right ||
                                  key->key() == Qt::Key_Home || key->key() == Qt::Key_End
                            : key->key() == Qt::Key_Space;
    if (!own || key->modifiers() != Qt::NoModifier) return false;
    event->accept();
    return true;
}

}  // namespace tcplab::gui
