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

#include <algorithm>
#include <array>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLeastWidth = 200;  ///< So that the page never keeps the window from being narrow.

constexpr int kWidestFraming = 320;
constexpr int kNotation = Qt::UserRole + 1;

/// What most want to try, as tcplab frame --as takes it.
constexpr std::array kUsual{"line",
                            "length:width=4,strip=4",
                            "length:width=2,strip=2",
                            "varint",
                            "fixed:5",
                            "delimiter:7c7c",
                            "header-json",
                            "json",
                            "tls",
                            "http",
                            "resp"};

/// As it begins a label: "Client sends".
QString capitalized(QString text) {
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
}

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
        if (isVisible() && document_.scenario() != nullptr) redraw();
    });
    connect(&document_.desk(), &Desk::changed, this, [this] {
        played_.clear();
        redraw();
    });
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
    first->addSpacing(12);
    first->addStretch(0);
    framings_->setEditable(true);
    framings_->setInsertPolicy(QComboBox::NoInsert);
    framings_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    framings_->setMinimumContentsLength(16);
    framings_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    framings_->setMaximumWidth(kWidestFraming);
    framingLabel_->setBuddy(framings_);
    first->addWidget(framingLabel_);
    first->addWidget(framings_, 1);
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
    column->setContentsMargins(0, 6, 0, 4);
    column->setSpacing(6);
    first->setContentsMargins(16, 0, 16, 0);
    switchBar_->setContentsMargins(16, 0, 16, 0);
    problem_->setContentsMargins(16, 0, 16, 0);
    column->addLayout(first);
    column->addWidget(switchBar_);
    column->addWidget(problem_);
    column->addWidget(view_, 1);
}

void StreamPage::retranslate() {
    for (const Side side : kSides)
        senders_->actions()[side == Side::Client ? 0 : 1]->setText(
            capitalized(tr("%1 sends").arg(nameOf(side))));
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
    QString notation;
    if (!lesson) {
        const framing::Inference* found = inference();
        const bool isKnown = found != nullptr && found->best;
        const QString name = isKnown ? wordsOf(found->best->framing) : tr("not recognised");
        if (isKnown) notation = toQt(framing::toString(found->best->framing));
        first = isKnown ? tr("inferred: %1").arg(name) : name;
    }
    framings_->addItem(first, QString());
    framings_->setItemData(0, notation, kNotation);
    framings_->addItem(tr("none"), u"none"_s);
    for (const char* usual : kUsual) {
        framings_->addItem(wordsOf(*framing::parseFraming(usual)), QString::fromLatin1(usual));
        framings_->setItemData(framings_->count() - 1, QString::fromLatin1(usual), kNotation);
    }
    for (int i = 0; i < framings_->count(); ++i)
        framings_->setItemData(i, wholeOf(i), Qt::ToolTipRole);
    framings_->setCurrentIndex(std::max(0, framings_->findData(before)));
    showFramingFromItsBeginning();
}

/// All of an entry, and how it is written on a command line.
QString StreamPage::wholeOf(int framing) const {
    const QString notation = framings_->itemData(framing, kNotation).toString();
    const QString words = framings_->itemText(framing);
    return notation.isEmpty() || notation == words ? words : words + u'\n' + notation;
}

void StreamPage::showFramingFromItsBeginning() {
    framings_->lineEdit()->setCursorPosition(0);
    const int known = framings_->findText(framings_->currentText());
    framings_->setToolTip(known < 0 ? framings_->currentText() : wholeOf(known));
}

/// A stream that nobody looks at is not read.
void StreamPage::reloadWhenSeen() {
    stale_ = true;
    if (isVisible()) reload();
}

void StreamPage::reload() {
    stale_ = false;
    played_.clear();
    trials_.reset();
    inferred_.reset();
    streams_ = {};
    framing_.reset();
    unframed_ = false;
    const net::Scenario* scenario = document_.scenario();
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
    played_.clear();
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
    showFramingFromItsBeginning();
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
    const net::Scenario& scenario = *document_.scenario();
    const auto changed = withSwitches(scenario, sender_, were_, switches());
    if (!changed) {
        problem_->setText(tr("These messages cannot be sent so: %1.")
                              .arg(toQt(framing::describe(changed.error(), currentLanguage()))));
        problem_->show();
        return;
    }
    // Switches of a program that sends nothing, or of one that reads nothing, change nothing.
    switchBar_->setVisible(!playedAs(scenario, were_).octets.empty());
    // Whoever says what comes next is not shown it here, nor what other switches would make of it.
    const bool hides = document_.desk().predicts();
    switchBar_->setEnabled(!hides);
    cuts_->setEnabled(!hides);
    StreamStory story{.rows = hides ? playedAs(scenario, were_) : playedAs(*changed, switches()),
                      .goesOn = hides,
                      .trials = hides ? std::nullopt : trials_,
                      .framing = hides ? were_.framing : switches().framing};
    const StreamSoFar been = soFar(document_.trace(), sender_, document_.moment());
    if (hides)
        story.rows = upTo(std::move(story.rows), been);
    else if (switches() == were_ &&
             document_.position() < static_cast<int>(document_.stops().size()))
        story.soFar = been;  // Of another run the cursor says nothing.
    view_->setStory(std::move(story));
}

/// Each run is played once: the cursor moves often.
const StreamRows& StreamPage::playedAs(const net::Scenario& scenario,
                                       const StreamSwitches& switches) {
    const auto known = std::ranges::find(played_, switches, &Played::switches);
    if (known != played_.end()) return known->rows[sender_];
    played_.push_back(
        {switches, switches.datagrams ? datagramRows(scenario) : streamRows(scenario)});
    return played_.back().rows[sender_];
}

void StreamPage::redrawCapture() {
    switchBar_->hide();
    cuts_->setEnabled(true);
    const framing::Inference* found = inference();
    std::optional<framing::Framing> framing = framing_;
    std::uint64_t start = 0;
    if (!framing && !unframed_ && found != nullptr && found->best) {
        framing = found->best->framing;
        start = found->best->start;
    }
    StreamStory story{.rows = capturedRows(streams_[sender_], sender_, framing, start),
                      .captured = true,
                      .trials = trials_,
                      .framing = framing};
    if (document_.currentConnection() != nullptr) {
        story.fullSegment = fullSegmentOf(document_.trace(), document_.connection(), sender_);
        story.gap = gapOf(streams_[sender_], document_.trace(), document_.connection(), sender_);
    }
    view_->setStory(std::move(story));
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
