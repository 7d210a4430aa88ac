#pragma once

#include "sim/drill/code.h"
#include "sim/drill/make_call.h"
#include "sim/drill/run_recorder.h"
#include "sim/drill/runner.h"
#include "sim/drill/settings.h"
#include "sim/drill/translation.h"
#include "sim/host/host.h"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tcplab::drill {

/// One script being run, statement by statement, in virtual time. Private to sim/drill.
///
/// A relative time counts from when the statement before it happened, which may differ from what
/// the script says by the rounding of its times.
class Run {
public:
    Run(const Script& script, Settings settings, tcp::Profile profile, Sink* sink);

    [[nodiscard]] Verdict run();
    [[nodiscard]] static Verdict invalid(const ScriptError& mistake);

private:
    using Failure = std::optional<Verdict>;

    /// A datagram that the host sent and no statement has asked for yet.
    struct LiveDatagram {
        Instant at{};
        host::Datagram datagram{};
    };
    /// A call that waits.
    struct Pending {
        const Statement* statement = nullptr;
        host::CallNumber number = 0;
        host::Call call{};
        Instant begin{};
        std::optional<ScriptTime> end{};  ///< Counted from the start of the run.
    };
    struct Returned {
        Instant at{};
        host::Result result{};
    };

    static Verdict skipped(Place place, std::string needs);
    static Verdict failed(Place place, std::string expected, std::string got);

    // run.cpp
    [[nodiscard]] Failure execute(const Statement& statement);
    [[nodiscard]] Failure execute(const Statement& statement, const CommandStatement& command);
    [[nodiscard]] Failure execute(const Statement& statement, const CodeStatement& code);
    void begin(const When& when);
    void happened(const When& when, Instant at);
    void advance(Instant to);
    void take(host::Outcome outcome);

    // run_packet.cpp
    [[nodiscard]] Failure execute(const Statement& statement, const PacketStatement& packet);
    [[nodiscard]] Failure send(const Statement& statement, const PacketStatement& packet);
    [[nodiscard]] Failure expect(const Statement& statement,
                                 const PacketStatement& packet,
                                 const TcpPattern& tcp);
    [[nodiscard]] Failure expect(const Statement& statement, const PacketStatement& packet);
    [[nodiscard]] const LiveDatagram* nextSent(const When& when);
    [[nodiscard]] bool isOnTime(const When& when, Instant at) const;
    [[nodiscard]] std::string timeText(const When& when) const;
    [[nodiscard]] std::string segmentText(const LiveDatagram& live, const Segment& seen) const;
    [[nodiscard]] Translation& connectionOf(const PacketStatement& packet);
    [[nodiscard]] Translation& connectionOf(const PacketStatement& packet,
                                            const host::Datagram& live);

    // run_call.cpp
    [[nodiscard]] Failure execute(const Statement& statement, const CallStatement& call);
    /// Waits for the call that has not returned, if there is one, and checks what it gives.
    [[nodiscard]] Failure finishCall();
    [[nodiscard]] Failure check(const Pending& pending, const Returned& returned);
    void opened(const CallStatement& statement, const host::Call& call, const host::Result& result);

    const Script& script_;
    Settings settings_;
    tcp::Profile profile_;
    RunRecorder recorder_;
    host::Host host_;
    Instant now_{};
    Instant last_{};      ///< When the statement before happened.
    Instant scripted_{};  ///< When it happened by the times of the script alone.
    Instant due_{};       ///< When this statement is to happen; the beginning of a range.
    Instant until_{};     ///< The end of a range.
    std::deque<LiveDatagram> sent_{};
    std::map<host::CallNumber, Returned> returned_{};
    std::optional<Pending> pending_{};
    std::map<std::int64_t, host::Fd> descriptors_{};  ///< Script to live.
    std::vector<Translation> connections_{};
    /// Of packets without ports; empty: the next one is of a connection of its own.
    std::optional<std::size_t> current_{};
    CodeVariables codeVariables_{};
    std::optional<host::SocketId> subject_{};  ///< Whose TCP_INFO code asks for.
    std::uint16_t boundPort_ = 0;
    std::uint16_t peerPort_ = 50000;  ///< For the next connection that the peer opens.
};

}  // namespace tcplab::drill
