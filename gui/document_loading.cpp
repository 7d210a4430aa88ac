// How a document reads a capture: on a thread, while what has come is shown.

#include "gui/document.h"
#include "gui/glossary.h"

#include <QSignalBlocker>

#include <algorithm>

namespace tcplab::gui {

void Document::start(capture::CaptureFile file, const QString& name) {
    reset(Kind::Capture, name);
    title_ = {name.toStdString(), name.toStdString()};
    file_ = std::move(file);
    loading_ = std::make_unique<Loading>(file_->takeFrames(), [this] {
        QMetaObject::invokeMethod(this, &Document::absorb, Qt::QueuedConnection);
    });
    const auto until = std::chrono::steady_clock::now() + patience_;
    const auto left = [&] {
        return std::chrono::ceil<std::chrono::milliseconds>(until -
                                                            std::chrono::steady_clock::now());
    };
    const QSignalBlocker quiet(this);  // Nobody knows yet that another document is open.
    while (loading_ && loading_->wait(std::max(left(), std::chrono::milliseconds{0}))) absorb();
}

/// What the thread has read since.
void Document::absorb() {
    if (!loading_) return;
    const Loading::News news = loading_->take();
    const bool first = index_.flows().empty();
    index_.add(news.part);
    if (news.packets > 0) {
        summary_.packets = news.packets;
        summary_.tcpPackets = index_.packets();
        octetsRead_ = news.octets;
    }
    if (first && !index_.flows().empty() && !news.ended && load(0, 0)) showFlow();
    Q_EMIT grew();
    if (!news.ended) return;
    summary_ = *news.ended;
    wasStopped_ = loading_->stopped();
    loading_.reset();
    if (touched_)
        showAgain();
    else
        chooseWorst();
    Q_EMIT loaded();
}

void Document::stopLoading() {
    if (loading_) loading_->stop();
}

double Document::progress() const {
    const std::uint64_t size = file_ ? file_->size() : 0;
    return size == 0 ? -1 : static_cast<double>(octetsRead_) / static_cast<double>(size);
}

/// False, and told, where the file no longer has it; then nothing has changed.
bool Document::load(ConnectionId connection, std::uint32_t first) {
    auto flow = capture::loadFlow(index_, *file_, connection, first);
    if (!flow) {
        Q_EMIT failed(toQt(flow.error().what));
        return false;
    }
    shown_ = std::move(*flow);
    connection_ = connection;
    findStops();
    return true;
}

void Document::showFlow() {
    moment_ = stops_.empty() ? 0 : stops_.front();
    followCursor();
    Q_EMIT connectionChanged();
    Q_EMIT moved();
}

/// The connection may have had more packets since; the cursor stays.
void Document::showAgain() {
    const auto selected = selected_;
    if (flows().empty() || !load(connection_, shown_.first)) return;
    Q_EMIT connectionChanged();
    if (selected) selected_ = selected;
    Q_EMIT moved();
}

void Document::chooseWorst() {
    const auto worst = std::ranges::max_element(flows(), {}, &capture::FlowRow::trouble);
    if (worst != flows().end() && load(worst->connection.id, 0)) showFlow();
}

}  // namespace tcplab::gui
