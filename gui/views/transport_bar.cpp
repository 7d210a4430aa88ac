#include "gui/views/transport_bar.h"

#include "gui/look.h"
#include "gui/wording.h"

#include <QAction>
#include <QEvent>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QLabel>
#include <QSlider>
#include <QToolButton>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr int kHeight = 44;
constexpr auto kStepTime = 1200ms;  ///< Time enough to read what a step did.

}  // namespace

TransportBar::TransportBar(Document& document, QWidget* parent)
    : QWidget(parent),
      document_{document},
      toStart_{new QAction(this)},
      back_{new QAction(this)},
      play_{new QAction(this)},
      next_{new QAction(this)},
      toEnd_{new QAction(this)},
      slider_{new QSlider(Qt::Horizontal, this)},
      place_{new QLabel(this)},
      verbs_{new QWidget(this)} {
    toStart_->setShortcut(Qt::Key_Home);
    // A presenter's remote control has the keys of pages.
    back_->setShortcuts({Qt::Key_Left, Qt::Key_PageUp});
    play_->setShortcuts({Qt::Key_P, Qt::SHIFT | Qt::Key_Space});
    play_->setCheckable(true);
    next_->setShortcuts({Qt::Key_Space, Qt::Key_Right, Qt::Key_PageDown});
    toEnd_->setShortcut(Qt::Key_End);
    connect(toStart_, &QAction::triggered, &document_, &Document::toStart);
    connect(back_, &QAction::triggered, &document_, &Document::back);
    connect(next_, &QAction::triggered, &document_, &Document::next);
    connect(toEnd_, &QAction::triggered, &document_, &Document::toEnd);
    connect(play_, &QAction::toggled, this, &TransportBar::setPlaying);
    timer_.setInterval(kStepTime);
    connect(&timer_, &QTimer::timeout, &document_, &Document::next);
    connect(slider_, &QSlider::valueChanged, &document_, &Document::setPosition);
    connect(&document_, &Document::opened, this, &TransportBar::follow);
    connect(&document_, &Document::moved, this, &TransportBar::follow);
    buildLayout();
    retranslate();
    drawIcons();
    follow();
}

void TransportBar::buildLayout() {
    setMinimumHeight(kHeight);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 16, 4);
    layout->setSpacing(2);
    for (QAction* action : {toStart_, back_, play_, next_, toEnd_}) {
        auto* button = new QToolButton(this);
        button->setDefaultAction(action);
        layout->addWidget(button);
        marks_ << button;
    }
    layout->addSpacing(12);
    slider_->setFocusPolicy(Qt::NoFocus);
    layout->addWidget(slider_, 1);
    layout->addSpacing(12);
    place_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    place_->setTextFormat(Qt::PlainText);
    layout->addWidget(place_);
    auto* verbs = new QHBoxLayout(verbs_);
    verbs->setContentsMargins(8, 0, 0, 0);
    verbs->setSpacing(2);
    layout->addWidget(verbs_);
}

void TransportBar::addVerbs(const QList<QAction*>& verbs) {
    for (QAction* verb : verbs) {
        auto* button = new QToolButton(verbs_);
        button->setDefaultAction(verb);
        verbs_->layout()->addWidget(button);
    }
    follow();
}

void TransportBar::retranslate() {
    toStart_->setText(tr("To the start"));
    back_->setText(tr("Back"));
    play_->setText(play_->isChecked() ? tr("Pause") : tr("Play"));
    next_->setText(tr("Next step"));
    toEnd_->setText(tr("To the end"));
    slider_->setAccessibleName(tr("Step"));
    for (QAction* action : {toStart_, back_, play_, next_, toEnd_})
        action->setToolTip(u"%1  (%2)"_s.arg(
            action->text(), action->shortcut().toString(QKeySequence::NativeText)));
}

void TransportBar::drawIcons() {
    toStart_->setIcon(icon(u"to-start"_s, *this));
    back_->setIcon(icon(u"back"_s, *this));
    play_->setIcon(icon(play_->isChecked() ? u"pause"_s : u"play"_s, *this));
    next_->setIcon(icon(u"next"_s, *this));
    toEnd_->setIcon(icon(u"to-end"_s, *this));
    for (QToolButton* mark : marks_) {
        mark->setIconSize(QSize(16, 16) * textZoom());
        mark->setFixedSize(QSize(34, 30) * textZoom());
    }
    place_->setFont(fonts::mono());
    place_->setMinimumWidth(
        QFontMetrics(place_->font()).horizontalAdvance(u"000 / 000  0000.000 s"_s));
}

void TransportBar::follow() {
    const int last = static_cast<int>(document_.stops().size());
    const int position = document_.position();
    const bool open = document_.currentConnection() != nullptr;
    {
        const QSignalBlocker quiet(slider_);
        slider_->setRange(0, last);
        slider_->setValue(position);
    }
    place_->setText(
        open ? u"%1 / %2  %3 s"_s.arg(position).arg(last).arg(seconds(document_.elapsed()))
             : QString());
    const bool atStart = position == 0;
    const bool atEnd = position == last;
    slider_->setEnabled(last > 0);
    verbs_->setVisible(document_.kind() == Document::Kind::Lesson);
    for (QAction* action : {toStart_, back_}) action->setEnabled(!atStart);
    for (QAction* action : {play_, next_, toEnd_}) action->setEnabled(!atEnd);
    if (atEnd) play_->setChecked(false);
}

void TransportBar::setPlaying(bool playing) {
    if (playing)
        timer_.start();
    else
        timer_.stop();
    retranslate();
    drawIcons();
}

void TransportBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) drawIcons();
}

}  // namespace tcplab::gui
