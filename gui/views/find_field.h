#pragma once

#include "gui/document.h"

#include <QLineEdit>

class QCompleter;

namespace tcplab::gui {

/// Finds a packet by its number or by a state, or filters the packets by an expression
/// (docs/stepping.md). What is wrong is said where it is written.
class FindField : public QLineEdit {
    Q_OBJECT

public:
    explicit FindField(Document& document, QWidget* parent = nullptr);

    /// What is wrong with the text; empty where it can be used.
    [[nodiscard]] const QString& problem() const { return problem_; }
    [[nodiscard]] QCompleter& completion() const { return *completer_; }

public Q_SLOTS:
    /// Goes to the next packet that the text describes, from the start again after the last.
    void findNext();

Q_SIGNALS:
    /// Empty: nothing is wrong any more.
    void problemChanged(const QString& problem);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void read();
    void say(const QString& problem);
    void complete();
    void insert(const QString& word);
    void retranslate();
    [[nodiscard]] bool describes(const Packet& packet) const;

    Document& document_;
    QCompleter* completer_;
    QString problem_{};
    std::optional<tcp::State> state_{};
    std::optional<PacketId> number_{};
};

}  // namespace tcplab::gui
