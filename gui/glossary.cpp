#include "gui/glossary.h"

#include "sim/tcp/state_words.h"

#include <QLocale>

namespace tcplab::gui {

using namespace Qt::StringLiterals;

Language currentLanguage() {
    return QLocale().language() == QLocale::Chinese ? Language::Chinese : Language::English;
}

QString gloss(tcp::State state) {
    return currentLanguage() == Language::Chinese ? toQt(wordsOf(state).gloss) : QString();
}

QString meaning(tcp::State state) {
    return inCurrentLanguage(wordsOf(state).meaning);
}

QString nameWithGloss(tcp::State state) {
    const QString name = toQt(toString(state));
    const QString words = gloss(state);
    return words.isEmpty() ? name : u"%1（%2）"_s.arg(name, words);
}

}  // namespace tcplab::gui
