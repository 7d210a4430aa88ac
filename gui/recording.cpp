#include "gui/recording.h"

#include "capture/tap_file.h"

#include <QTemporaryFile>

#include <algorithm>

namespace tcplab::gui {

Expected<capture::Loaded, Error> recorded(const Trace& run) {
    QTemporaryFile file;
    if (!file.open())
        return Unexpected{Error{Error::Code::NotWritable, file.errorString().toStdString()}};
    constexpr double kMiddle = 0.5;
    const std::string path = file.fileName().toStdString();
    if (auto error = capture::writeTap(run, kMiddle, path)) return Unexpected{*std::move(error)};
    return capture::load(path);
}

const capture::Flow* flowOf(const capture::Loaded& recording, const Connection& connection) {
    const auto found = std::ranges::find_if(recording.flows, [&](const capture::Flow& flow) {
        const auto& ends = flow.connection.ends;
        return ends == connection.ends || (ends[Side::Client] == connection.ends[Side::Server] &&
                                           ends[Side::Server] == connection.ends[Side::Client]);
    });
    return found == recording.flows.end() ? nullptr : &*found;
}

std::vector<capture::FlowRow> flowRowsOf(const Trace& run) {
    std::vector<capture::FlowRow> rows;
    const auto recording = recorded(run);
    for (const Connection& connection : run.connections()) {
        capture::FlowRow row{.connection = connection, .outcome = capture::Outcome{}};
        for (const Packet& packet : run.packets())
            if (packet.connection == connection.id) ++row.packets[packet.from];
        const capture::Flow* flow = recording ? flowOf(*recording, connection) : nullptr;
        if (flow != nullptr) {
            row.states = flow->states;
            row.outcome = capture::outcomeOf(*flow);
            row.trouble = capture::trouble(*flow);
        }
        rows.push_back(row);
    }
    return rows;
}

}  // namespace tcplab::gui
