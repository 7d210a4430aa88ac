#include "gui/preferences.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype kMostRecent = 5;

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
