#include "gui/outputs.h"

#include "gui/copies.h"
#include "gui/glossary.h"
#include "gui/models/packet_table.h"
#include "gui/recording.h"
#include "sim/drill/play.h"
#include "sim/drill/write_script.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

struct Outputs {
    Q_DECLARE_TR_FUNCTIONS(Outputs)
};

Unexpected<Error> refusal(const QString& sentence) {
    return Unexpected{Error{Error::Code::Usage, sentence.toStdString()}};
}

Expected<Holding, Error> whatHoldsOfRun(const Document& document) {
    const auto recording = recorded(document.trace());
    if (!recording) return Unexpected{recording.error()};
    const Connection* connection = document.currentConnection();
    const capture::Flow* flow = connection == nullptr ? nullptr : flowOf(*recording, *connection);
    if (flow == nullptr) return refusal(Outputs::tr("No packet has been on the wire."));
    const QString name = QFileInfo(document.name()).completeBaseName() + u".pcapng"_s;
    return Holding{capture::ruleOf(recording->trace, *flow),
                   {.file = name.toStdString(), .flow = flow->connection.id}};
}

Expected<OutputText, Error> scriptItself(const Document& document) {
    QFile file(document.source());
    if (!file.open(QIODevice::ReadOnly))
        return refusal(Outputs::tr("The script is no longer there: %1.").arg(file.errorString()));
    return OutputText{QString::fromUtf8(file.readAll()), {}};
}

Expected<OutputText, Error> scriptOf(const Document& document, Side host) {
    if (isOfScript(document)) return scriptItself(document);
    const Document::Part part = document.part();
    if (part.shown != part.whole)
        return refusal(Outputs::tr("This connection is too long for a script."));
    const net::Scenario* scenario = document.scenario();
    const auto script =
        drill::writeScript(document.trace(),
                           {.title = document.title().en,
                            .connection = document.connection(),
                            .host = host,
                            .plan = scenario == nullptr ? nullptr : &scenario->hosts[host]});
    if (!script)
        return refusal(
            Outputs::tr("There can be no script of it: %1.").arg(toQt(script.error().what)));
    const net::Bilingual outcome = toText(script->verdict);
    return OutputText{
        toQt(script->text),
        Outputs::tr("Run with the profile %1: %2")
            .arg(toQt(toString(script->profile)), toQt(outcome.in(currentLanguage())))};
}

}  // namespace

bool has(const Document& document, Output output) {
    const bool capture = document.kind() == Document::Kind::Capture;
    const bool connection = document.currentConnection() != nullptr;
    switch (output) {
        case Output::Picture: return document.kind() != Document::Kind::None;
        case Output::Connections: return !document.flows().empty();
        case Output::Packets:
        case Output::Report:
        case Output::Rules:
        case Output::GoogleTest:
        case Output::Pytest: return connection;
        case Output::Script:
            return isOfScript(document) ||
                   (connection && (capture || document.scenario() != nullptr));
    }
    TCPLAB_UNREACHABLE();
}

Expected<Holding, Error> whatHolds(const Document& document, Output output) {
    const capture::Flow* flow = document.flow();
    if (flow == nullptr) return whatHoldsOfRun(document);
    std::uint32_t alike = 0;
    for (const capture::FlowRow& row : document.flows())
        if (row.connection.ends == flow->connection.ends) ++alike;
    if (findsByNumber(output)) alike = 1;
    return Holding{capture::ruleOf(document.trace(), *flow, alike),
                   {.file = document.source().toStdString(), .flow = flow->connection.id}};
}

Expected<OutputText, Error> contentOf(Document& document, const OutputChoice& choice) {
    const Holding& holding = choice.holding;
    switch (choice.output) {
        case Output::Packets: return OutputText{toCsv(PacketTable(document)), {}};
        case Output::Connections: return OutputText{connectionsToCsv(document), {}};
        case Output::Report: return OutputText{toMarkdown(document), {}};
        case Output::Rules: return OutputText{toQt(capture::toToml(holding.rule)), {}};
        case Output::GoogleTest:
            return OutputText{toQt(capture::toGoogleTest(holding.rule, holding.subject)), {}};
        case Output::Pytest:
            return OutputText{toQt(capture::toPytest(holding.rule, holding.subject)), {}};
        case Output::Script: return scriptOf(document, choice.host);
        case Output::Picture: break;
    }
    TCPLAB_UNREACHABLE();
}

bool isOfScript(const Document& document) {
    return document.kind() == Document::Kind::Lesson && document.source().endsWith(u".pkt"_s);
}

QString suffixOf(Output output) {
    switch (output) {
        case Output::Picture: return u"svg"_s;
        case Output::Packets:
        case Output::Connections: return u"csv"_s;
        case Output::Report: return u"md"_s;
        case Output::Rules: return u"toml"_s;
        case Output::Script: return u"pkt"_s;
        case Output::GoogleTest: return u"cpp"_s;
        case Output::Pytest: return u"py"_s;
    }
    TCPLAB_UNREACHABLE();
}

}  // namespace tcplab::gui
