// How soon the window shows a large capture, and how long a frame of it takes to paint. Called with
// the capture's path:
//
//     window_bench churn.pcap

#include "gui/document.h"
#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/views/ladder_view.h"
#include "gui/workspace.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QImage>
#include <QScrollBar>
#include <QTableView>
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <sys/resource.h>

namespace tcplab::gui {
namespace {

QString capturePath;

constexpr double kMilli = 1e-6;  // Of a nanosecond.

double peakMebibytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

struct Shown {
    Shown() {
        document.setPatience(std::chrono::milliseconds{0});
        window.resize(1280, 800);
        window.show();
    }
    Document document{};
    MainWindow window{document, Preferences(Preferences::Memory::None)};
};

/// Of each round: until there are rows, until all is there, and the longest time that the window
/// did not answer.
void openCapture(benchmark::State& state) {
    double first = 0;
    double answer = 0;
    for (auto round : state) {
        Shown shown;
        QElapsedTimer clock;
        clock.start();
        shown.window.open(capturePath);
        while (shown.document.flows().empty()) QApplication::processEvents();
        first = std::max(first, static_cast<double>(clock.nsecsElapsed()) * kMilli);
        while (shown.document.isLoading()) {
            QElapsedTimer busy;
            busy.start();
            QApplication::processEvents();
            answer = std::max(answer, static_cast<double>(busy.nsecsElapsed()) * kMilli);
        }
        state.SetIterationTime(static_cast<double>(clock.nsecsElapsed()) * 1e-9);
    }
    state.counters["first_rows_ms"] = first;
    state.counters["longest_silence_ms"] = answer;
    state.counters["peak_MiB"] = peakMebibytes();
}
BENCHMARK(openCapture)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

/// Paints `widget` once for each place that `go` leads to; the longest time counts.
template <class Go>
void paint(benchmark::State& state, QWidget& widget, Go go) {
    QImage image(widget.size(), QImage::Format_ARGB32_Premultiplied);
    double longest = 0;
    std::size_t place = 0;
    for (auto round : state) {
        go(place++);
        QElapsedTimer clock;
        clock.start();
        widget.render(&image);
        const double took = static_cast<double>(clock.nsecsElapsed());
        longest = std::max(longest, took * kMilli);
        state.SetIterationTime(took * 1e-9);
    }
    state.counters["longest_ms"] = longest;
}

constexpr std::size_t kPlaces = 200;

void paintLadder(benchmark::State& state) {
    Shown shown;
    shown.window.open(capturePath);
    while (shown.document.isLoading()) QApplication::processEvents();
    const std::size_t flows = shown.document.flows().size();
    LadderView& ladder = shown.window.workspace().ladder();
    paint(state, *ladder.viewport(), [&](std::size_t place) {
        shown.document.setConnection(static_cast<ConnectionId>(place % kPlaces * flows / kPlaces));
        QScrollBar& bar = *ladder.verticalScrollBar();
        bar.setValue(static_cast<int>(place % 7) * bar.maximum() / 6);
    });
}
BENCHMARK(paintLadder)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(kPlaces);

void paintTables(benchmark::State& state) {
    Shown shown;
    shown.window.open(capturePath);
    while (shown.document.isLoading()) QApplication::processEvents();
    QTableView* largest = nullptr;
    for (QTableView* table : shown.window.findChildren<QTableView*>())
        if (largest == nullptr || table->model()->rowCount() > largest->model()->rowCount())
            largest = table;
    paint(state, *largest->viewport(), [&](std::size_t place) {
        QScrollBar& bar = *largest->verticalScrollBar();
        bar.setValue(
            static_cast<int>(place % kPlaces * static_cast<std::size_t>(bar.maximum()) / kPlaces));
    });
}
BENCHMARK(paintTables)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(kPlaces);

/// Choosing another connection: it is read from the file, folded, laid out and painted.
void chooseConnection(benchmark::State& state) {
    Shown shown;
    shown.window.open(capturePath);
    while (shown.document.isLoading()) QApplication::processEvents();
    const std::size_t flows = shown.document.flows().size();
    std::size_t place = 0;
    for (auto round : state) {
        shown.document.setConnection(
            static_cast<ConnectionId>(++place % kPlaces * flows / kPlaces));
        QApplication::processEvents();
    }
}
BENCHMARK(chooseConnection)->Unit(benchmark::kMillisecond)->Iterations(kPlaces);

}  // namespace
}  // namespace tcplab::gui

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    if (argc != 2) {
        std::fputs("Usage: window_bench CAPTURE\n", stderr);
        return 64;
    }
    tcplab::gui::capturePath = QString::fromLocal8Bit(argv[1]);
    tcplab::gui::setUpLook();
    tcplab::gui::setTheme(tcplab::gui::Theme::Light);
    tcplab::gui::setLanguage(tcplab::Language::English);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
