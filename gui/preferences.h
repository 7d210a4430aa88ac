#pragma once

#include "gui/document.h"
#include "gui/palette.h"
#include "sim/base/text.h"

#include <QByteArray>
#include <QLockFile>
#include <QSettings>
#include <QStringList>

#include <memory>
#include <optional>
#include <set>

namespace tcplab::gui {

/// What is kept from one start to the next. Empty means: as the desktop has it.
class Preferences {
public:
    enum class Memory { Kept, None };

    /// Without memory nothing is read and nothing written, as for pictures.
    explicit Preferences(Memory memory);

    /// Another program of this kind runs and keeps its session; what is set here is read by it at
    /// its next start, but for the session.
    [[nodiscard]] bool isSecond() const { return lock_ && !lock_->isLocked(); }

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

    /// What was open last, and where in it the reader stood.
    struct Session {
        QString source{};     ///< See Document::source().
        int position = 0;     ///< Of a lesson.
        PacketId packet = 0;  ///< Of a capture.
        int page = 0;         ///< Of the workspace.
    };
    [[nodiscard]] Session session() const;
    void setSession(const Session& session);

    /// Packets to be found again in what has this source (see Document::source()). Of a file whose
    /// content has changed since there are none. The newest fifty documents are kept.
    [[nodiscard]] std::set<PacketId> bookmarks(const QString& source) const;
    void setBookmarks(const QString& source, const std::set<PacketId>& packets);

    [[nodiscard]] QByteArray geometry() const;
    void setGeometry(const QByteArray& geometry);
    /// How the panes are divided, for each arrangement.
    [[nodiscard]] QVariantMap layout(Document::Kind kind) const;
    void setLayout(Document::Kind kind, const QVariantMap& layout);

private:
    [[nodiscard]] QVariant value(const QString& key) const;
    void set(const QString& key, const QVariant& value);

    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<QLockFile> lock_;  ///< Held by the first of several programs.
};

}  // namespace tcplab::gui
