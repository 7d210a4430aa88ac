#include "tests/oracle/dialogue.h"

#include "sim/wire/frame.h"
#include "sim/wire/stack.h"

#include <map>

namespace tcplab::test {

std::string text(std::size_t size, std::string_view name) {
    std::string out;
    for (std::size_t i = 0; out.size() < size; ++i)
        out += std::string{name} + std::to_string(i) + ' ';
    out.resize(size);
    return out;
}

void Performer::perform(Instant now, bool complete) {
    if (closed_) return;
    if (peer_.failed()) {
        closed_ = true;
        return;
    }
    const std::size_t allowed = peer_.ended() ? text_.size() : part_.text.size();
    while (taken_ < allowed) {
        const Octets all{reinterpret_cast<const std::uint8_t*>(text_.data()), allowed};
        const std::size_t count = peer_.send(all.subspan(taken_), now);
        if (count == 0) return;
        taken_ += count;
    }
    if (part_.aborts) {
        if (complete) peer_.abort(now);
        closed_ = complete;
        return;
    }
    const bool ready = part_.endsAt ? *part_.endsAt <= now : peer_.ended();
    if (ready && !shut_) {
        peer_.shutdown(now);
        shut_ = true;
    }
    if (shut_ && peer_.ended() && taken_ == text_.size()) {
        peer_.close(now);
        closed_ = true;
    }
}

std::optional<Instant> Performer::due(Instant now) const {
    return !closed_ && part_.endsAt && now < *part_.endsAt ? part_.endsAt : std::nullopt;
}

void play(Performer& opener,
          Performer& listener,
          std::array<net::Link, 2> links,
          std::uint64_t seed,
          Instant until) {
    struct Flying {
        Peer* to = nullptr;
        Peer::IpPacket packet{};
    };
    std::multimap<Instant, Flying> flying;
    const std::array<Performer*, 2> ends{&opener, &listener};
    Rng rng{seed};
    Instant now{};

    const auto perform = [&] {
        const bool complete = opener.peer().received() == listener.text() &&
                              listener.peer().received() == opener.text();
        for (Performer* end : ends) end->perform(now, complete);
        for (std::size_t from = 0; from < ends.size(); ++from) {
            for (Peer::IpPacket& packet : ends.at(from)->peer().takeSent()) {
                const auto layers = wire::dissect(wire::LinkType::RawIp, packet, packet.size());
                const auto view = wire::tcpView(layers);
                const net::Journey journey = net::depart(
                    links.at(from), wire::toSegment(view.value()), packet.size(), now, rng);
                if (journey.lost) continue;
                if (journey.corrupt) packet.back() = static_cast<std::uint8_t>(~packet.back());
                const Flying one{&ends.at(1 - from)->peer(), std::move(packet)};
                flying.emplace(journey.due, one);
                if (journey.twice) flying.emplace(journey.due, one);
            }
        }
    };

    listener.peer().listen(now);
    opener.peer().connect(now);
    perform();
    while (true) {
        std::optional<Instant> due;
        const auto offer = [&](std::optional<Instant> at) {
            if (at && (!due || *at < *due)) due = at;
        };
        if (!flying.empty()) offer(flying.begin()->first);
        for (const Performer* end : ends) {
            offer(end->peer().nextDeadline());
            offer(end->due(now));
        }
        if (!due || until < *due) return;
        now = std::max(now, *due);
        if (!flying.empty() && flying.begin()->first <= now) {
            const Flying one = std::move(flying.extract(flying.begin()).mapped());
            one.to->arrive(one.packet, now);
        } else {
            for (const Performer* end : ends)
                if (const auto at = end->peer().nextDeadline(); at && *at <= now)
                    end->peer().timeOut(now);
        }
        perform();
    }
}

}  // namespace tcplab::test
