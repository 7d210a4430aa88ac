#include "gui/preferences.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostRecent = 5;
constexpr qsizetype kMostBookmarked = 50;
constexpr qint64 kHashed = 65'536;  ///< Octets at either end of a file.

/// Tells a file from what it was before: its size, and what it begins and ends with. A scenario by
/// its name plays alike in one version of the program.
QString contentOf(const QString& source) {
    const QFileInfo info(source);
    if (!info.exists()) return QStringLiteral(TCPLAB_VERSION);
    QFile file(source);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly)) return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(file.read(kHashed));
    if (file.seek(std::max(qint64{0}, file.size() - kHashed))) hash.addData(file.read(kHashed));
    return u"%1 %2"_s.arg(file.size()).arg(QString::fromLatin1(hash.result().toHex()));
}

QString layoutKey(Document::Kind kind) {
    return kind == Document::Kind::Capture ? u"layout/capture"_s : u"layout/lesson"_s;
}

}  // namespace

Preferences::Preferences(Memory memory) {
    if (memory == Memory::None) return;
    settings_ = std::make_unique<QSettings>(u"tcplab"_s, u"tcplab-gui"_s);
    const QFileInfo file(settings_->fileName());
    QDir().mkpath(file.path());
    lock_ = std::make_unique<QLockFile>(file.path() + u"/tcplab-gui.lock"_s);
    lock_->setStaleLockTime(0);  // Held as long as its program runs.
    (void)lock_->tryLock(0);
}

QVariant Preferences::value(const QString& key) const {
    return settings_ ? settings_->value(key) : QVariant();
}

void Preferences::set(const QString& key, const QVariant& value) {
    if (!settings_) return;
    if (value.isValid())
        settings_->setValue(key, value);
    else
        settings_->remove(key);
}

bool Preferences::isFirstStart() const {
    return settings_ && !value(u"started"_s).toBool();
}

void Preferences::setStarted() {
    set(u"started"_s, true);
}

std::optional<Theme> Preferences::theme() const {
    const QString kept = value(u"theme"_s).toString();
    if (kept == u"light"_s) return Theme::Light;
    if (kept == u"dark"_s) return Theme::Dark;
    return {};
}

void Preferences::setTheme(std::optional<Theme> theme) {
    set(u"theme"_s, !theme ? QVariant() : QVariant(*theme == Theme::Dark ? u"dark"_s : u"light"_s));
}

std::optional<Language> Preferences::language() const {
    const QString kept = value(u"language"_s).toString();
    if (kept == u"en"_s) return Language::English;
    if (kept == u"zh_CN"_s) return Language::Chinese;
    return {};
}

void Preferences::setLanguage(std::optional<Language> language) {
    set(u"language"_s,
        !language ? QVariant() : QVariant(*language == Language::Chinese ? u"zh_CN"_s : u"en"_s));
}

double Preferences::textZoom() const {
    const double kept = value(u"textZoom"_s).toDouble();
    return kept == 0 ? 1 : std::clamp(kept, 0.8, 2.0);
}

void Preferences::setTextZoom(double zoom) {
    set(u"textZoom"_s, zoom);
}

QStringList Preferences::recent() const {
    return value(u"recent"_s).toStringList();
}

void Preferences::addRecent(const QString& path) {
    QStringList paths = recent();
    paths.removeAll(path);
    paths.prepend(path);
    set(u"recent"_s, paths.mid(0, kMostRecent));
}

Preferences::Session Preferences::session() const {
    return {.source = value(u"session/source"_s).toString(),
            .position = value(u"session/position"_s).toInt(),
            .packet = value(u"session/packet"_s).toUInt(),
            .page = value(u"session/page"_s).toInt()};
}

void Preferences::setSession(const Session& session) {
    if (isSecond()) return;
    set(u"session/source"_s, session.source);
    set(u"session/position"_s, session.position);
    set(u"session/packet"_s, session.packet);
    set(u"session/page"_s, session.page);
}

std::set<PacketId> Preferences::bookmarks(const QString& source) const {
    std::set<PacketId> packets;
    if (!settings_ || source.isEmpty()) return packets;
    for (const QVariant& kept : value(u"bookmarks"_s).toList()) {
        const QVariantMap document = kept.toMap();
        if (document[u"source"_s].toString() != source ||
            document[u"content"_s].toString() != contentOf(source))
            continue;
        for (const QVariant& packet : document[u"packets"_s].toList())
            packets.insert(packet.toUInt());
    }
    return packets;
}

void Preferences::setBookmarks(const QString& source, const std::set<PacketId>& packets) {
    const QString content = settings_ && !source.isEmpty() ? contentOf(source) : QString();
    if (content.isEmpty()) return;
    QVariantList documents = value(u"bookmarks"_s).toList();
    documents.removeIf(
        [&](const QVariant& kept) { return kept.toMap()[u"source"_s].toString() == source; });
    QVariantList numbers;
    for (const PacketId packet : packets) numbers << packet;
    if (!numbers.isEmpty())
        documents.prepend(
            QVariantMap{{u"source"_s, source}, {u"content"_s, content}, {u"packets"_s, numbers}});
    set(u"bookmarks"_s, documents.mid(0, kMostBookmarked));
}

QByteArray Preferences::geometry() const {
    return value(u"geometry"_s).toByteArray();
}

void Preferences::setGeometry(const QByteArray& geometry) {
    set(u"geometry"_s, geometry);
}

QVariantMap Preferences::layout(Document::Kind kind) const {
    return value(layoutKey(kind)).toMap();
}

void Preferences::setLayout(Document::Kind kind, const QVariantMap& layout) {
    set(layoutKey(kind), layout);
}

}  // namespace tcplab::gui
