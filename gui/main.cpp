#include "capture/tap_file.h"
#include "gui/arguments.h"
#include "gui/document.h"
#include "gui/look.h"
#include "gui/main_window.h"
#include "gui/workspace.h"

#include <QApplication>

#include <algorithm>
#include <array>
#include <cstdio>

namespace {

using namespace tcplab;

constexpr int kNotRead = 2;
constexpr int kUsage = 64;
/// A capture that is read in this time is shown whole at once.
constexpr std::chrono::milliseconds kPatience{150};

int fail(const Error& error) {
    std::fprintf(stderr, "tcplab-gui: %s\n", error.what.c_str());
    return error.code == Error::Code::Usage ? kUsage : kNotRead;
}

bool hasDisplay() {
    return std::ranges::any_of(std::array{"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"},
                               [](const char* name) { return !qEnvironmentVariableIsEmpty(name); });
}

/// What cannot be opened is told before the lack of a display.
int failWithoutDisplay(const QString& target) {
    gui::Document document;
    document.setPatience({});
    if (!target.isEmpty()) {
        if (const auto opened = document.open(target); !opened) return fail(opened.error());
    }
    return fail(
        {Error::Code::NotReadable, "there is no display; --export VIEW -o FILE draws without one"});
}

Expected<gui::Arguments, Error> readArguments(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    return gui::parseArguments(QCoreApplication::arguments());
}

void setUp(const gui::Arguments& arguments, const gui::Preferences& preferences) {
    gui::setUpLook();
    gui::setTheme(arguments.theme ? arguments.theme : preferences.theme());
    gui::setLanguage(arguments.language ? arguments.language : preferences.language());
    gui::setTextZoom(preferences.textZoom());
}

int draw(gui::Document& document, const gui::Arguments& arguments) {
    if (arguments.at)
        document.setPosition(*arguments.at);
    else if (document.kind() == gui::Document::Kind::Lesson)
        document.toEnd();
    if (const auto drawn = exportPicture(document, *arguments.picture); !drawn)
        return fail(drawn.error());
    if (document.summary().stopped) return fail(*document.summary().stopped);
    return 0;
}

/// The same octets as the command line writes.
int write(const gui::Document& document, const std::string& path) {
    if (document.kind() != gui::Document::Kind::Lesson)
        return fail({Error::Code::Usage, "-w writes the packets of a scenario, not of a capture"});
    constexpr double kMiddle = 0.5;
    if (const auto failed = capture::writeTap(document.trace(), kMiddle, path))
        return fail(*failed);
    return 0;
}

int show(gui::Document& document, const gui::Arguments& arguments, gui::Preferences preferences) {
    gui::MainWindow window(document, std::move(preferences));
    window.show();
    if (arguments.target.isEmpty()) window.welcome();
    if (arguments.page) window.workspace().setPage(*arguments.page);
    if (arguments.at) document.setPosition(*arguments.at);
    return QApplication::exec();
}

}  // namespace

int main(int argc, char** argv) {
    const auto arguments = readArguments(argc, argv);
    if (!arguments) return fail(arguments.error());
    if (arguments->help) {
        std::fputs(qUtf8Printable(gui::helpText()), stdout);
        return 0;
    }
    if (arguments->version) {
        std::puts("tcplab-gui " TCPLAB_VERSION);
        return 0;
    }
    QString target = arguments->target;
    if (target.isEmpty() && arguments->picture) target = QStringLiteral("handshake");
    const bool needsDisplay = !arguments->picture && arguments->write.isEmpty();
    if (needsDisplay && !hasDisplay()) return failWithoutDisplay(target);
    if (!needsDisplay) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // Icons are drawn with so many dots, too.
        if (arguments->picture && arguments->picture->scale != 1)
            qputenv("QT_SCALE_FACTOR", QByteArray::number(arguments->picture->scale));
        // What that platform lacks does not show in a picture.
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    }

    const QApplication application(argc, argv);
    gui::Document document;
    if (needsDisplay) document.setPatience(kPatience);
    if (!target.isEmpty()) {
        if (const auto opened = document.open(target); !opened) return fail(opened.error());
    }
    if (!arguments->write.isEmpty()) return write(document, arguments->write.toStdString());
    QGuiApplication::setDesktopFileName(QStringLiteral("org.tcplab.tcplab"));
    const auto memory =
        arguments->picture ? gui::Preferences::Memory::None : gui::Preferences::Memory::Kept;
    gui::Preferences preferences(memory);
    setUp(*arguments, preferences);
    return arguments->picture ? draw(document, *arguments)
                              : show(document, *arguments, std::move(preferences));
}
