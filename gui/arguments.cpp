#include "gui/arguments.h"

#include "sim/base/nearest.h"

#include <QCommandLineParser>

namespace tcplab::gui {

namespace {

using namespace Qt::StringLiterals;

constexpr int kLargest = 16000;
constexpr int kMostScale = 4;

Unexpected<Error> usage(const QString& sentence) {
    return Unexpected{Error{Error::Code::Usage, sentence.toStdString()}};
}

QString didYouMean(const QString& word, const QStringList& right) {
    std::vector<std::string> names;
    for (const QString& name : right) names.push_back(name.toStdString());
    const std::string wrong = word.toStdString();
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto found = nearest(wrong, views);
    if (!found) return {};
    return u" Did you mean %1?"_s.arg(QString::fromStdString(std::string(*found)));
}

/// One of a few words.
std::optional<Error> checkWord(const QCommandLineParser& parser,
                               const QString& option,
                               const QStringList& right) {
    if (!parser.isSet(option) || right.contains(parser.value(option))) return {};
    const QString word = parser.value(option);
    return usage(u"--%1 %2: there is %3.%4"_s.arg(
                     option, word, right.join(u", "_s), didYouMean(word, right)))
        .error();
}

QStringList pageNames() {
    QStringList names;
    for (const Workspace::Page page : Workspace::kPages) names << Workspace::nameOf(page);
    return names;
}

std::optional<QSize> sizeOf(const QString& text) {
    const QStringList parts = text.split(u'x');
    if (parts.size() != 2) return {};
    bool good[2] = {};
    const QSize size{parts[0].toInt(&good[0]), parts[1].toInt(&good[1])};
    const bool fits = size.width() > 0 && size.height() > 0 && size.width() <= kLargest &&
                      size.height() <= kLargest;
    if (!good[0] || !good[1] || !fits) return {};
    return size;
}

void addOptions(QCommandLineParser& parser) {
    parser.addPositionalArgument(u"target"_s, QString());
    parser.addOptions({{{u"h"_s, u"help"_s}, QString()},
                       {{u"v"_s, u"version"_s}, QString()},
                       {u"export"_s, QString(), u"view"_s},
                       {{u"o"_s, u"output"_s}, QString(), u"file"_s},
                       {{u"w"_s, u"write"_s}, QString(), u"file"_s},
                       {u"at"_s, QString(), u"step"_s},
                       {u"page"_s, QString(), u"page"_s},
                       {u"scale"_s, QString(), u"factor"_s},
                       {u"size"_s, QString(), u"size"_s},
                       {u"theme"_s, QString(), u"theme"_s},
                       {u"language"_s, QString(), u"language"_s}});
}

Expected<Picture, Error> pictureOf(const QCommandLineParser& parser) {
    Picture picture{.view = parser.value(u"export"_s), .path = parser.value(u"output"_s)};
    if (picture.path.isEmpty()) return usage(u"--export needs -o FILE."_s);
    if (parser.isSet(u"size"_s)) {
        const auto size = sizeOf(parser.value(u"size"_s));
        if (!size)
            return usage(u"--size %1: expected WIDTHxHEIGHT, such as 1280x800."_s.arg(
                parser.value(u"size"_s)));
        picture.size = *size;
    }
    if (parser.isSet(u"scale"_s)) {
        picture.scale = parser.value(u"scale"_s).toInt();
        if (picture.scale < 1 || picture.scale > kMostScale)
            return usage(
                u"--scale %1: expected 1 to %2."_s.arg(parser.value(u"scale"_s)).arg(kMostScale));
    }
    return picture;
}

/// Qt's parser quotes an unknown option; the nearest right one is ours.
QString parseError(const QCommandLineParser& parser) {
    const QStringList unknown = parser.unknownOptionNames();
    if (unknown.isEmpty()) return parser.errorText();
    const QStringList right{u"help"_s,
                            u"version"_s,
                            u"export"_s,
                            u"output"_s,
                            u"write"_s,
                            u"at"_s,
                            u"page"_s,
                            u"scale"_s,
                            u"size"_s,
                            u"theme"_s,
                            u"language"_s};
    return u"There is no option %1.%2"_s.arg(unknown.first(), didYouMean(unknown.first(), right));
}

}  // namespace

Expected<Arguments, Error> parseArguments(const QStringList& words) {
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(words)) return usage(parseError(parser));

