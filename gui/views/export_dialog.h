#pragma once

#include "gui/export.h"
#include "gui/outputs.h"

#include <QDialog>

#include <optional>
#include <set>

class QComboBox;
class QLabel;
class QListWidget;
class QPlainTextEdit;
class QPushButton;
class QRadioButton;
class QStackedWidget;
class QTreeWidget;
class QTreeWidgetItem;

namespace tcplab::gui {

/// Takes something out of the window as a file: on the left what, on the right how, and what will
/// be in it. All of it by keys: up and down, Tab, Space, Enter.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    /// `offered` is the picture that is chosen first; one of the window has its page.
    ExportDialog(Document& document, const Picture& offered, QWidget* parent = nullptr);

    [[nodiscard]] Output output() const;

private:
    void build();
    void fillOutputs();
    void fillViews();
    void fillRules();
    void noteTick(const QTreeWidgetItem* item);
    void follow();
    void preview();
    void save();
    void copy();
    /// Says what went wrong in place; whether nothing did.
    bool tell(const Expected<bool, Error>& done);
    [[nodiscard]] OutputChoice choice() const;
    [[nodiscard]] QString proposedName() const;

    Document& document_;
    Picture offered_;
    Holding holding_{};
    QString refused_{};                    ///< Why nothing is known to hold; empty else.
    std::optional<bool> rulesByNumber_{};  ///< Of which kind the rules are that are shown.
    std::set<capture::RuleKey> unticked_{};
    QListWidget* outputs_;
    QLabel* about_;
    QStackedWidget* pages_;
    QComboBox* view_;
    QComboBox* format_;
    QTreeWidget* rules_;
    QRadioButton* client_;
    QRadioButton* server_;
    QPlainTextEdit* text_;
    QLabel* remark_;
    QPushButton* save_;
    QPushButton* copy_;
};

}  // namespace tcplab::gui
