#include "gui/views/find_field.h"

#include "gui/glossary.h"
#include "gui/look.h"
#include "gui/wording.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QStringListModel>

#include <algorithm>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLeastWidth = 190;  ///< The words that stand in it when it is empty.
constexpr int kUsualWidth = 250;

/// Where the last word begins.
qsizetype lastWord(const QString& text) {
    qsizetype at = text.size();
    while (at > 0 && (text[at - 1].isLetterOrNumber() || u"_-."_s.contains(text[at - 1]))) --at;
    return at;
}

QStringList words() {
    QStringList all;
    for (const std::string_view word : packetExpressionWords()) all << toQt(word);
    return all;
}

/// By the RFC's name in any case, or by its Chinese words.
std::optional<tcp::State> stateNamed(const QString& text) {
    for (const tcp::State state : tcp::kStates) {
        const bool byName = toQt(toString(state)).compare(text, Qt::CaseInsensitive) == 0;
        if (byName || (!gloss(state).isEmpty() && gloss(state) == text)) return state;
    }
    return {};
}

}  // namespace

FindField::FindField(Document& document, QWidget* parent)
    : QLineEdit(parent),
      document_{document},
      completer_{new QCompleter(new QStringListModel(words(), this), this)} {
    setClearButtonEnabled(true);
    setMinimumWidth(kLeastWidth);
    setMaximumWidth(kUsualWidth);
    completer_->setWidget(this);
    completer_->setCaseSensitivity(Qt::CaseInsensitive);
    connect(
        completer_, qOverload<const QString&>(&QCompleter::activated), this, &FindField::insert);
    connect(this, &QLineEdit::textChanged, this, &FindField::read);
    connect(this, &QLineEdit::textEdited, this, &FindField::complete);
    connect(&document_, &Document::opened, this, &QLineEdit::clear);
    retranslate();
}

void FindField::retranslate() {
    setPlaceholderText(tr("Packet, state or filter"));
    setAccessibleName(tr("Find a packet or state, or filter the packets"));
    setToolTip(
        tr("A packet's number, a state, or an expression that packets must meet:\n"
           "syn and from client     len > 0     server == CLOSE-WAIT\n"
           "Enter goes to the next one."));
}

void FindField::read() {
    const QString text = this->text().trimmed();
    bool isNumber = false;
    const PacketId number = text.toUInt(&isNumber);
    number_ = isNumber ? std::optional{number} : std::nullopt;
    state_ = stateNamed(text);
    if (text.isEmpty() || number_ || state_) {
        document_.setFilter({});
        return say({});
    }
    auto expression = parsePacketExpression(text.toStdString(), currentLanguage());
    if (!expression) return say(toQt(expression.error().what));
    document_.setFilter(std::move(*expression));
    say({});
}

void FindField::say(const QString& problem) {
    QPalette colors;
    if (!problem.isEmpty()) colors.setColor(QPalette::Text, paletteOf(*this).faultText);
    setPalette(colors);
    if (problem == problem_) return;
    problem_ = problem;
    // A word that is not finished yet is no mistake: only the colour tells until Enter is pressed.
    if (problem.isEmpty()) Q_EMIT problemChanged(problem);
}

bool FindField::describes(const Packet& packet) const {
    if (packet.connection != document_.connection()) return false;
    const Sighting* first = firstSighting(packet.transit);
    if (first == nullptr || first->moment > document_.horizon()) return false;
    if (number_) return packet.number == *number_;
    if (state_) return std::ranges::count(packet.states.values, *state_) > 0;
    return document_.filter() && document_.filter()->matches(packet);
}

void FindField::findNext() {
    if (!problem_.isEmpty()) {
        Q_EMIT problemChanged(problem_);
        return;
    }
    if (text().trimmed().isEmpty()) return;
    const PacketId from = document_.selected().value_or(0);
    std::optional<PacketId> first;
    for (const Packet& packet : document_.trace().packets()) {
        if (!describes(packet)) continue;
        if (packet.number > from) return document_.select(packet.number);
        if (!first) first = packet.number;
    }
    if (first) return document_.select(*first);
    Q_EMIT problemChanged(tr("No packet of this connection is “%1”.").arg(text().trimmed()));
}

void FindField::complete() {
    const QString word = text().mid(lastWord(text()));
    if (word.size() < 2 || cursorPosition() != text().size()) return completer_->popup()->hide();
    completer_->setCompletionPrefix(word);
    const bool whole = completer_->currentCompletion().compare(word, Qt::CaseInsensitive) == 0;
    if (completer_->completionCount() == 0 || whole) return completer_->popup()->hide();
    completer_->complete();
}

void FindField::insert(const QString& word) {
    setText(text().left(lastWord(text())) + word);
}

void FindField::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (completer_->popup()->isVisible() && (enter || event->key() == Qt::Key_Escape))
        return event->ignore();
    if (enter) return findNext();
    if (event->key() == Qt::Key_Escape) {
        clear();
        if (parentWidget() != nullptr) parentWidget()->setFocus();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FindField::changeEvent(QEvent* event) {
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

}  // namespace tcplab::gui
