#pragma once

#include "gui/document.h"
#include "gui/palette.h"
#include "sim/base/text.h"

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <memory>
#include <optional>

namespace tcplab::gui {

/// What is kept from one start to the next. Empty means: as the desktop has it.
class Preferences {
public:
    enum class Memory { Kept, None };

    /// Without memory nothing is read and nothing written, as for pictures.
    explicit Preferences(Memory memory);

    [[nodiscard]] bool isFirstStart() const;
    void setStarted();

    [[nodiscard]] std::optional<Theme> theme() const;
    void setTheme(std::optional<Theme> theme);
    [[nodiscard]] std::optional<Language> language() const;
    void setLanguage(std::optional<Language> language);
    [[nodiscard]] double textZoom() const;
    void setTextZoom(double zoom);

    /// Newest first.
    [[nodiscard]] QStringList recent() const;
    void addRecent(const QString& path);

    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// How the panes are divided, for each arrangement.
    [[nodiscard]] QVariantMap layout(Document::Kind kind) const;
    void setLayout(Document::Kind kind, const QVariantMap& layout);

private:
    [[nodiscard]] QVariant value(const QString& key) const;
    void set(const QString& key, const QVariant& value);

    std::unique_ptr<QSettings> settings_;
};

}  // namespace tcplab::gui
