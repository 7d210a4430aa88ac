#pragma once

#include "sim/base/text.h"
#include "sim/tcp/state.h"

#include <QString>

#include <string_view>

// The Chinese words for what is never translated, and one line about each state.
namespace tcplab::gui {

[[nodiscard]] inline QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The language of the window: that of QLocale's default, which setLanguage() in look.h sets.
[[nodiscard]] Language currentLanguage();

/// A text in the language of the window.
[[nodiscard]] inline QString inCurrentLanguage(const Text& text) {
    return toQt(text.in(currentLanguage()));
}

/// What stands beside a state's name: "终止等待 2"; nothing in English, where the name says it.
[[nodiscard]] QString gloss(tcp::State state);

/// What it means to be in a state, as one line.
[[nodiscard]] QString meaning(tcp::State state);

/// "FIN-WAIT-2", in Chinese "FIN-WAIT-2（终止等待 2）".
[[nodiscard]] QString nameWithGloss(tcp::State state);

}  // namespace tcplab::gui
