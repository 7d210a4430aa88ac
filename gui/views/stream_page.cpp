#include "gui/views/stream_page.h"

#include "capture/framing_survey.h"
#include "gui/desk.h"
#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/views/stream_switch_bar.h"
#include "gui/views/stream_view.h"
#include "gui/wording.h"
#include "sim/framing/parse_framing.h"

#include <QAction>
#include <QActionGroup>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLeastWidth = 200;  ///< So that the page never keeps the window from being narrow.

struct Usual {
    const char* name;      ///< To be translated.
    const char* notation;  ///< As tcplab frame --as takes it.
};
/// What most want to try.
constexpr std::array kUsual{
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "lines"), "line"},
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "length field, 4"),
          "length:width=4,strip=4"},
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "length field, 2"),
          "length:width=2,strip=2"},
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "length field, 1 to 10"), "varint"},
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "fixed length, 5"), "fixed:5"},
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "delimiter ||"), "delimiter:7c7c"},
    Usual{QT_TRANSLATE_NOOP("tcplab::gui::StreamPage", "header in JSON, then the body"),
          "header-json"},
    Usual{"JSON", "json"},
    Usual{"TLS", "tls"},
    Usual{"HTTP", "http"},
    Usual{"RESP (Redis)", "resp"}};

}  // namespace

StreamPage::StreamPage(Document& document, QWidget* parent)
    : QWidget(parent),
      document_{document},
      view_{new StreamView(document)},
      senders_{new QActionGroup(this)},
      framingLabel_{new QLabel},
      framings_{new QComboBox},
      cuts_{new QPushButton},
      switchBar_{new StreamSwitchBar},
      problem_{new QLabel} {
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setMinimumWidth(kLeastWidth);
    build();
    connect(&document_, &Document::opened, this, &StreamPage::reloadWhenSeen);
    connect(&document_, &Document::connectionChanged, this, &StreamPage::reloadWhenSeen);
    connect(&document_, &Document::moved, this, [this] {
        if (document_.desk().predicts()) redraw();
    });
    connect(&document_.desk(), &Desk::changed, this, &StreamPage::redraw);
    retranslate();
}

void StreamPage::build() {
    auto* keys = new ControlKeys(this);
    auto* first = new QHBoxLayout;
    first->setSpacing(6);
    for (const Side side : kSides) {
        QAction* action = senders_->addAction(QString());
        action->setCheckable(true);
        auto* button = new QToolButton;
        button->setDefaultAction(action);
        button->setFocusPolicy(Qt::StrongFocus);
        button->installEventFilter(keys);
        first->addWidget(button);
        connect(action, &QAction::triggered, this, [this, side] { setSender(side); });
    }
    first->addStretch(1);
    framings_->setEditable(true);
    framings_->setInsertPolicy(QComboBox::NoInsert);
    framings_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    framings_->setMinimumContentsLength(16);
    framingLabel_->setBuddy(framings_);
    first->addWidget(framingLabel_);
    first->addWidget(framings_, 2);
    first->addWidget(cuts_);
    cuts_->installEventFilter(keys);
    connect(cuts_, &QPushButton::clicked, this, &StreamPage::tryCuts);
    connect(framings_, &QComboBox::activated, this, [this](int index) {
        setFraming(framings_->itemData(index).toString());
    });
    connect(framings_->lineEdit(), &QLineEdit::returnPressed, this, [this] {
        const QString text = framings_->currentText();
        const int known = framings_->findText(text);
        setFraming(known >= 0 ? framings_->itemData(known).toString() : text);
    });

    connect(switchBar_, &StreamSwitchBar::turned, this, [this] {
        trials_.reset();
        redraw();
    });
    problem_->setWordWrap(true);
    problem_->setFont(fonts::text(fonts::kLabel));
    problem_->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 4);
    column->setSpacing(6);
    column->addLayout(first);
    column->addWidget(switchBar_);
    column->addWidget(problem_);
    column->addWidget(view_, 1);
}

void StreamPage::retranslate() {
    for (const Side side : kSides)
        senders_->actions()[side == Side::Client ? 0 : 1]->setText(
            tr("%1 sends").arg(nameOf(side)));
    framingLabel_->setText(tr("&Framing"));
    framings_->setAccessibleName(tr("How messages are marked in the stream"));
    cuts_->setText(tr("Try every &cut"));
    cuts_->setToolTip(
        tr("Tries every way to cut the first messages into reads, the fewest cuts "
           "first, on a right decoder and on those that beginners write"));
    setAccessibleName(tr("The stream and its messages"));
    fillFramings();
    redraw();
}

void StreamPage::fillFramings() {
    const QSignalBlocker quiet(framings_);
    const QString before = framings_->currentData().toString();
    const bool lesson = document_.scenario() != nullptr;
    framings_->clear();
    QString first = tr("as in the scenario");
    if (!lesson) {
        const framing::Inference* found = inference();
        const QString name = found == nullptr || !found->best
                                 ? tr("unknown")
                                 : toQt(framing::toString(found->best->framing));
        first = tr("inferred: %1").arg(name);
    }
    framings_->addItem(first, QString());
    framings_->addItem(tr("none"), u"none"_s);
    for (const Usual& usual : kUsual) {
        const QString notation = QString::fromLatin1(usual.notation);
        framings_->addItem(tr(usual.name), notation);
        framings_->setItemData(framings_->count() - 1, notation, Qt::ToolTipRole);
    }
    framings_->setCurrentIndex(std::max(0, framings_->findData(before)));
}

/// A stream that nobody looks at is not read.
void StreamPage::reloadWhenSeen() {
    stale_ = true;
    if (isVisible()) reload();
}

