#include "gui/lessons.h"

#include "sim/base/check.h"

#include <QCoreApplication>

#include <algorithm>

namespace tcplab::gui {

namespace {

struct Lessons {
    Q_DECLARE_TR_FUNCTIONS(Lessons)
};

}  // namespace

QString nameOf(net::Topic topic) {
    switch (topic) {
        case net::Topic::Opening: return Lessons::tr("Opening a connection");
        case net::Topic::Data: return Lessons::tr("Data, windows and waiting");
        case net::Topic::Loss: return Lessons::tr("Loss and what repairs it");
        case net::Topic::Closing: return Lessons::tr("Closing a connection");
        case net::Topic::Messages: return Lessons::tr("Messages in a stream");
    }
    TCPLAB_UNREACHABLE();
}

std::vector<const net::Scenario*> scenariosOf(net::Topic topic) {
    std::vector<const net::Scenario*> scenarios;
    for (const net::Scenario& scenario : net::builtInScenarios())
        if (scenario.topic == topic) scenarios.push_back(&scenario);
    std::ranges::stable_sort(scenarios, {}, &net::Scenario::order);
    return scenarios;
}

}  // namespace tcplab::gui
