#pragma once

#include "gui/document.h"
#include "sim/net/scenario.h"

#include <QString>
#include <gtest/gtest.h>

#include <ostream>

namespace tcplab::gui {

/// The path of a file of traces/.
inline QString tracePath(const char* name) {
    return QStringLiteral(TCPLAB_SOURCE_DIR "/traces/") + QString::fromLatin1(name);
}

/// A document with what was asked for in it.
struct Opened : Document {
    explicit Opened(const QString& fileOrScenario) {
        const auto opened = open(fileOrScenario);
        EXPECT_TRUE(opened.has_value()) << fileOrScenario.toStdString();
    }
};

}  // namespace tcplab::gui

inline void PrintTo(const QString& text, std::ostream* out) {
    *out << text.toStdString();
}
