#include "sim/trace/question.h"

#include <algorithm>

namespace tcplab {

std::optional<Moment> askedAt(const Trace& trace, const net::Question& question) {
    if (!question.at) return std::nullopt;
    const auto& entries = trace.entries();
    const auto first =
        std::ranges::find_if(entries, [&](const Entry& entry) { return entry.at >= *question.at; });
    if (first == entries.end()) return std::nullopt;
    Moment last = first->moment;
    for (auto entry = first; entry != entries.end() && entry->at == first->at; ++entry)
        last = std::max(last, entry->moment);
    return last;
}

std::optional<Side> reachedBy(const Trace& trace, const net::Question& question, Moment moment) {
    if (!question.reach) return std::nullopt;
    for (const Entry& entry : trace.entries()) {
        if (entry.moment > moment) break;
        const auto* entered = std::get_if<Entered>(&entry.what);
        if (entered != nullptr && entered->to == *question.reach) return entry.side;
    }
    return std::nullopt;
}

}  // namespace tcplab
