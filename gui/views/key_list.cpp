#include "gui/views/key_list.h"

#include "gui/look.h"
#include "gui/views/prose_view.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>
#include <QMenuBar>
#include <QRegularExpression>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kUsualSize{460, 560};

/// As it is said aloud: without the mark of its letter.
QString plain(QString text) {
    static const QRegularExpression letter(u"\\(&.\\)"_s);
    return text.remove(letter).remove(u'&').remove(u"..."_s);
}

QString rowsOf(const QMenu& menu) {
    QString rows;
    for (const QAction* action : menu.actions()) {
        if (action->menu() != nullptr) rows += rowsOf(*action->menu());
        if (action->shortcut().isEmpty()) continue;
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts())
            keys << html::code(key.toString(QKeySequence::NativeText));
        rows += u"<tr><td width='250'>%1</td><td>%2</td></tr>"_s.arg(
            plain(action->text()).toHtmlEscaped(), keys.join(u", "_s));
    }
    return rows;
}

}  // namespace

KeyList::KeyList(const QMenuBar& menus, QWidget* parent) : QDialog(parent) {
    setWindowTitle(tr("Keys"));
    QString text;
    for (const QAction* menu : menus.actions()) {
        if (menu->menu() == nullptr) continue;
        const QString rows = rowsOf(*menu->menu());
        if (rows.isEmpty()) continue;
        text += html::paragraph(html::bold(plain(menu->text())), 4) +
                u"<table cellspacing='0' cellpadding='2'>%1</table><br>"_s.arg(rows);
    }
    auto* list = new QTextBrowser;
    list->setHtml(text);
    list->setFont(fonts::text());
    list->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->addWidget(list);
    resize(kUsualSize);
}

}  // namespace tcplab::gui
