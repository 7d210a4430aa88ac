#include "gui/clipboard.h"

#include "gui/copies.h"
#include "gui/glossary.h"
#include "gui/menus.h"
#include "gui/models/packet_table.h"
#include "gui/models/variable_table.h"
#include "gui/outputs.h"
#include "sim/drill/write_script.h"

#include <QClipboard>
#include <QGuiApplication>

namespace tcplab::gui {

void copyWhatIsAsked(const Menus& menus, Document& document) {
    const auto copy = [&](auto asked, auto made) {
        QObject::connect(&menus, asked, &document, [made] {
            if (const QString text = made(); !text.isEmpty())
                QGuiApplication::clipboard()->setText(text);
        });
    };
    copy(&Menus::copyReportAsked, [&] { return toMarkdown(document); });
    copy(&Menus::copyTableAsked, [&] { return toCsv(PacketTable(document)); });
    copy(&Menus::copyConnectionsAsked, [&] {
        return has(document, Output::Connections) ? connectionsToCsv(document) : QString();
    });
    copy(&Menus::copyVariablesAsked, [&] {
        VariableTable variables(document);
        variables.setWhole(true);
        return toCsv(variables);
    });
    copy(&Menus::copyStatementAsked, [&] {
        const Packet* packet = document.selectedPacket();
        if (packet == nullptr) return QString();
        return toQt(drill::statementOf(document.trace(), *packet, Side::Server));
    });
}

}  // namespace tcplab::gui
