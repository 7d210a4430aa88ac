#include "gui/export.h"

#include "gui/look.h"
#include "tests/gui/support.h"

#include <QFile>
#include <QFileInfo>
#include <QFontInfo>
#include <QImage>
#include <QPainter>
#include <QRegularExpression>
#include <QSet>
#include <QSvgRenderer>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr QSize kSize{640, 520};

int colorsIn(const QImage& image) {
    QSet<QRgb> colors;
    for (int y = 0; y < image.height(); y += 2)
        for (int x = 0; x < image.width(); x += 2) colors.insert(image.pixel(x, y));
    return static_cast<int>(colors.size());
}

class ExportOf : public testing::TestWithParam<QString> {
protected:
    ExportOf() { document.toEnd(); }

    QString draw(const QString& suffix) {
        QString path = folder.filePath(u"picture."_s + suffix);
        const auto drawn =
            exportPicture(document, {.view = GetParam(), .path = path, .size = kSize});
        EXPECT_TRUE(drawn.has_value());
        return path;
    }

    // Where all connections went is of a capture, and the rest of either.
    Opened document{GetParam() == u"heat"_s ? tracePath("dns.pcap") : u"four-way-close"_s};
    QTemporaryDir folder{};
};

TEST_P(ExportOf, APngHasTheSizeAskedForAndIsNotBlank) {
    const QImage image(draw(u"png"_s));

    EXPECT_EQ(image.size(), kSize);
    EXPECT_GT(colorsIn(image), 8);
}

TEST_P(ExportOf, AnSvgHasTheSizeAskedForAndIsNotBlank) {
    QSvgRenderer svg(draw(u"svg"_s));
    QImage image(kSize, QImage::Format_ARGB32);
    image.fill(Qt::white);
    QPainter painter(&image);

    ASSERT_TRUE(svg.isValid());
    svg.render(&painter);

    EXPECT_EQ(svg.viewBox().size(), kSize);
    EXPECT_GT(colorsIn(image), 8);
}

TEST_P(ExportOf, APdfIsAPdf) {
    QFile file(draw(u"pdf"_s));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray content = file.readAll();

    EXPECT_TRUE(content.startsWith("%PDF-"));
    EXPECT_TRUE(content.contains("/MediaBox [0 0 640"));
    EXPECT_GT(content.size(), 2000);
}

INSTANTIATE_TEST_SUITE_P(Views, ExportOf, testing::ValuesIn(pictureViews()), [](const auto& tried) {
    return QString{tried.param}.remove(u'-').toStdString();
});

TEST(Export, AWindowShowsThePageAskedFor) {
    Opened document(u"glued"_s);
    document.toEnd();
    QTemporaryDir folder;
    std::vector<QImage> pages;
    for (const Workspace::Page page : Workspace::kPages) {
        const QString path = folder.filePath(Workspace::nameOf(page) + u".png"_s);
        ASSERT_TRUE(
            exportPicture(document, {.view = u"window"_s, .path = path, .page = page}).has_value());
        pages.emplace_back(path);
    }

    for (std::size_t first = 0; first < pages.size(); ++first)
        for (std::size_t second = first + 1; second < pages.size(); ++second)
            EXPECT_NE(pages[first], pages[second]) << first << " and " << second;
}

TEST(Export, AScaleGivesEachPixelMoreDots) {
    Opened document(u"handshake"_s);
    document.toEnd();
    QTemporaryDir folder;
    const QString path = folder.filePath(u"states.png"_s);
    const auto drawn =
        exportPicture(document, {.view = u"states"_s, .path = path, .size = kSize, .scale = 2});

    ASSERT_TRUE(drawn.has_value());
    const QImage image(path);
    EXPECT_EQ(image.size(), 2 * kSize);
    // The right half is drawn on as well: the view is enlarged, not surrounded by nothing.
    EXPECT_GT(colorsIn(image.copy(kSize.width(), 0, kSize.width(), 2 * kSize.height())), 8);
}

