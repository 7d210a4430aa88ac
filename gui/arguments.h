#pragma once

#include "gui/export.h"
#include "gui/palette.h"
#include "sim/base/text.h"

#include <QString>
#include <QStringList>

#include <optional>

namespace tcplab::gui {

/// What the command line asks for.
struct Arguments {
    bool help = false;
    bool version = false;
    QString target{};  ///< A file or a scenario's name; may be empty.
    std::optional<Picture> picture{};
    QString write{};  ///< Where to write the packets of a scenario; may be empty.
    std::optional<int> at{};
    std::optional<Workspace::Page> page{};
    std::optional<Theme> theme{};
    std::optional<Language> language{};
};

/// `words` starts with the program's name. The error names the wrong word, and the nearest right
/// one.
[[nodiscard]] Expected<Arguments, Error> parseArguments(const QStringList& words);

[[nodiscard]] QString helpText();

}  // namespace tcplab::gui
