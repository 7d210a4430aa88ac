#include "gui/glossary.h"
#include "sim/tcp/state.h"

#include <QFile>
#include <QRegularExpression>
#include <QXmlStreamReader>
#include <gtest/gtest.h>

namespace tcplab::gui {
namespace {

using namespace Qt::StringLiterals;

struct Message {
    QString source{};
    QString translation{};
    QString type{};
};

std::vector<Message> messages() {
    QFile file(QStringLiteral(TCPLAB_SOURCE_DIR "/gui/translations/tcplab_zh_CN.ts"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    QXmlStreamReader xml(&file);
    std::vector<Message> all;
    while (!xml.atEnd()) {
        xml.readNext();
        if (!xml.isStartElement()) continue;
        if (xml.name() == u"message"_s) all.emplace_back();
        if (xml.name() == u"source"_s) all.back().source = xml.readElementText();
        if (xml.name() == u"translation"_s) {
            all.back().type = xml.attributes().value(u"type"_s).toString();
            all.back().translation = xml.readElementText();
        }
    }
    EXPECT_FALSE(xml.hasError());
    return all;
}

QStringList placeholders(const QString& text) {
    QStringList found;
    auto matches = QRegularExpression(u"%[0-9]"_s).globalMatch(text);
    while (matches.hasNext()) found << matches.next().captured();
    found.sort();
    return found;
}

bool isHan(QChar letter) {
    return letter.script() == QChar::Script_Han;
}

TEST(Translations, NoneIsUnfinishedVanishedOrEmpty) {
    ASSERT_GT(messages().size(), 100U);
    for (const Message& message : messages()) {
        EXPECT_EQ(message.type.toStdString(), "") << message.source.toStdString();
        EXPECT_FALSE(message.translation.isEmpty()) << message.source.toStdString();
    }
}

TEST(Translations, NoneLosesAPlaceholder) {
    for (const Message& message : messages())
        EXPECT_EQ(placeholders(message.translation), placeholders(message.source))
            << message.source.toStdString();
}

TEST(Translations, PunctuationBesideHanIsFullWidth) {
    for (const Message& message : messages()) {
        const QString& text = message.translation;
        for (qsizetype i = 0; i < text.size(); ++i) {
            if (!u",:;?!"_s.contains(text[i])) continue;
            const bool beside =
                (i > 0 && isHan(text[i - 1])) || (i + 1 < text.size() && isHan(text[i + 1]));
            EXPECT_FALSE(beside) << text.toStdString();
        }
    }
}

TEST(Glossary, EveryStateHasItsWords) {
    for (const tcp::State state : tcp::kStates) EXPECT_FALSE(meaning(state).isEmpty());
}

}  // namespace
}  // namespace tcplab::gui
