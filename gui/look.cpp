#include "gui/look.h"

#include "gui/glossary.h"
#include "gui/house_style.h"

#include <QApplication>
#include <QFile>
#include <QFontDatabase>
#include <QLibraryInfo>
#include <QLocale>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <QTranslator>
#include <QWidget>

#include <memory>
#include <vector>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QLatin1StringView kHan{"Noto Sans CJK SC"};

/// Chinese takes the CJK font for Latin too: with a Latin font first, Chinese quotation marks come
/// out narrow and bold weights do not match.
QStringList textFamilies() {
    static const QString system = QFontDatabase::systemFont(QFontDatabase::GeneralFont).family();
    if (currentLanguage() == Language::Chinese) return {kHan, system};
    return {system, kHan};
}

QFont sized(QFont font, double pixels, bool bold) {
    font.setPixelSize(qRound(pixels));
    font.setBold(bold);
    return font;
}

void applyFont(double zoom) {
    QFont font;
    font.setFamilies(textFamilies());
    QApplication::setFont(sized(font, fonts::kInterface * zoom, false));
}

Language systemLanguage() {
    return QLocale::system().language() == QLocale::Chinese ? Language::Chinese : Language::English;
}

using Translators = std::vector<std::unique_ptr<QTranslator>>;

/// Ours, and Qt's for the words in its own dialogs.
Translators load(const QLocale& locale) {
    Translators found;
    const auto add = [&](const QString& name, const QString& folder) {
        auto translator = std::make_unique<QTranslator>();
        if (translator->load(locale, name, u"_"_s, folder)) found.push_back(std::move(translator));
    };
    add(u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    add(u"tcplab"_s, u":/i18n"_s);
    return found;
}

}  // namespace

void setUpLook() {
    QApplication::setStyle(new HouseStyle);
    applyFont(1);
}

void setTheme(std::optional<Theme> theme) {
    // An empty palette gives the desktop's back, which tells whether it is dark.
    QApplication::setPalette(QPalette());
    const Theme chosen = theme.value_or(themeOf(QApplication::palette()));
    QApplication::setPalette(toQPalette(paletteOf(chosen)));
}

void setLanguage(std::optional<Language> language) {
    static Translators installed;
    const Language chosen = language.value_or(systemLanguage());
    const double zoom = textZoom();

    for (const auto& translator : installed) QCoreApplication::removeTranslator(translator.get());
    installed.clear();
    const QLocale locale = chosen == Language::Chinese
                               ? QLocale(QLocale::Chinese, QLocale::China)
                               : QLocale(QLocale::English, QLocale::UnitedStates);
    QLocale::setDefault(locale);
    applyFont(zoom);
    if (chosen == Language::Chinese) installed = load(locale);
    for (const auto& translator : installed) QCoreApplication::installTranslator(translator.get());
}

void setTextZoom(double zoom) {
    applyFont(zoom);
}

double textZoom() {
    return QApplication::font().pixelSize() / fonts::kInterface;
}

QFont fonts::text(double pixels, bool bold) {
    return sized(QApplication::font(), pixels * textZoom(), bold);
}

QFont fonts::mono(double pixels, bool bold) {
    QFont font;
    font.setFamilies({u"JetBrains Mono"_s, u"Noto Sans Mono"_s, u"DejaVu Sans Mono"_s, kHan});
    font.setStyleHint(QFont::Monospace);
    return sized(font, pixels * textZoom(), bold);
}

QIcon icon(const QString& name, const QWidget& widget) {
    QFile file(u":/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray drawing = file.readAll();
    const auto drawnIn = [&](const QColor& color) {
        QSvgRenderer svg(QByteArray(drawing).replace("currentColor", color.name().toLatin1()));
        QPixmap picture(64, 64);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        svg.render(&painter);
        return picture;
    };
    QIcon result(drawnIn(paletteOf(widget).text));
    result.addPixmap(drawnIn(paletteOf(widget).edge), QIcon::Disabled);
    return result;
}

}  // namespace tcplab::gui
