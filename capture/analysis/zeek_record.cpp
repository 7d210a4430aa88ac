#include "capture/analysis/zeek_record.h"

#include "sim/base/check.h"

namespace tcplab::capture {
namespace {

bool isPowerOfTen(std::uint32_t count) {
    for (; count >= 10; count /= 10) {
        if (count % 10 != 0) return false;
    }
    return count == 1;
}

}  // namespace

void ZeekRecord::look(const wire::TcpHeader& header,
                      std::size_t length,
                      Side from,
                      Remarks remarks) {
    const Flags& flags = header.flags;
    if (size_ == 0 && from == Side::Server) history_[size_++] = '^';
    if (remarks.checksumWrong) return tellOften(Counted::Checksum, 'C', from);

    if (flags.syn && !flags.ack) tellOfNumber('S', from, &End::syn, header.seq);
    if (flags.syn && flags.ack) tellOfNumber('H', from, &End::synAck, header.seq);
    if (flags.syn + flags.fin + flags.rst > 1) tellOnce('Q', from);
    if (flags.fin && flags.rst) tellOnce('I', from);
    if (remarks.acksUnseen) tellOften(Counted::Gap, 'G', other(from));
    if (length > 0 && remarks.repeats) tellOften(Counted::Repetition, 'T', from);
    if (header.window == 0 && !flags.rst) tellOften(Counted::ZeroWindow, 'W', from);
    if (length > 0) {
        ends_[from].data = true;
        tellOnce('D', from);
    } else if (flags.ack && !flags.syn && !flags.fin && !flags.rst) {
        tellOnce('A', from);
    }
    if (flags.fin && !flags.rst) tellOfNumber('F', from, &End::fin, header.seq);
    if (flags.rst) tellOfNumber('R', from, &End::rst, header.seq);
    change(flags, from);
}

void ZeekRecord::change(const Flags& flags, Side from) {
    End& me = ends_[from];
    End& peer = ends_[other(from)];
    if (me.state == State::Reset) return;
    if (flags.rst) {
        // Once both have closed, a RST changes nothing.
        if (me.state != State::Closed || peer.state != State::Closed) me.state = State::Reset;
        return;
    }
    if (flags.fin) {
        me.state = State::Closed;
        return;
    }
    const bool opening =
        me.state == State::Inactive || me.state == State::Partial || me.state == State::SynSent;
    if (!opening) return;
    if (!flags.syn) {
        if (me.state == State::Inactive) me.state = State::Partial;
        return;
    }
    if (!flags.ack) {
        if (peer.state == State::Inactive || me.state == State::Inactive) me.state = State::SynSent;
        return;
    }
    me.state = State::Established;
    if (peer.state == State::SynSent) peer.state = State::Established;
}

std::string_view ZeekRecord::connState() const {
    const State os = ends_[Side::Client].state;
    const State rs = ends_[Side::Server].state;
    const bool originatorInactive = os == State::Inactive || os == State::Partial;
    const bool responderInactive = rs == State::Inactive || rs == State::Partial;
    const bool data = ends_[Side::Client].data || ends_[Side::Server].data;
    if (rs == State::Reset) {
        if (os == State::SynSent || (os == State::Reset && !data)) return "REJ";
        return originatorInactive ? "RSTRH" : "RSTR";
    }
    if (os == State::Reset) {
        if (!responderInactive) return "RSTO";
        return onlySynThenReset() ? "RSTOS0" : "OTH";
    }
    if (os == State::Closed && rs == State::Closed) return "SF";
    if (os == State::Closed) return responderInactive ? "SH" : "S2";
    if (rs == State::Closed) return originatorInactive ? "SHR" : "S3";
    if (os == State::SynSent && rs == State::Inactive) return "S0";
    return os == State::Established && rs == State::Established ? "S1" : "OTH";
}

/// The originator's SYN and then its RST, with nothing of weight between them.
bool ZeekRecord::onlySynThenReset() const {
    std::string_view rest = history();
    if (rest.starts_with('^')) rest.remove_prefix(1);
    if (!rest.starts_with('S')) return false;
    const std::string_view between = rest.substr(1, rest.find('R') - 1);
    return rest.find('R') != std::string_view::npos &&
           between.find_first_of("HAFGIQ") == std::string_view::npos;
}

void ZeekRecord::tell(char letter, Side from) {
    constexpr char kToSmall = 'a' - 'A';
    if (size_ == kMostLetters) return;
    history_[size_++] = from == Side::Client ? letter : static_cast<char>(letter + kToSmall);
}

void ZeekRecord::tellOnce(char letter, Side from) {
    const std::uint32_t bit = 1U << (letter - 'A');
    if ((ends_[from].once & bit) != 0) return;
    ends_[from].once |= bit;
    tell(letter, from);
}

void ZeekRecord::tellOften(Counted what, char letter, Side from) {
    if (isPowerOfTen(++ends_[from].counts.at(static_cast<std::size_t>(what)))) tell(letter, from);
}

void ZeekRecord::tellOfNumber(char letter,
                              Side from,
                              std::optional<std::uint32_t> End::*told,
                              Seq seq) {
    if (ends_[from].*told == seq.raw()) return;
    ends_[from].*told = seq.raw();
    tell(letter, from);
}

}  // namespace tcplab::capture
