#pragma once

#include "sim/drill/script_lines.h"
#include "sim/wire/notation.h"
#include "sim/wire/stack.h"

#include <optional>
#include <string>

// Private to the files that write scripts.
namespace tcplab::drill {

/// Writes packets of a connection in the numbers of a script: those of each direction count from
/// its SYN.
class PacketWriter {
public:
    PacketWriter(const Trace& trace, const ScriptSubject& subject)
        : trace_{trace}, subject_{subject} {
        for (const Packet& packet : trace.packets())
            if (packet.connection == subject.connection && packet.tcp.flags.syn)
                isn_[packet.from] = packet.tcp.seqRaw - static_cast<std::uint32_t>(packet.tcp.seq);
    }

    [[nodiscard]] bool knows(Side side) const { return isn_[side].has_value(); }

    /// What the host offered.
    [[nodiscard]] std::optional<wire::TcpOptions> synOptions() const {
        for (const Packet& packet : trace_.packets()) {
            if (packet.connection != subject_.connection || packet.from != subject_.host ||
                !packet.tcp.flags.syn)
                continue;
            const auto layers =
                wire::dissect(packet.link, trace_.octetsOf(packet), packet.originalLength);
            if (const auto view = wire::tcpView(layers))
                return wire::TcpOptions{view->header.options};
        }
        return {};
    }

    /// "> S. 0:0(0) ack 1 win 65535 <mss 1460>"
    [[nodiscard]] std::string text(const Packet& packet, bool withWindow) const {
        const bool inbound = packet.from != subject_.host;
        // A host that has sent no SYN answers with numbers that are not its own.
        const bool absolute = !inbound && !knows(packet.from);
        const std::uint32_t seq =
            absolute ? packet.tcp.seqRaw : static_cast<std::uint32_t>(packet.tcp.seq);
        const std::uint32_t end = seq + packet.tcp.len;
        std::string text = inbound ? "< " : "> ";
        text += wire::flagsText(packet.tcp.flags) + " " + std::to_string(seq) + ":" +
                std::to_string(end) + "(" + std::to_string(packet.tcp.len) + ")";
        if (absolute) text += "!";
        if (packet.tcp.ack)
            text += " ack " + std::to_string(static_cast<std::uint32_t>(*packet.tcp.ack));
        const auto layers =
            wire::dissect(packet.link, trace_.octetsOf(packet), packet.originalLength);
        const auto view = wire::tcpView(layers);
        if (!view) return text + " win " + std::to_string(packet.tcp.window);
        if (withWindow || inbound) text += " win " + std::to_string(view->header.window);
        if (view->header.flags.urg) text += " urg " + std::to_string(view->header.urgentPointer);
        const std::string options =
            wire::optionsText(relative(view->header.options, packet).octets());
        return options.empty() ? text : text + " " + options;
    }

private:
    /// The blocks of SACK tell of the other direction.
    [[nodiscard]] wire::TcpOptions relative(Octets octets, const Packet& packet) const {
        const std::uint32_t isn = isn_[other(packet.from)].value_or(0);
        wire::TcpOptions result;
        wire::TcpOptionCursor cursor{octets};
        for (std::size_t from = 0; const auto option = cursor.next(); from = cursor.offset()) {
            if (const auto* sack = std::get_if<wire::Sack>(&*option)) {
                wire::Sack moved = *sack;
                for (wire::SackBlock& block : moved.blocks) {
                    block.left -= isn;
                    block.right -= isn;
                }
                result.push(wire::TcpOption{moved});
            } else {
                result.push(octets.subspan(from, cursor.offset() - from));
            }
        }
        return result;
    }

    const Trace& trace_;
    const ScriptSubject& subject_;
    PerSide<std::optional<std::uint32_t>> isn_{};
};

}  // namespace tcplab::drill
