// The words of the prompt.

#include "cli/stepper.h"
#include "cli/width.h"
#include "sim/base/nearest.h"
#include "sim/base/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace tcplab::cli {

/// A word of the prompt; `letter` is short for it.
struct Stepper::Command {
    std::string_view word{};
    char letter = '\0';
    Text arguments{};
    Text meaning{};
    void (*obey)(Stepper& stepper, const std::string& rest, std::ostream& out) = nullptr;
};

const std::vector<Stepper::Command>& Stepper::commands() {
    using S = Stepper;
    using Words = const std::string;
    using Out = std::ostream;
    // What begins another future has its own words read by parseTurn().
    static const std::vector<Command> kCommands{
        {"next",
         'n',
         {},
         {"one step on; so does Enter", "前进一步；直接按 Enter 也一样"},
         [](S& s, Words&, Out& out) { s.goTo(s.at_ + 1, out); }},
        {"previous",
         'p',
         {},
         {"one step back", "后退一步"},
         [](S& s, Words&, Out& out) { s.goTo(s.at_ - std::min<Moment>(s.at_, 1), out); }},
        {"end",
         'e',
         {},
         {"to the last step", "到最后一步"},
         [](S& s, Words&, Out& out) { s.goTo(s.trace().moments(), out); }},
        {"break",
         'b',
         {"WHAT", "条件"},
         {"set a break point: a state, an edge, or packets; alone: list them",
          "设置断点：状态、状态转换或报文段；不带参数则列出断点"},
         [](S& s, Words& rest, Out& out) { s.addBreak(rest, out); }},
        {"continue",
         'c',
         {"[WHAT]", "[条件]"},
         {"on to the next break point, or to WHAT", "前进到下一个断点，或到所给条件"},
         [](S& s, Words& rest, Out& out) { s.goOn(rest, out); }},
        {"reverse",
         'r',
         {"[WHAT]", "[条件]"},
         {"back to the one before", "后退到上一个断点，或到所给条件"},
         [](S& s, Words& rest, Out& out) { s.goBack(rest, out); }},
        {"clear",
         'x',
         {"[N]", "[N]"},
         {"remove break point N, or all", "删除断点 N，或全部断点"},
         [](S& s, Words& rest, Out& out) { s.clear(rest, out); }},
        {"drop",
         'd',
         {"4", "4"},
         {"packet 4, which is on its way, is lost: another future begins",
          "丢弃在途的报文段 4：从这里进入另一种结局"},
         [](S& s, Words& rest, Out& out) { s.turn("drop " + rest, out); }},
        {"delay",
         '\0',
         {"4 50ms", "4 50ms"},
         {"it takes 50 ms longer", "让它多走 50 ms"},
         [](S& s, Words& rest, Out& out) { s.turn("delay " + rest, out); }},
        {"duplicate",
         '\0',
         {"4", "4"},
         {"it arrives twice", "让它到达两次"},
         [](S& s, Words& rest, Out& out) { s.turn("duplicate " + rest, out); }},
        {"corrupt",
         '\0',
         {"4", "4"},
         {"it arrives damaged", "让它到达时已损坏"},
         [](S& s, Words& rest, Out& out) { s.turn("corrupt " + rest, out); }},
        {"call",
         '\0',
         {"client send 100", "client send 100"},
         {"a host calls connect, send, recv, close, ... now",
          "主机现在调用 connect、send、recv、close 等"},
         [](S& s, Words& rest, Out& out) { s.turn("call " + rest, out); }},
        {"futures",
         'f',
         {"[N]", "[N]"},
         {"list the futures, or go to one", "列出各种结局，或转到其中一种"},
         [](S& s, Words& rest, Out& out) { s.chooseFuture(rest, out); }},
        {"diff",
         '\0',
         {"[N]", "[N]"},
         {"compare this future with future N, or with the one it left",
          "与结局 N 比较；不带参数则与分支前的结局比较"},
         [](S& s, Words& rest, Out& out) { s.compare(rest, out); }},
        {"info",
         'i',
         {},
         {"packets on their way, and timers", "在途的报文段和正在走的计时器"},
         [](S& s, Words&, Out& out) { s.info(out); }},
        {"answer",
         'a',
         {},
         {"the answer to what is asked here", "此处问题的答案"},
         [](S& s, Words&, Out& out) { s.answer(out); }},
        {"write",
         'w',
         {"FILE", "文件"},
         {"write this future to a pcapng file", "把这种结局写成 pcapng 文件"},
         [](S& s, Words& rest, Out& out) { s.write(rest, out); }},
        {"help", 'h', {}, {"this list", "这份清单"}, [](S& s, Words&, Out& out) { s.help(out); }},
        {"quit", 'q', {}, {"leave", "退出"}, nullptr},
    };
    return kCommands;
}

void Stepper::help(std::ostream& out) const {
    for (const Command& command : commands()) {
        const std::string words =
            fmt::format("{} {}", command.word, command.arguments.in(language_));
        const std::string letter = command.letter == '\0' ? "" : std::string{command.letter} + ",";
        out << fmt::format(
            "  {:3}{}{}\n", letter, padded(words, 24), command.meaning.in(language_));
    }
    out << say(
        "  A number goes to that step. WHAT is TIME-WAIT, client TIME-WAIT,\n"
        "  edge FIN-WAIT-1 CLOSING, or a question about packets: syn && from client, len > 0\n",
        "  输入数字，转到那一步。条件可以是 TIME-WAIT、client TIME-WAIT、\n"
        "  edge FIN-WAIT-1 CLOSING，或关于报文段的表达式：syn && from client、len > 0\n");
}

bool Stepper::obey(const std::string& line, std::ostream& out) {
    const std::string_view words = trimmed(line);
    if (const auto number = numberIn(words)) {
        goTo(*number, out);
        return true;
    }
    std::string_view given = words;
    std::string_view word = takeWord(given);
    const std::string rest{given};
    if (word.empty()) word = "next";
    std::vector<std::string_view> known;
    for (const Command& command : commands()) {
        known.push_back(command.word);
        const bool isLetter = word.size() == 1 && word.front() == command.letter;
        if (word != command.word && !isLetter) continue;
        if (command.obey == nullptr) return false;
        command.obey(*this, rest, out);
        return true;
    }
    out << "  " << unknownWord(word, known) << '\n';
    return true;
}

void Stepper::run(std::istream& in, std::ostream& out) {
    out << futures_.current().scenario.title.in(language_) << '\n'
        << say("Enter: a step on   p: a step back   c TIME-WAIT: on to a state   h: all commands\n",
               "Enter：前进一步   p：后退一步   c TIME-WAIT：前进到某个状态   h：全部命令\n");
    show(out);
    std::string line;
    for (out << "> " << std::flush; std::getline(in, line); out << "> " << std::flush)
        if (!obey(line, out)) return;
    out << '\n';
}

}  // namespace tcplab::cli
