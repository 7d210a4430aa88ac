#include "cli/option_table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace tcplab::cli {
namespace {

// As text for roff, in which a backslash, a hyphen, and a dot or quote at a line's beginning have a
// meaning.
std::string plain(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (out.empty() && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\')
            out += "\\e";
        else if (c == '-')
            out += "\\-";
        else
            out += c;
    }
    return out;
}

std::string synopsisOf(const VerbEntry& verb) {
    std::string text = "\\fBtcplab " + plain(verb.name) + "\\fR [\\fIOPTIONS\\fR]";
    for (const OptionEntry& option : verb.options) {
        if (!option.names.empty()) continue;
        const std::string word =
            "\\fI" + plain(option.value) + "\\fR" + (option.repeats ? "..." : "");
        text += option.required ? " " + word : " [" + word + "]";
    }
    return text;
}

std::string headOf(const OptionEntry& option) {
    std::vector<std::string> names;
    for (const std::string& name : option.names) names.push_back("\\fB" + plain(name) + "\\fR");
    std::string text = fmt::format("{}", fmt::join(names, ", "));
    if (!option.value.empty())
        text += (text.empty() ? "\\fI" : " \\fI") + plain(option.value) + "\\fR";
    return text;
}

constexpr std::string_view kName = R"(.TH TCPLAB 1 "" tcplab "User Commands"
.SH NAME
tcplab \- TCP state\-machine simulator and packet visualizer
)";

constexpr std::string_view kDescription = R"(.SH DESCRIPTION
Shows what TCP does, and why: plays the state machines of two hosts in virtual time, or reads a
capture of real ones (pcap or pcapng, also compressed with gzip, zstd or lz4; \- is standard input).
Data goes to standard output, remarks to standard error.
)";

constexpr std::string_view kEnd = R"(.SH "EXIT STATUS"
.TP
.B 0
Done, and all that was asked to hold holds.
.TP
.B 1
Something asked to hold does not.
.TP
.B 2
A file is missing, or could not be read or written whole.
.TP
.B 64
The command line is wrong.
.SH ENVIRONMENT
.TP
.B NO_COLOR
No colour, even on a terminal.
.TP
.BR LC_ALL ", " LC_MESSAGES ", " LANG
Chinese where it begins with zh, unless \fB\-\-language\fR says otherwise.
.SH "SEE ALSO"
.BR tcplab\-gui (1),
.BR tcpdump (1),
.BR tshark (1),
.BR pcap\-filter (7)
)";

}  // namespace

std::string manualPage(const std::vector<VerbEntry>& verbs) {
    std::string page{kName};
    page += ".SH SYNOPSIS\n";
    for (const VerbEntry& verb : verbs) page += synopsisOf(verb) + "\n.br\n";
    page += kDescription;
    for (const VerbEntry& verb : verbs) {
        page += ".SH \"TCPLAB " + plain(verb.name) + "\"\n" + plain(verb.help) + ".\n";
        for (const OptionEntry& option : verb.options)
            page += ".TP\n" + headOf(option) + "\n" + plain(option.help) + "\n";
    }
    return page.append(kEnd);
}

}  // namespace tcplab::cli