TEST(Export, ACaptureHasNoVariablesToDraw) {
    Opened document(tracePath("loss.pcap"));
    QTemporaryDir folder;
    for (const QString& view : {u"variables"_s, u"buffers"_s}) {
        const auto drawn =
            exportPicture(document, {.view = view, .path = folder.filePath(u"a.png"_s)});
        ASSERT_FALSE(drawn.has_value());
        EXPECT_EQ(drawn.error().code, Error::Code::Usage);
    }
}

TEST(Export, ARunHasNoOtherConnectionsToDraw) {
    Opened document(u"handshake"_s);
    QTemporaryDir folder;
    const auto drawn =
        exportPicture(document, {.view = u"heat"_s, .path = folder.filePath(u"a.png"_s)});

    ASSERT_FALSE(drawn.has_value());
    EXPECT_EQ(drawn.error().code, Error::Code::Usage);
}

TEST(Export, WithoutASizeALadderIsDrawnWhole) {
    Opened document(u"transfer"_s);
    document.toEnd();
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"ladder.png"_s);

    ASSERT_TRUE(exportPicture(document, {.view = u"ladder"_s, .path = path}).has_value());

    EXPECT_GT(QImage(path).height(), 800);
}

TEST(Export, AWholeLadderBeginsWithItsBeginning) {
    Opened document(u"four-way-close"_s);
    document.setPosition(9);
    const QTemporaryDir folder;
    QString path = folder.filePath(u"ladder.png"_s);
    ASSERT_TRUE(exportPicture(document, {.view = u"ladder"_s, .path = path}).has_value());
    const QImage middle(path);
    document.toEnd();
    ASSERT_TRUE(exportPicture(document, {.view = u"ladder"_s, .path = path}).has_value());
    const QImage whole(path);

    // Where the reader stands does not scroll it: the first rows are the same in both.
    ASSERT_GT(whole.height(), middle.height());
    const QRect first(0, 0, middle.width(), 160);
    EXPECT_EQ(middle.copy(first), whole.copy(first));
}

TEST(Export, WhatAPaneHoldsHasAMargin) {
    Opened document(u"four-way-close"_s);
    document.setPosition(9);
    const QTemporaryDir folder;
    for (const QString& view : {u"variables"_s, u"buffers"_s}) {
        const QString path = folder.filePath(view + u".png"_s);
        ASSERT_TRUE(exportPicture(document, {.view = view, .path = path}).has_value());
        const QImage image(path);
        constexpr int kMargin = 12;
        const QSize size = image.size();
        const QSize inner = size.shrunkBy({kMargin, kMargin, kMargin, kMargin});
        EXPECT_EQ(colorsIn(image.copy(0, 0, size.width(), kMargin)), 1) << view.toStdString();
        EXPECT_EQ(colorsIn(image.copy(0, 0, kMargin, size.height())), 1) << view.toStdString();
        EXPECT_EQ(colorsIn(image.copy(size.width() - kMargin, 0, kMargin, size.height())), 1);
        EXPECT_EQ(colorsIn(image.copy(0, size.height() - kMargin, size.width(), kMargin)), 1);
        EXPECT_GT(colorsIn(image.copy(QRect({kMargin, kMargin}, inner))), 4);
    }
}

QImage drawnSvg(const QString& path, QSize size) {
    QSvgRenderer svg(path);
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    svg.render(&painter);
    return image;
}