void StreamPage::reload() {
    stale_ = false;
    trials_.reset();
    inferred_.reset();
    streams_ = {};
    framing_.reset();
    unframed_ = false;
    const net::Scenario* scenario = document_.scenario();
    switchBar_->setVisible(scenario != nullptr);
    framings_->setCurrentIndex(0);
    if (scenario != nullptr) {
        sender_ = mainSpeaker(*scenario);
        were_ = switchesOf(*scenario, sender_);
        switchBar_->setSwitches(were_);
    } else if (document_.currentConnection() != nullptr) {
        streams_ = capture::streamsOf(document_.trace(), document_.connection(), kMostRead);
        sender_ = streams_[Side::Server].octets.size() > streams_[Side::Client].octets.size()
                      ? Side::Server
                      : Side::Client;
    }
    fillFramings();
    redraw();
}

const framing::Inference* StreamPage::inference() {
    if (document_.kind() != Document::Kind::Capture || stale_) return nullptr;
    if (!inferred_) {
        const framing::Sample client = capture::sampleOf(streams_[Side::Client]);
        const framing::Sample server = capture::sampleOf(streams_[Side::Server]);
        inferred_ = framing::infer({&client, 1}, {&server, 1});
    }
    return sender_ == Side::Client ? &inferred_->client : &inferred_->server;
}

void StreamPage::setSender(Side sender) {
    if (sender == sender_) return redraw();
    sender_ = sender;
    trials_.reset();
    if (const net::Scenario* scenario = document_.scenario()) {
        were_ = switchesOf(*scenario, sender_);
        switchBar_->setSwitches(were_);
    }
    framing_.reset();
    unframed_ = false;
    fillFramings();
    framings_->setCurrentIndex(0);
    redraw();
}

void StreamPage::setFraming(const QString& text) {
    std::optional<framing::Framing> wanted;
    if (!text.isEmpty() && text != u"none"_s) {
        auto parsed = framing::parseFraming(text.toStdString());
        if (!parsed) {
            problem_->setText(toQt(parsed.error().what));
            problem_->show();
            return;
        }
        wanted = *std::move(parsed);
    }
    const int known = framings_->findData(text);
    if (known >= 0)
        framings_->setCurrentIndex(known);
    else
        framings_->setEditText(text);
    trials_.reset();
    framing_ = wanted;
    unframed_ = text == u"none"_s;
    StreamSwitches turned = switches();
    turned.framing = text.isEmpty() ? were_.framing : wanted;
    switchBar_->setSwitches(turned);
    redraw();
}

void StreamPage::setSwitches(const StreamSwitches& switches) {
    switchBar_->setSwitches(switches);
    trials_.reset();
    redraw();
}

const StreamSwitches& StreamPage::switches() const {
    return switchBar_->switches();
}

void StreamPage::redraw() {
    if (stale_) return;
    senders_->actions()[sender_ == Side::Client ? 0 : 1]->setChecked(true);
    problem_->hide();
    problem_->clear();
    if (document_.scenario() != nullptr)
        redrawLesson();
    else
        redrawCapture();
}

void StreamPage::redrawLesson() {
    const auto changed = withSwitches(*document_.scenario(), sender_, were_, switches());
    if (!changed) {
        problem_->setText(tr("These messages cannot be sent so: %1.")
                              .arg(toQt(framing::describe(changed.error(), currentLanguage()))));
        problem_->show();
        return;
    }
    PerSide<StreamRows> rows = switches().datagrams ? datagramRows(*changed) : streamRows(*changed);
    // Whoever says what comes next is not shown it here, nor what other switches would make of it.
    const bool hides = document_.desk().predicts();
    switchBar_->setEnabled(!hides);
    cuts_->setEnabled(!hides);
    if (hides) {
        rows = streamRows(*document_.scenario());
        rows[sender_] = upTo(std::move(rows[sender_]), document_.trace(), document_.moment());
    }
    view_->setStory({.rows = std::move(rows[sender_]), .trials = hides ? std::nullopt : trials_});
}

void StreamPage::redrawCapture() {
    cuts_->setEnabled(true);
    const framing::Inference* found = inference();
    std::optional<framing::Framing> framing = framing_;
    std::uint64_t start = 0;
    if (!framing && !unframed_ && found != nullptr && found->best) {
        framing = found->best->framing;
        start = found->best->start;
    }
    view_->setStory({.rows = capturedRows(streams_[sender_], sender_, framing, start),
                     .captured = true,
                     .trials = trials_});
}

void StreamPage::tryCuts() {
    const bool lesson = document_.scenario() != nullptr;
    const framing::Inference* found = lesson ? nullptr : inference();
    std::optional<framing::Framing> framing = lesson ? switches().framing : framing_;
    std::uint64_t start = 0;
    if (!framing && !unframed_ && found != nullptr && found->best) {
        framing = found->best->framing;
        start = found->best->start;
    }
    if (!framing) {
        problem_->setText(tr(
            "Choose a framing first: without one there are no messages that a cut could break."));
        problem_->show();
        return;
    }
    const Octets octets = view_->story().rows.octets.view();
    const auto skipped = static_cast<std::size_t>(std::min<std::uint64_t>(start, octets.size()));
    setCursor(Qt::WaitCursor);
    trials_ = tryEveryCut(octets.subspan(skipped), *framing);
    unsetCursor();
    redraw();
}

QString StreamPage::problem() const {
    return problem_->isHidden() ? QString() : problem_->text();
}

void StreamPage::showEvent(QShowEvent*) {
    if (stale_) reload();
}

void StreamPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace tcplab::gui