    Arguments arguments;
    arguments.help = parser.isSet(u"help"_s);
    arguments.version = parser.isSet(u"version"_s);
    if (arguments.help || arguments.version) return arguments;

    const QStringList targets = parser.positionalArguments();
    if (targets.size() > 1)
        return usage(u"One file or scenario at a time: %1 is one too many."_s.arg(targets[1]));
    if (!targets.isEmpty()) arguments.target = targets.first();

    const std::pair<QString, QStringList> choices[]{{u"export"_s, pictureViews()},
                                                    {u"page"_s, pageNames()},
                                                    {u"theme"_s, {u"light"_s, u"dark"_s}},
                                                    {u"language"_s, {u"en"_s, u"zh_CN"_s}}};
    for (const auto& [option, right] : choices)
        if (auto wrong = checkWord(parser, option, right)) return Unexpected{*std::move(wrong)};
    if (parser.isSet(u"theme"_s))
        arguments.theme = parser.value(u"theme"_s) == u"dark"_s ? Theme::Dark : Theme::Light;
    if (parser.isSet(u"language"_s))
        arguments.language =
            parser.value(u"language"_s) == u"zh_CN"_s ? Language::Chinese : Language::English;

    for (const Workspace::Page page : Workspace::kPages)
        if (parser.value(u"page"_s) == Workspace::nameOf(page)) arguments.page = page;

    if (parser.isSet(u"at"_s)) {
        bool good = false;
        const int at = parser.value(u"at"_s).toInt(&good);
        if (!good || at < 0)
            return usage(u"--at %1: expected the number of a step."_s.arg(parser.value(u"at"_s)));
        arguments.at = at;
    }
    arguments.write = parser.value(u"write"_s);
    if (parser.isSet(u"write"_s) && (arguments.write.isEmpty() || arguments.target.isEmpty()))
        return usage(u"-w needs a scenario and a FILE.pcapng."_s);
    if (parser.isSet(u"write"_s) && parser.isSet(u"export"_s))
        return usage(u"-w and --export are two things: one at a time."_s);
    if (parser.isSet(u"export"_s)) {
        auto picture = pictureOf(parser);
        if (!picture) return Unexpected{picture.error()};
        arguments.picture = *picture;
        arguments.picture->page = arguments.page.value_or(Workspace::Page::Ladder);
    } else if (parser.isSet(u"output"_s) || parser.isSet(u"size"_s) || parser.isSet(u"scale"_s)) {
        return usage(u"-o, --size and --scale belong to --export VIEW."_s);
    }
    return arguments;
}

QString helpText() {
    return QStringLiteral(
               "Usage: tcplab-gui [FILE|SCENARIO] [options]\n"
               "\n"
               "Opens a capture (pcap, pcapng), a scenario file (.toml), a packetdrill script "
               "(.pkt)\n"
               "or a built-in scenario.\n"
               "\n"
               "  --at N                    Go to step N\n"
               "  --page PAGE               What stands in the middle: %2\n"
               "  --theme light|dark        Otherwise as the desktop\n"
               "  --language en|zh_CN       Otherwise as the desktop\n"
               "  --export VIEW -o FILE     Write a picture and quit; needs no display.\n"
               "                            VIEW: %1. FILE ends in .png, .svg or .pdf.\n"
               "  --size WxH                Of the picture, in pixels\n"
               "  --scale 1-4               Dots of a PNG to each of these pixels\n"
               "  -w, --write FILE.pcapng   Write the packets of a scenario and quit, as\n"
               "                            tcplab simulate -w does\n"
               "  -h, --help                This text\n"
               "  -v, --version             The version\n")
        .arg(pictureViews().join(u", "_s), pageNames().join(u", "_s));
}

}  // namespace tcplab::gui
