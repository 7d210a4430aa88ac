#include "gui/export.h"

#include "gui/glossary.h"
#include "gui/main_window.h"
#include "gui/svg_canvas.h"
#include "gui/views/ladder_view.h"
#include "gui/views/layers_pane.h"
#include "gui/views/plots_page.h"
#include "gui/views/seven_layers_view.h"
#include "gui/views/state_diagram_view.h"
#include "gui/views/stream_page.h"
#include "gui/views/stream_view.h"
#include "gui/views/tables.h"
#include "gui/views/windows_view.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QHeaderView>
#include <QImage>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QScrollBar>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <memory>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr QSize kWindow{1280, 800};
constexpr int kLadderWidth = 628;
constexpr QSize kStates{520, 420};
constexpr QSize kPlot{800, 480};
constexpr int kVariablesWidth = 400;
constexpr int kBuffersWidth = 480;
constexpr QSize kLayers{1040, 640};
constexpr QSize kStream{900, 560};
constexpr int kFieldsWidth = 400;
constexpr int kMargin = 16;
constexpr int kHighest = 16000;  ///< A picture in memory; a longer ladder is cut.

Unexpected<Error> failure(Error::Code code, const QString& sentence) {
    return Unexpected{Error{code, sentence.toStdString()}};
}

struct Export {
    Q_DECLARE_TR_FUNCTIONS(Export)
};

std::optional<picture::Graph> graphNamed(const QString& name) {
    for (const picture::Graph graph : picture::kGraphs)
        if (name == viewNameOf(graph)) return graph;
    return {};
}

/// The seven layers, and beside them the fields and octets that they put there.
std::unique_ptr<QWidget> layersView(Document& document) {
    auto both = std::make_unique<QSplitter>(Qt::Horizontal);
    auto* seven = new SevenLayersView(document);
    auto* fields = new LayersPane(document);
    both->addWidget(seven);
    both->addWidget(fields);
    QObject::connect(fields, &LayersPane::marked, seven, &SevenLayersView::mark);
    both->resize(kLayers);
    both->setSizes({kLayers.width() - kFieldsWidth, kFieldsWidth});
    return both;
}

/// A pane's content with the room around it that the pane would give it.
std::unique_ptr<QWidget> withMargins(std::unique_ptr<QWidget> view, QSize size) {
    auto page = std::make_unique<QWidget>();
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    auto* column = new QVBoxLayout(page.get());
    column->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    column->addWidget(view.release());
    page->resize(size.grownBy({kMargin, kMargin, kMargin, kMargin}));
    return page;
}

/// From its beginning, and without what one scrolls with.
void showWhole(LadderView& ladder, QSize size) {
    ladder.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    if (size.isEmpty())
        ladder.resize(kLadderWidth, std::min(kHighest, ladder.wholeHeight(kLadderWidth)));
    QCoreApplication::processEvents();
    if (size.isEmpty()) ladder.verticalScrollBar()->setValue(0);
}

void draw(QWidget& view, QPaintDevice& device) {
    QPainter painter(&device);
    view.render(&painter, {}, {}, QWidget::DrawWindowBackground | QWidget::DrawChildren);
}

QByteArray drawn(QWidget& view, const QString& suffix, int scale) {
    const QSize size = view.size();
    QByteArray content;
    QBuffer buffer(&content);
    buffer.open(QIODevice::WriteOnly);
    if (suffix == u"svg"_s) {
        SvgCanvas svg(buffer, size);
        draw(view, svg);
    } else if (suffix == u"pdf"_s) {
        QPdfWriter pdf(&buffer);
        pdf.setResolution(72);
        pdf.setPageSize(QPageSize(QSizeF(size), QPageSize::Point, {}, QPageSize::ExactMatch));
        pdf.setPageMargins({});
        pdf.setTitle(u"tcplab"_s);
        draw(view, pdf);
    } else {
        QImage image(size * scale, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(scale);
        image.fill(view.palette().color(QPalette::Window));
        draw(view, image);
        image.save(&buffer, "PNG");
    }
    return content;
}

}  // namespace

