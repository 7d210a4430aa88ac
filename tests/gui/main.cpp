#include "gui/look.h"

#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    testing::InitGoogleTest(&argc, argv);
    const QApplication application(argc, argv);
    tcplab::gui::setUpLook();
    tcplab::gui::setTheme(tcplab::gui::Theme::Light);
    tcplab::gui::setLanguage(tcplab::Language::English);
    return RUN_ALL_TESTS();
}
