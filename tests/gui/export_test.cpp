#include "gui/export.h"

#include "gui/look.h"
#include "tests/gui/support.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QPainter>
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
