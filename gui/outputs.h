#pragma once

#include "capture/test_source.h"
#include "gui/document.h"

#include <QByteArray>
#include <QString>

#include <array>

// What can be taken out of the window as a file: pictures are in export.h.
namespace tcplab::gui {

enum class Output : std::uint8_t {
    Picture,
    Packets,      ///< CSV, as are
    Connections,  ///< these.
    Report,       ///< Markdown.
    Rules,        ///< For `tcplab check`.
    Script,       ///< For packetdrill.
    GoogleTest,
    Pytest,
};
inline constexpr std::array kOutputs{Output::Picture,
                                     Output::Packets,
                                     Output::Connections,
                                     Output::Report,
                                     Output::Rules,
                                     Output::Script,
                                     Output::GoogleTest,
                                     Output::Pytest};

/// Whether a document like this one has it.
[[nodiscard]] bool has(const Document& document, Output output);

/// Whether it says what must hold, so that a reader may choose.
[[nodiscard]] constexpr bool isOfRules(Output output) {
    return output == Output::Rules || output == Output::GoogleTest || output == Output::Pytest;
}

/// Whether it finds its connection by its number in the file. Else by its ends: where ports were
/// used again, how many such connections there are is all that it can say.
[[nodiscard]] constexpr bool findsByNumber(Output output) {
    return output == Output::GoogleTest;
}

/// What holds now of the current connection, and where a test finds it. Of a run, as if a tap in
/// the middle of the wire had recorded it.
struct Holding {
    capture::FlowRule rule{};
    capture::TestSubject subject{};
};
/// `output` is one of rules.
[[nodiscard]] Expected<Holding, Error> whatHolds(const Document& document, Output output);

/// What is chosen of an output.
struct OutputChoice {
    Output output{};
    Holding holding{};         ///< Of rules.
    Side host = Side::Server;  ///< Of a script: whose machine it tests.
};

struct OutputText {
    QString text{};
    QString remark{};  ///< A sentence about it; perhaps empty.
};
/// Of all but a picture. The error says why there is none.
[[nodiscard]] Expected<OutputText, Error> contentOf(Document& document, const OutputChoice& choice);

/// Whether it was opened from a script, which then is the one to take.
[[nodiscard]] bool isOfScript(const Document& document);

/// "csv", of a picture "svg".
[[nodiscard]] QString suffixOf(Output output);

}  // namespace tcplab::gui
