#pragma once

#include "gui/palette.h"
#include "sim/base/text.h"

#include <QFont>
#include <QIcon>

#include <optional>

class QWidget;

// How the window looks as a whole: theme, language, size of text. All of it lives in Qt's own
// application-wide settings, so that views ask Qt and nobody else.
namespace tcplab::gui {

/// Once, before the first window: house style and the fonts of the language.
void setUpLook();

/// The theme of the desktop where none is given.
void setTheme(std::optional<Theme> theme);

/// The language of the desktop where none is given. Installs the translations; every widget gets a
/// LanguageChange event.
void setLanguage(std::optional<Language> language);

/// 1 is 13 px.
void setTextZoom(double zoom);
[[nodiscard]] double textZoom();

namespace fonts {

/// Sizes at zoom 1, in pixels.
inline constexpr double kInterface = 13;
inline constexpr double kReading = 14;
inline constexpr double kHeading = 16;
inline constexpr double kLabel = 12;
inline constexpr double kLeast = 11;

[[nodiscard]] QFont text(double pixels = kInterface, bool bold = false);
/// For names of states, fields and calls, for numbers and octets.
[[nodiscard]] QFont mono(double pixels = kLabel, bool bold = false);

}  // namespace fonts

/// One of the drawn icons (gui/icons/NAME.svg) in the widget's text colour.
[[nodiscard]] QIcon icon(const QString& name, const QWidget& widget);

}  // namespace tcplab::gui