std::unique_ptr<QWidget> makeView(const Picture& picture, Document& document) {
    const QString& name = picture.view;
    if (name == u"ladder"_s) {
        auto ladder = std::make_unique<LadderView>(document);
        ladder->resize(kLadderWidth, std::min(kHighest, ladder->wholeHeight(kLadderWidth)));
        return ladder;
    }
    if (name == u"states"_s) {
        auto states = std::make_unique<StateDiagramView>(document);
        states->resize(kStates);
        return states;
    }
    if (name == u"heat"_s) {
        auto heat = std::make_unique<StateDiagramView>(document);
        heat->setHeat(true);
        heat->resize(kStates);
        return heat;
    }
    if (name == u"framing"_s) {
        auto stream = std::make_unique<StreamPage>(document);
        stream->resize(kStream);
        return stream;
    }
    if (name == u"buffers"_s) {
        auto buffers = std::make_unique<WindowsView>(document);
        const QSize size{kBuffersWidth, buffers->sizeHint().height()};
        return withMargins(std::move(buffers), size);
    }
    if (name == u"variables"_s) {
        auto variables = std::make_unique<VariableList>(document);
        variables->setWhole(true);
        const QSize size{kVariablesWidth,
                         std::min(kHighest, variables->verticalHeader()->length())};
        return withMargins(std::move(variables), size);
    }
    if (const auto kind = graphNamed(name)) {
        auto plots = std::make_unique<PlotsPage>(document);
        plots->setGraph(*kind);
        plots->resize(kPlot);
        return plots;
    }
    if (name == u"layers"_s) {
        // A step without a packet has no layers; the last one before it has.
        while (!document.selected() && document.position() > 0) document.back();
        return layersView(document);
    }
    auto window = std::make_unique<MainWindow>(document, Preferences(Preferences::Memory::None));
    // Projected text is as large as the window allows.
    window->resize(picture.size.isEmpty() ? kWindow : picture.size);
    window->workspace().setPage(picture.page);
    if (name == u"projector"_s) window->setProjecting(true);
    return window;
}

/// "window" is the window itself.
QString viewNameOf(picture::Graph graph) {
    return graph == picture::Graph::Window ? u"window-size"_s : toQt(toString(graph));
}

QStringList pictureViews() {
    QStringList views{u"window"_s,
                      u"projector"_s,
                      u"ladder"_s,
                      u"states"_s,
                      u"heat"_s,
                      u"variables"_s,
                      u"buffers"_s,
                      u"framing"_s,
                      u"layers"_s};
    for (const picture::Graph graph : picture::kGraphs) views << viewNameOf(graph);
    return views;
}

bool canDraw(const QString& view, const Document& document) {
    if (document.kind() == Document::Kind::Capture)
        return view != u"variables"_s && view != u"buffers"_s;
    return view != u"heat"_s;
}

Expected<bool, Error> exportPicture(Document& document, const Picture& picture) {
    const QString suffix = QFileInfo(picture.path).suffix().toLower();
    if (!QStringList{u"png"_s, u"svg"_s, u"pdf"_s}.contains(suffix))
        return failure(Error::Code::Usage,
                       Export::tr("%1 names no picture: it must end in .png, .svg or .pdf.")
                           .arg(picture.path));

    if (!canDraw(picture.view, document))
        return failure(Error::Code::Usage,
                       document.kind() == Document::Kind::Capture
                           ? Export::tr("A capture does not tell what its hosts keep: --export %1 "
                                        "needs a scenario.")
                                 .arg(picture.view)
                           : Export::tr("A scenario has no other connections: --export %1 needs a "
                                        "capture.")
                                 .arg(picture.view));

    const std::unique_ptr<QWidget> view = makeView(picture, document);
    if (!picture.size.isEmpty()) view->resize(picture.size);
    view->setAttribute(Qt::WA_DontShowOnScreen);
    view->show();
    // Fonts that have changed ask for room, and what gives it asks again.
    for (int round = 0; round < 3; ++round) QCoreApplication::processEvents();
    if (auto* ladder = qobject_cast<LadderView*>(view.get())) showWhole(*ladder, picture.size);
    return writeWhole(picture.path, drawn(*view, suffix, picture.scale));
}

Expected<bool, Error> writeWhole(const QString& path, const QByteArray& content) {
    const QFileInfo there(path);
    // A device or pipe cannot be replaced by a file that was written beside it.
    const bool replaced = !there.exists() || there.isFile();
    QSaveFile beside(path);
    QFile direct(path);
    QFileDevice& file = replaced ? static_cast<QFileDevice&>(beside) : direct;
    const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() &&
                         file.flush() && (!replaced || beside.commit());
    if (written) return true;
    return failure(Error::Code::NotWritable,
                   Export::tr("%1 cannot be written: %2.").arg(path, file.errorString()));
}

}  // namespace tcplab::gui