// A line above the graph is cut off at its edge, as on the screen: Qt's own SVG would draw it over
// the legend.
TEST(Export, AnSvgLeavesOutWhatIsClipped) {
    Opened document(u"glued"_s);
    document.toEnd();
    const QTemporaryDir folder;
    const QString svg = folder.filePath(u"window.svg"_s);
    const QString png = folder.filePath(u"window.png"_s);
    constexpr QSize kPlot{800, 480};
    for (const QString& path : {svg, png})
        ASSERT_TRUE(exportPicture(document, {.view = u"window-size"_s, .path = path}).has_value());

    const QImage vector = drawnSvg(svg, kPlot);
    const QImage raster(png);
    ASSERT_EQ(raster.size(), kPlot);
    // No row above the plot is covered by a line that the picture of dots does not have.
    for (int y = 50; y < 150; ++y) {
        int more = 0;
        for (int x = 0; x < kPlot.width(); ++x)
            more += static_cast<int>(qGray(vector.pixel(x, y)) < 200) -
                    static_cast<int>(qGray(raster.pixel(x, y)) < 200);
        EXPECT_LT(more, kPlot.width() / 3) << "row " << y;
    }
}

// "Sans Serif" is another font on each desktop, and as wide as that.
TEST(Export, AnSvgNamesTheFontThatItsLettersWereMeasuredIn) {
    Opened document(u"four-way-close"_s);
    document.toEnd();
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"layers.svg"_s);
    ASSERT_TRUE(exportPicture(document, {.view = u"layers"_s, .path = path}).has_value());

    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    static const QRegularExpression family(u"font-family=\"([^\"]+)\""_s);
    auto all = family.globalMatch(text);
    ASSERT_TRUE(all.hasNext());
    while (all.hasNext()) {
        const QString name = all.next().captured(1);
        EXPECT_EQ(QFontInfo(QFont(name)).family(), name);
    }
}

TEST(Export, ADarkPictureIsDark) {
    Opened document(u"handshake"_s);
    document.toEnd();
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"states.png"_s);

    setTheme(Theme::Dark);
    const auto drawn = exportPicture(document, {.view = u"states"_s, .path = path});
    setTheme(Theme::Light);

    ASSERT_TRUE(drawn.has_value());
    EXPECT_EQ(QImage(path).pixelColor(1, 1), paletteOf(Theme::Dark).page);
}

TEST(Export, AnUnknownKindOfFileIsRefused) {
    Opened document(u"handshake"_s);

    const auto drawn = exportPicture(document, {.view = u"ladder"_s, .path = u"ladder.gif"_s});

    ASSERT_FALSE(drawn.has_value());
    EXPECT_EQ(drawn.error().code, Error::Code::Usage);
}

TEST(Export, AFolderThatIsNotThereIsToldSo) {
    Opened document(u"handshake"_s);

    const auto drawn =
        exportPicture(document, {.view = u"ladder"_s, .path = u"/no/such/folder/ladder.svg"_s});

    ASSERT_FALSE(drawn.has_value());
    EXPECT_EQ(drawn.error().code, Error::Code::NotWritable);
}

TEST(Export, AFullDiskIsToldInEveryFormatAndLosesNothing) {
    if (!QFile::exists(u"/dev/full"_s)) GTEST_SKIP() << "there is no /dev/full";
    const QTemporaryDir folder;
    for (const QString& suffix : {u"svg"_s, u"pdf"_s, u"png"_s, u"csv"_s}) {
        const QString path = folder.filePath(u"full."_s + suffix);
        ASSERT_TRUE(QFile::link(u"/dev/full"_s, path));

        const auto written = writeWhole(path, QByteArray(100'000, 'x'));

        ASSERT_FALSE(written.has_value());
        EXPECT_EQ(written.error().code, Error::Code::NotWritable);
        EXPECT_NE(written.error().what.find(path.toStdString()), std::string::npos);
        EXPECT_NE(written.error().what.find("No space left"), std::string::npos)
            << written.error().what;
        EXPECT_TRUE(QFileInfo(path).isSymLink());
    }
}

TEST(Export, AFileThatWasThereIsReplacedAsAWhole) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"table.csv"_s);
    ASSERT_TRUE(writeWhole(path, "long before").has_value());
    ASSERT_TRUE(writeWhole(path, "after").has_value());

    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "after");
}

}  // namespace
}  // namespace tcplab::gui
